"""Turns of known level are graded by their anchors, and missing data are not taken for a pass."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from evals import anchors
from evals.anchors import Turn, agreement, broken_floors, by_points, data_folder, load
from evals.bank import product
from interviewer.domain.assessment import Assessment
from interviewer.domain.question import Question
from interviewer.domain.verdict import Met, Quote, Verdict
from interviewer.errors import EvalError

ANCHORS = {
    name: {
        "low": "Uses whatever typeface is at hand. Never checks how it reads on a screen.",
        "medium": "Chooses legible typefaces. Checks most layouts once before handing over.",
        "high": "Sets a documented type scale with contrast ratios. Tests legibility on devices.",
    }
    for name in ("typography", "layout", "colour", "handover", "brief")
}
RUBRICS = {"designer": ANCHORS}


class Says:
    """Gives every point one verdict."""

    def __init__(self, met: Met) -> None:
        self._met = met
        self.asked: list[Question] = []

    def read(self, question: Question, answers: Sequence[str]) -> Assessment:
        self.asked.append(question)
        quote = None if self._met is Met.NO else Quote(start=0, end=3, text=answers[0][:3])
        verdicts = tuple(Verdict(point=p.id, met=self._met, quote=quote) for p in question.points)
        return Assessment(engine="offline", verdicts=verdicts)


def a_turn(**changes: object) -> Turn:
    told = {
        "test": "high-evidence",
        "role": "designer",
        "applicant": "I keep a type scale.",
        "dimension": "typography",
        "level": "high",
    }
    return Turn.model_validate(told | changes)


@pytest.mark.slow
def test_the_product_reaches_the_floors_on_turns_of_known_level(home: Path) -> None:
    folder = data_folder()
    if folder is None:
        pytest.skip("not measured: ../shared/data/interview_rubrics is not there")
    assert broken_floors(anchors.measure(product(home).reader, None, folder)) == []


@pytest.mark.parametrize(
    ("met", "level"), [(Met.NO, "low"), (Met.PARTLY, "medium"), (Met.YES, "high")]
)
def test_the_verdict_on_the_criterion_is_the_level(met: Met, level: str) -> None:
    assert by_points(Says(met), RUBRICS, a_turn()) == level


def test_each_anchor_becomes_what_the_point_says_of_its_level() -> None:
    reader = Says(Met.YES)
    by_points(reader, RUBRICS, a_turn())
    point = reader.asked[0].point("typography")
    assert " ".join(point.counts) == ANCHORS["typography"]["high"]
    assert " ".join(point.partly) == ANCHORS["typography"]["medium"]
    assert " ".join(point.does_not_count) == ANCHORS["typography"]["low"]


def test_the_reader_is_not_shown_the_level() -> None:
    high, low = Says(Met.NO), Says(Met.NO)
    by_points(high, RUBRICS, a_turn())
    by_points(low, RUBRICS, a_turn(level="low", test="low-evidence"))
    assert high.asked == low.asked


def test_graders_that_say_one_thing_break_the_floors() -> None:
    levels = ("low", "medium", "high")
    for said in levels:
        found = agreement([(level, said) for level in levels * 12])
        broken = broken_floors({"points, evidence": found | {"n": 36}})
        assert [line.split()[0] for line in broken] == ["accuracy", "QWK"]


def test_perfect_agreement_breaks_none() -> None:
    found = agreement([(level, level) for level in ("low", "medium", "high")])
    assert found == {"accuracy": 1.0, "QWK": 1.0}
    assert broken_floors({"points, evidence": found | {"n": 3}}) == []


def test_missing_data_are_said_to_be_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EVALS_DATA", str(tmp_path))
    assert data_folder() is None
    anchors.main()
    said = capsys.readouterr().out
    assert "not measured" in said
    assert "pass" not in said


def test_the_data_are_found_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "interview_rubrics"
    folder.mkdir()
    (folder / "judge_tests.jsonl").write_text("", encoding="utf-8")
    monkeypatch.setenv("EVALS_DATA", str(tmp_path))
    assert data_folder() == folder


@pytest.mark.parametrize(
    ("change", "says"),
    [({"dimension": "juggling"}, "no anchors"), ({"level": "superb"}, "is not a turn")],
)
def test_a_broken_line_is_refused_with_its_place(
    tmp_path: Path, change: dict[str, str], says: str
) -> None:
    (tmp_path / "rubrics.json").write_text(json.dumps(RUBRICS), encoding="utf-8")
    line = json.dumps(a_turn().model_dump() | change)
    (tmp_path / "judge_tests.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(EvalError, match=rf"judge_tests\.jsonl:1: .*{says}"):
        load(tmp_path)
