"""The scorecard of a round: gates, weights, and the words that explain the outcome."""

import re

import pytest

from interviewer.domain.grade import QuestionGrade
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import SIGNAL_WEIGHTS, Outcome, scorecard

BAR = {"risk": 3.0, "impact": 2.5, "leadership": 2.5}


def a_grade(
    question: str = "drift",
    risk: float | None = 4.0,
    impact: float | None = 4.0,
    leadership: float | None = 4.0,
) -> QuestionGrade:
    return QuestionGrade(
        question=question,
        overall=4,
        score=4.0,
        coverage=0.7,
        criteria=(),
        signals={Signal.RISK: risk, Signal.IMPACT: impact, Signal.LEADERSHIP: leadership},
    )


def test_every_signal_at_its_bar_goes_forward() -> None:
    card = scorecard([a_grade(risk=3.0, impact=2.5, leadership=2.5)], BAR, {})
    assert card.outcome is Outcome.ADVANCE
    assert all(gate.passed for gate in card.gates)


@pytest.mark.parametrize("weak", ["risk", "impact", "leadership"])
def test_one_signal_below_its_bar_screens_out_however_strong_the_others_are(weak: str) -> None:
    strong = a_grade(risk=5.0, impact=5.0, leadership=5.0)
    signals = strong.signals | {Signal(weak): 2.4}
    card = scorecard([strong.model_copy(update={"signals": signals})], BAR, {})
    assert card.outcome is Outcome.SCREENED_OUT
    assert card.because.startswith(f"{weak} came to 2.4")
    assert "however strong the others are" in card.because
    assert [gate.signal.value for gate in card.gates if not gate.passed] == [weak]


def test_the_signal_furthest_below_its_bar_is_the_one_named() -> None:
    card = scorecard([a_grade(risk=2.9, impact=1.5, leadership=2.4)], BAR, {})
    assert card.because.startswith("impact came to 1.5")
    assert "however strong" not in card.because, "no other signal was strong"


@pytest.mark.parametrize(
    ("score", "outcome"),
    [(2.94, Outcome.SCREENED_OUT), (2.96, Outcome.ADVANCE), (2.999, Outcome.ADVANCE)],
)
def test_a_signal_is_compared_with_its_bar_as_it_is_shown(score: float, outcome: Outcome) -> None:
    card = scorecard([a_grade(risk=score)], BAR, {})
    assert card.outcome is outcome
    assert card.gates[0].score == float(f"{score:.1f}")
    if outcome is Outcome.SCREENED_OUT:
        came_to, bar = map(float, re.findall(r"\d\.\d+", card.because))
        assert came_to < bar


def test_without_any_answer_nothing_is_assessed() -> None:
    card = scorecard([], BAR, {})
    assert (card.overall, card.level, card.outcome) == (None, None, Outcome.NOT_ASSESSED)
    assert card.because == "No answer could be assessed."
    assert {gate.passed for gate in card.gates} == {None}


def test_a_signal_that_was_not_assessed_leaves_the_outcome_open() -> None:
    card = scorecard([a_grade(leadership=None)], BAR, {})
    assert card.outcome is Outcome.NOT_ASSESSED
    assert card.because == "Not assessed: leadership."
    assert card.overall == pytest.approx(4.0), "it is not a zero"


def test_a_failed_signal_screens_out_even_if_another_was_not_assessed() -> None:
    assert scorecard([a_grade(risk=1.0, leadership=None)], BAR, {}).outcome is Outcome.SCREENED_OUT


def test_risk_counts_above_impact_and_impact_above_leadership() -> None:
    assert SIGNAL_WEIGHTS[Signal.RISK] > SIGNAL_WEIGHTS[Signal.IMPACT]
    assert SIGNAL_WEIGHTS[Signal.IMPACT] > SIGNAL_WEIGHTS[Signal.LEADERSHIP]
    card = scorecard([a_grade(risk=5.0, impact=1.0, leadership=1.0)], {}, {})
    other = scorecard([a_grade(risk=1.0, impact=5.0, leadership=1.0)], {}, {})
    assert card.overall is not None
    assert other.overall is not None
    assert card.overall > other.overall
    assert sum(SIGNAL_WEIGHTS.values()) == pytest.approx(1.0)


def test_a_signal_is_judged_most_where_it_was_asked_about_most() -> None:
    grades = [a_grade("drift", risk=5.0), a_grade("limits", risk=1.0)]
    card = scorecard(grades, BAR, {"drift/risk": 9, "limits/risk": 3})
    assert card.signals[Signal.RISK] == pytest.approx(4.0)


def test_a_signal_without_a_bar_is_not_gated() -> None:
    card = scorecard([a_grade(impact=1.0)], {"risk": 3.0}, {})
    assert [gate.signal for gate in card.gates] == [Signal.RISK]
    assert card.outcome is Outcome.ADVANCE
