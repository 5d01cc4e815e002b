"""The floors of evals/report.py hold, and graders that should fail them do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals import report
from evals.answers import DATASETS, is_test, load_answers
from evals.bank import product
from evals.report import Judged, agreement, broken_floors, judge, rewarded, robustness
from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import grade_question
from interviewer.domain.verdict import Met, Quote, Verdict
from interviewer.errors import EvalError

pytestmark = pytest.mark.slow


@pytest.fixture
def test_half(home: Path) -> list[Judged]:
    return judge([a for a in load_answers(product().catalog) if is_test(a.question)])


def test_the_test_half_reaches_every_floor(test_half: list[Judged]) -> None:
    measured = agreement(test_half) | {"injection raises the level (cases)": 0.0}
    assert broken_floors(measured) == []


def test_no_attack_is_rewarded(home: Path) -> None:
    found = robustness(load_answers(product().catalog))
    assert rewarded(found) == []
    assert sum(over for kind, (_, _, over) in found.items() if "injection" in kind) == 0


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
    answers = load_answers(product().catalog)
    lengths = [float(len(a.answer.split())) for a in answers]
    levels = [float(a.level(product().catalog)) for a in answers]
    assert abs(_correlation(lengths, levels)) <= 0.2


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
    return agreement(replaced) | {"injection raises the level (cases)": 0.0}


def _correlation(x: list[float], y: list[float]) -> float:
    from statistics import correlation

    return correlation(x, y)
