"""Two runs over the same samples: is the change real? And runs that cannot be compared."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals import compare
from evals.compare import Difference, differences, paired
from evals.tasks.record import Record, Run, as_run, read_run, write_records
from evals.tasks.suite import work_named
from interviewer.errors import EvalError

QUESTIONS, ANSWERS, DRAWS = 12, 5, 60


def a_record(question: int, answer: int, level: int, **changes: object) -> Record:
    """One graded answer: labelled level 1-5 by its number, found to be `level`."""
    true = answer + 1
    met = {1: "no", 2: "no", 3: "partly", 4: "yes", 5: "yes"}
    settings: dict[str, object] = {
        "task": "grading",
        "id": f"q{question}/{answer}",
        "group": f"q{question}",
        "digest": "same",
        "facts": {
            "quality": "off-topic" if true == 1 else "wrong",
            "labelled": {"level": true, "verdicts": {"p": met[true]}},
            "level": level,
            "verdicts": {"p": met[level]},
            "red_flags": {"labelled": [], "raised": []},
            "fallback": None,
            "tokens": 0,
        },
    }
    return Record.model_validate(settings | changes)


def a_run(name: str, errors: Sequence[int] = (0,), seed: int = 0) -> Run:
    """A run whose levels miss the labelled ones by a random one of `errors`."""
    rng = random.Random(seed)
    records = [
        a_record(q, a, min(5, max(1, a + 1 + rng.choice(errors))))
        for q in range(QUESTIONS)
        for a in range(ANSWERS)
    ]
    return as_run(name, records)


def change(a: Run, b: Run) -> dict[str, Difference]:
    work, pairs = paired(a, b)
    return {d.measure: d for d in differences(work, pairs, draws=DRAWS)}


def test_a_grader_that_errs_less_is_really_better() -> None:
    found = change(a_run("A", (-2, -1, 0, 1, 2)), a_run("B", (0,)))
    assert found["level QWK"].verdict == "real: better"
    assert found["level QWK"].low > 0
    assert found["verdict macro-F1"].verdict == "real: better"


def test_the_other_way_round_it_is_really_worse() -> None:
    found = change(a_run("A", (0,)), a_run("B", (-2, -1, 0, 1, 2)))
    assert found["level QWK"].verdict == "real: worse"


def test_the_same_quality_with_other_errors_could_be_chance() -> None:
    errors = (-1, 0, 0, 1)
    found = change(a_run("A", errors, seed=1), a_run("B", errors, seed=2))
    assert found["level QWK"].verdict == "could be chance"


def test_the_same_run_twice_shows_no_difference() -> None:
    found = change(a_run("A", (-1, 0, 1)), a_run("B", (-1, 0, 1)))
    assert found["level QWK"].verdict == "no difference"
    assert (found["level QWK"].low, found["level QWK"].high) == (0, 0)


def test_a_bias_is_better_the_nearer_it_is_to_zero() -> None:
    found = change(a_run("A", (-2, -1)), a_run("B", (0, 0)))
    assert found["signed bias"].b > found["signed bias"].a
    assert found["signed bias"].verdict == "real: better"
    found = change(a_run("A", (0, 0)), a_run("B", (1, 2)))
    assert found["signed bias"].verdict == "real: worse"


def test_answers_to_one_question_are_drawn_together() -> None:
    """One question that changed is no proof, however many of its answers did."""
    a, b = a_run("A", (0,)), a_run("B", (0,))
    spoilt = [
        a_record(0, int(r.id[-1]), 6 - r.facts["labelled"]["level"]) if r.group == "q0" else r
        for r in a.records
    ]
    assert change(as_run("A", spoilt), b)["level QWK"].low == 0


def test_what_was_not_measured_is_called_so() -> None:
    nothing = [r for r in a_run("A").records if r.facts["quality"] != "off-topic"]
    found = change(as_run("A", nothing), as_run("B", nothing))
    assert found["mean level of off-topic"].verdict == "not measured"


def test_runs_over_different_samples_are_refused() -> None:
    a = a_run("A")
    b = as_run("B", [*a.records[1:], a_record(99, 0, 1)])
    with pytest.raises(
        EvalError,
        match=r"different samples: 1 only in A \(q0/0\); 1 only in B \(q99/0\)",
    ):
        paired(a, b)


def test_samples_that_were_changed_in_between_are_refused() -> None:
    a = a_run("A")
    b = as_run("B", [a_record(0, 0, 1, digest="another"), *a.records[1:]])
    with pytest.raises(EvalError, match=r"different samples: 1 changed in between.*'q0/0'"):
        paired(a, b)


def test_runs_of_different_tasks_are_refused() -> None:
    other = a_record(0, 0, 1, task="persona")
    with pytest.raises(EvalError, match="A is a run of grading, B of persona"):
        paired(a_run("A"), as_run("B", [other]))


def test_a_sample_that_occurs_twice_is_refused() -> None:
    record = a_record(0, 0, 1)
    with pytest.raises(EvalError, match="'q0/0' occurs twice"):
        as_run("A", [record, record])


def test_a_plain_log_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    run = a_run("A", (-1, 0, 1))
    write_records(run.records, tmp_path / "a.jsonl")
    assert read_run(tmp_path / "a.jsonl").records == run.records


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    write_records(a_run("A").records[:1], file)
    file.write_text(file.read_text() + '{"task": "grading"}\n')
    with pytest.raises(EvalError, match=r"a\.jsonl:2: is no record of a run"):
        read_run(file)


def test_the_command_prints_a_table_or_says_why_it_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for name, errors in (("a", (-2, 2)), ("b", (0,))):
        files.append(tmp_path / f"{name}.jsonl")
        write_records(a_run(name, errors).records, files[-1])
    assert compare.main([*map(str, files), "--draws", "40"]) == 0
    assert "| level QWK | " in capsys.readouterr().out
    assert compare.main([str(files[0]), str(tmp_path / "none.jsonl")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_few_groups_are_not_to_be_trusted() -> None:
    records = [r for r in a_run("A").records if r.group in ("q0", "q1")]
    run = as_run("A", records)
    work, pairs = paired(run, run)
    text = compare.table(run, run, differences(work, pairs, draws=5), groups=2)
    assert "Only 2 groups" in text
    assert set(work.measures(records)) == set(work_named("grading").measures(run.records))
