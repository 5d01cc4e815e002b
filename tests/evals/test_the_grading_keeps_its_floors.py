"""The floors of evals/report.py hold, and graders that should fail them do."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from evals import report
from evals.answers import DATASETS, is_test, load_answers
from evals.bank import product
from evals.labels import agreement as readers_agreement
from evals.labels import length_correlation, second_labels
from evals.picture import confusion_svg
from evals.report import Judged, agreement, broken_floors, flag_counts, judge
from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import grade_question
from interviewer.domain.verdict import Met, Quote, Verdict
from interviewer.errors import EvalError

pytestmark = pytest.mark.slow


@pytest.fixture
def test_half(home: Path) -> list[Judged]:
    return judge([a for a in load_answers(product().catalog) if is_test(a.question)])


def test_the_test_half_reaches_every_floor(test_half: list[Judged]) -> None:
    assert broken_floors(agreement(test_half)) == []


def test_false_red_flags_are_rarer_than_true_ones(test_half: list[Judged]) -> None:
    right, wrong, _ = flag_counts(test_half)
    assert right > wrong


def test_a_grader_that_always_says_yes_breaks_a_floor(test_half: list[Judged]) -> None:
    assert broken_floors(_measured_with(test_half, lambda _answer: Met.YES))


def test_a_grader_that_scores_length_breaks_a_floor(test_half: list[Judged]) -> None:
    def by_length(answer: str) -> Met:
        words = len(answer.split())
        return Met.YES if words > 240 else Met.PARTLY if words > 190 else Met.NO

    assert broken_floors(_measured_with(test_half, by_length))


def test_strong_good_middling_and_weak_come_out_in_that_order(test_half: list[Judged]) -> None:
    def mean(quality: str) -> float:
        levels = [one.level for one in test_half if one.answer.quality.value == quality]
        return sum(levels) / len(levels)

    assert mean("strong") >= mean("good") >= mean("middling") - 0.5 > mean("weak") - 0.5
    assert mean("strong") - mean("weak") >= 2.0


def test_the_length_of_labelled_answers_says_nothing_about_their_level(home: Path) -> None:
    catalog = product().catalog
    assert abs(length_correlation(load_answers(catalog), catalog)) <= 0.2


def test_every_labelled_answer_has_been_read_twice(home: Path) -> None:
    answers, catalog = load_answers(product().catalog), product().catalog
    found = readers_agreement(answers, second_labels(answers), catalog)
    assert found.answers == len(answers)
    assert found.kappa >= 0.8


def test_at_least_forty_questions_have_six_labelled_answers_each(home: Path) -> None:
    by_question: dict[str, set[str]] = {}
    for answer in load_answers(product().catalog):
        by_question.setdefault(answer.question, set()).add(answer.quality.value)
    assert len(by_question) >= 40
    assert {len(qualities) for qualities in by_question.values()} == {6}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "is not a second labelling"),
        ('{"id": "nobody/strong", "verdicts": {}}', "no labelled answer"),
        ('{"id": "drift-monitoring-audit/strong", "verdicts": {}}', "points .* differ"),
    ],
)
def test_a_broken_second_labelling_is_refused_with_file_and_line(
    home: Path, tmp_path: Path, line: str, says: str
) -> None:
    file = tmp_path / "second_labels.jsonl"
    file.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(EvalError, match=rf"second_labels\.jsonl:1: .*{says}"):
        second_labels(load_answers(product().catalog), file)


def test_the_picture_counts_every_verdict() -> None:
    svg = confusion_svg(["no", "no", "yes"], ["no", "yes", "yes"], ["no", "partly", "yes"])
    assert ">50%<" in svg
    assert ">100%<" in svg
    assert svg.count("<rect") == 9


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"verdicts": {"no-such-point": "yes"}}, "unknown points"),
        ({"verdicts": {}}, "no verdict on"),
        ({"question": "no-such-question"}, "no question"),
        ({"answer": " "}, "the answer is missing"),
        ({"red_flags": ["no-such-flag"]}, "unknown red flags"),
        ({"quality": "splendid"}, "is not a graded answer"),
    ],
)
def test_a_broken_label_is_refused_with_file_and_line(
    home: Path, tmp_path: Path, change: dict[str, object], says: str
) -> None:
    line = (DATASETS / "graded_answers_a.jsonl").read_text(encoding="utf-8").splitlines()[0]
    folder = tmp_path / "labels"
    folder.mkdir()
    broken = json.dumps(json.loads(line) | change)
    (folder / "graded_answers_x.jsonl").write_text(f"\n{broken}\n", encoding="utf-8")
    with pytest.raises(EvalError, match=rf"graded_answers_x\.jsonl:2: .*{says}"):
        load_answers(product().catalog, folder)


def labels_in(folder: Path, lines: Sequence[str | bytes]) -> Path:
    folder.mkdir()
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    (folder / "graded_answers_x.jsonl").write_bytes(data + b"\n")
    return folder


def test_a_question_that_lacks_an_answer_is_refused_with_file_and_line(
    home: Path, tmp_path: Path
) -> None:
    lines = (DATASETS / "graded_answers_a.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    catalog = product().catalog
    assert len(load_answers(catalog, labels_in(tmp_path / "whole", lines))) == 6
    gone = json.loads(lines[4])["quality"]
    with pytest.raises(EvalError, match=rf"graded_answers_x\.jsonl:1: .*has no .*{gone}"):
        load_answers(catalog, labels_in(tmp_path / "lacking", [*lines[:4], *lines[5:]]))
    again = lines[4].replace(json.loads(lines[4])["id"], "another/id")
    with pytest.raises(EvalError, match=rf"graded_answers_x\.jsonl:1: .*several .*{gone}"):
        load_answers(catalog, labels_in(tmp_path / "double", [*lines, again]))


@pytest.mark.parametrize(
    ("line", "says"),
    [(b"\xff\xfe{}", "not UTF-8"), ('{"id": "a", "id": "b"}', "given twice: .'id'")],
)
def test_a_line_that_cannot_be_read_is_refused_with_file_and_line(
    home: Path, tmp_path: Path, line: str | bytes, says: str
) -> None:
    with pytest.raises(EvalError, match=rf"graded_answers_x\.jsonl:1: .*{says}"):
        load_answers(product().catalog, labels_in(tmp_path / "labels", [line]))


def test_the_report_says_in_one_line_what_is_wrong_with_a_labelled_set(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    line = (DATASETS / "graded_answers_a.jsonl").read_text(encoding="utf-8").splitlines()[0]
    broken = json.dumps(json.loads(line) | {"quality": "splendid", "red_flags": 3})
    folder = labels_in(tmp_path / "labels", [broken])
    monkeypatch.setattr(report, "load_answers", lambda catalog: load_answers(catalog, folder))
    assert report.main() == 2
    said = capsys.readouterr().err
    assert said.startswith("evals.report: ")
    assert "graded_answers_x.jsonl:1: " in said
    assert said.count("\n") == 1


def test_a_grader_that_withholds_what_it_is_unsure_of_gains_nothing(
    test_half: list[Judged],
) -> None:
    def withheld(one: Judged) -> Judged:
        kept = tuple(
            v if v.confidence >= 0.8 else v.model_copy(update={"met": None, "quote": None})
            for v in one.assessment.verdicts
        )
        return one._replace(assessment=one.assessment.model_copy(update={"verdicts": kept}))

    measured = agreement([withheld(one) for one in test_half])
    assert measured["verdict macro-F1"] < agreement(test_half)["verdict macro-F1"]
    assert any(line.startswith("points judged") for line in broken_floors(measured))


def test_a_folder_without_labelled_answers_is_named(home: Path, tmp_path: Path) -> None:
    with pytest.raises(EvalError, match=r"graded_answers_\*\.jsonl: there is no labelled answer"):
        load_answers(product().catalog, tmp_path)


def test_an_id_used_twice_is_refused(home: Path, tmp_path: Path) -> None:
    line = (DATASETS / "graded_answers_a.jsonl").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "graded_answers_x.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvalError, match="used twice"):
        load_answers(product().catalog, tmp_path)


def _measured_with(judged: list[Judged], grader: Callable[[str], Met]) -> dict[str, float]:
    replaced = []
    for one in judged:
        question = product().catalog.question(one.answer.question)
        met = grader(one.answer.answer)
        quote = Quote(start=0, end=4, text=one.answer.answer[:4])
        verdicts = tuple(
            Verdict(point=p.id, met=met, quote=None if met is Met.NO else quote)
            for p in question.points
        )
        found = Assessment(engine="offline", verdicts=verdicts)
        level = grade_question(question, found).overall or 1
        replaced.append(report.Judged(one.answer, found, one.true_level, level))
    return agreement(replaced)
