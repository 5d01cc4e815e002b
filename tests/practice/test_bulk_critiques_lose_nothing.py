"""Bulk critique: rows are read one by one, bad ones named, and a run that stopped goes on."""

import asyncio
import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from interviewer.domain.usage import Usage
from interviewer.errors import InputError, ModelOutputInvalid, ModelUnavailable, SpendLimitReached
from interviewer.practice.answer_rows import MOST_LINE_BYTES, BadRow, Row, read_rows
from interviewer.practice.bulk import Bulk, BulkStopped
from interviewer.practice.bulk_grading import PatientGrader, graded_row
from interviewer.practice.critique import Critic
from interviewer.practice.graded_rows import GradedRow
from tests.builders import ANSWER, NOON, a_catalog
from tests.engines.parts import a_reader


def a_line(row_id: str, answer: str = "An answer.", question: str = "drift") -> str:
    return json.dumps({"id": row_id, "question": question, "answer": answer}) + "\n"


def a_file(folder: Path, count: int) -> Path:
    source = folder / "answers.jsonl"
    source.write_text("".join(a_line(f"r{number}") for number in range(count)))
    return source


async def at_once(rows: Sequence[Row]) -> list[GradedRow]:
    return [
        GradedRow(
            line=r.line, id=r.id, sha256=r.sha256, question=r.question, critique={"overall": 3}
        )
        for r in rows
    ]


def lines_of(out: Path) -> list[int]:
    return [json.loads(line)["line"] for line in out.read_text().splitlines()]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"not json\n", "not JSON"),
        (b"[1]\n", "not a JSON object"),
        (b'{"question": "q", "answer": "a"}\n', "no id"),
        (b'{"id": "x", "question": "q"}\n', "'answer' is missing"),
        (b'{"id": "x", "question": "q", "answer": "caf\xe9"}\n', "not UTF-8"),
        (
            b'{"id": "x", "question": "q", "answer": "' + b"a" * 30_000 + b'"}\n',
            "30,000 characters",
        ),
        (b'"' + b"a" * 10 * MOST_LINE_BYTES + b'"\n', "longer than"),
    ],
)
def test_a_bad_row_is_named_by_line_and_the_rest_is_read(
    tmp_path: Path, text: bytes, problem: str
) -> None:
    source = tmp_path / "answers.jsonl"
    source.write_bytes(a_line("first").encode() + text + b"\n" + a_line("last").encode())
    first, bad, last = read_rows(source)
    assert isinstance(bad, BadRow)
    assert (bad.line, problem in bad.problem) == (2, True)
    assert [row.id for row in (first, last)] == ["first", "last"]


def test_an_id_counts_once(tmp_path: Path) -> None:
    source = tmp_path / "answers.jsonl"
    source.write_text(a_line("a") + a_line("a", "Another.") + a_line("b"))
    _, again, _ = read_rows(source)
    assert again == BadRow(2, "a", "the id was used on line 1 already")


def test_csv_with_a_byte_order_mark_quotes_and_line_breaks_is_read(tmp_path: Path) -> None:
    source = tmp_path / "answers.csv"
    text = (
        'Answer,id,question,extra\n"Two\nlines, and a ""quote""",1,drift,x\nPlain,2,drift,\nshort\n'
    )
    source.write_text(text, encoding="utf-8-sig")
    one, two, bad = read_rows(source)
    assert one == Row(2, "1", "drift", 'Two\nlines, and a "quote"')
    assert two == Row(4, "2", "drift", "Plain")
    assert isinstance(bad, BadRow)


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("a.csv", "id,answer\n1,x\n", "no column question"),
        ("a.txt", "x", "neither .jsonl nor .csv"),
        ("missing.jsonl", None, "cannot read"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(
    tmp_path: Path, name: str, text: str | None, problem: str
) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=problem):
        list(read_rows(tmp_path / name))


async def test_every_row_gets_one_line_and_a_second_run_grades_nothing(tmp_path: Path) -> None:
    source, out = a_file(tmp_path, 50), tmp_path / "graded.jsonl"
    await Bulk(source, out, batch=4, concurrency=3).run(at_once)
    assert sorted(lines_of(out)) == list(range(1, 51))

    async def never(_rows: Sequence[Row]) -> list[GradedRow]:
        raise AssertionError("graded twice")

    again = Bulk(source, out, batch=4, concurrency=3)
    await again.run(never)
    assert (again.summary.rows, again.summary.earlier) == (50, 50)


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
async def test_a_run_that_is_cut_short_anywhere_ends_complete(tmp_path: Path, kind: str) -> None:
    """As after kill -9: the output may end in the middle of a line."""
    source, out = a_file(tmp_path, 200), tmp_path / f"graded.{kind}"
    chance = random.Random(7)
    for _ in range(5):
        stop_after = chance.randrange(5, 60)
        graded = 0

        async def until(rows: Sequence[Row], stop_after: int = stop_after) -> list[GradedRow]:
            nonlocal graded
            graded += len(rows)
            if graded > stop_after:
                raise RuntimeError("killed")
            return await at_once(rows)

        with pytest.raises(RuntimeError, match="killed"):
            await Bulk(source, out, batch=3, concurrency=2).run(until)
        with out.open("rb+") as file:
            file.truncate(max(0, out.stat().st_size - chance.randrange(1, 90)))
    await Bulk(source, out, batch=3, concurrency=2).run(at_once)
    if kind == "jsonl":
        lines = lines_of(out)
    else:
        lines = [int(cells["line"]) for cells in csv.DictReader(out.read_text().splitlines())]
    assert sorted(lines) == list(range(1, 201))


async def test_an_answer_that_changed_since_is_not_passed_off_as_graded(tmp_path: Path) -> None:
    source, out = a_file(tmp_path, 2), tmp_path / "graded.jsonl"
    await Bulk(source, out, batch=1, concurrency=1).run(at_once)
    source.write_text(a_line("r0", "Something else.") + a_line("r1"))
    again = Bulk(source, out, batch=1, concurrency=1)
    await again.run(at_once)
    assert again.summary.errors == [
        "line 1: 'r0' was graded with another answer: name another --out"
    ]
    assert len(lines_of(out)) == 2


async def test_a_file_of_something_else_is_not_appended_to(tmp_path: Path) -> None:
    out = tmp_path / "notes.jsonl"
    out.write_text('{"my": "notes"}\n')
    with pytest.raises(InputError, match="does not hold graded rows"):
        await Bulk(a_file(tmp_path, 1), out, batch=1, concurrency=1).run(at_once)
    assert out.read_text() == '{"my": "notes"}\n'


async def test_two_runs_do_not_write_one_file(tmp_path: Path) -> None:
    source, out = a_file(tmp_path, 1), tmp_path / "graded.jsonl"

    async def meanwhile(rows: Sequence[Row]) -> list[GradedRow]:
        with pytest.raises(InputError, match="another run"):
            await Bulk(source, out, batch=1, concurrency=1).run(at_once)
        return await at_once(rows)

    await Bulk(source, out, batch=1, concurrency=1).run(meanwhile)
    assert lines_of(out) == [1]


async def test_the_limit_stops_the_run_and_keeps_what_is_paid_for(tmp_path: Path) -> None:
    source, out = a_file(tmp_path, 10), tmp_path / "graded.jsonl"

    async def grade(rows: Sequence[Row]) -> list[GradedRow]:
        if rows[0].line == 4:
            raise SpendLimitReached("the limit is used up")
        await asyncio.sleep(0.01 * (rows[0].line > 4))
        return await at_once(rows)

    with pytest.raises(BulkStopped, match="used up") as stopped:
        await Bulk(source, out, batch=1, concurrency=3).run(grade)
    assert {1, 2, 3} <= set(lines_of(out))
    assert stopped.value.summary.rows == len(lines_of(out))


async def test_a_spreadsheet_runs_no_formula(tmp_path: Path) -> None:
    source, out = tmp_path / "answers.jsonl", tmp_path / "graded.csv"
    source.write_text(a_line("=HYPERLINK(1)") + a_line("+1"))
    await Bulk(source, out, batch=1, concurrency=1).run(at_once)
    assert [row["id"] for row in csv.DictReader(out.read_text().splitlines())] == [
        "'=HYPERLINK(1)",
        "'+1",
    ]


def a_critic() -> Critic:
    reader = a_reader()
    return Critic(catalog=a_catalog(), assessor=reader, offline=reader, clock=lambda: NOON)


async def test_an_unknown_question_costs_its_row_only() -> None:
    found = await graded_row(a_critic(), Row(1, "a", "nope", "An answer."))
    assert found.critique is None
    assert "no question 'nope'" in str(found.error)


async def test_a_graded_row_has_what_a_critique_has_but_not_the_answer_again() -> None:
    found = await graded_row(a_critic(), Row(1, "a", "drift", ANSWER))
    assert found.critique is not None
    assert found.critique["overall"] >= 3
    assert {"points", "signals", "currency", "hygiene"} <= found.critique.keys()
    assert "answers" not in found.critique
    for point in found.critique["points"]:
        if point["quote"]:
            assert ANSWER[point["start"] : point["end"]] == point["quote"]


class _Limited:
    """A critic whose server asks twice for a pause."""

    def __init__(self) -> None:
        self.calls = 0
        self._inner = a_critic()

    async def critique(self, question_id: str, answer: str, *, fall_back: bool = True) -> object:
        self.calls += 1
        if self.calls <= 2:
            raise ModelUnavailable("slow down", kind="rate_limit")
        return await self._inner.critique(question_id, answer, fall_back=fall_back)


async def test_a_rate_limit_makes_the_run_wait_and_no_row_is_lost() -> None:
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    grader = PatientGrader(_Limited(), sleep)  # type: ignore[arg-type]
    (found,) = await grader([Row(1, "a", "drift", ANSWER)])
    assert found.error is None
    assert pauses == [2.0, 4.0]


async def test_a_reply_that_cannot_be_used_is_paid_for_once_and_graded_offline() -> None:
    class Rambling(_Limited):
        async def critique(
            self, question_id: str, answer: str, *, fall_back: bool = True
        ) -> object:
            if not fall_back:
                self.calls += 1
                raise ModelOutputInvalid("not JSON")
            return await self._inner.critique(question_id, answer)

    critic = Rambling()
    (found,) = await PatientGrader(critic)([Row(1, "a", "drift", ANSWER)])  # type: ignore[arg-type]
    assert (critic.calls, found.error) == (1, None)


def test_the_page_escapes_what_it_shows(tmp_path: Path) -> None:
    summary = Bulk(a_file(tmp_path, 1), tmp_path / "o.jsonl", batch=1, concurrency=1).summary
    summary.add(1, 4, None, "<script>alert(1)</script>")
    summary.add(2, None, "<img src=x>")
    page = summary.page("<b>answers</b>")
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;b&gt;" in page
    assert summary.mean_level == 4
    assert summary.usage == Usage()
