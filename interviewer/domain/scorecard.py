"""The scorecard of one round: signals, gate and outcome, computed from the questions' grades."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from interviewer.domain.grade import QuestionGrade, level_of
from interviewer.domain.rubric import Signal
from interviewer.domain.value import Value

SIGNAL_WEIGHTS = {Signal.RISK: 0.5, Signal.IMPACT: 0.3, Signal.LEADERSHIP: 0.2}
"""Risk counts above impact. Source: the order is the source article's claim about bank hiring
committees (vendor-mnemonics#ril-matrix); the numbers are the project's own."""


class Outcome(StrEnum):
    """What the round comes to."""

    ADVANCE = "advance"
    SCREENED_OUT = "screened-out"
    NOT_ASSESSED = "not-assessed"


class Gate(Value):
    """One signal against its bar, compared as it is shown: to one decimal."""

    signal: Signal
    score: float | None
    bar: float
    passed: bool | None


class Scorecard(Value):
    """One round's result. Scores are in [1, 5] or None when not assessed."""

    overall: float | None
    level: int | None
    signals: dict[Signal, float | None]
    gates: tuple[Gate, ...]
    outcome: Outcome
    because: str
    questions: tuple[QuestionGrade, ...]


def scorecard(
    grades: Sequence[QuestionGrade], bar: Mapping[str, float], weights: Mapping[str, int]
) -> Scorecard:
    """Builds the scorecard of a round.

    Args:
        grades: One per question asked.
        bar: The score each signal must reach, by signal; a signal without a bar is not gated.
        weights: For each `question/signal`, the total weight of that question's points of the
            signal, so that a signal is judged most where it was asked about most.
    """
    signals = {signal: _signal_score(signal, grades, weights) for signal in Signal}
    known = {signal: score for signal, score in signals.items() if score is not None}
    overall = None
    if known:
        total = sum(SIGNAL_WEIGHTS[signal] for signal in known)
        overall = sum(SIGNAL_WEIGHTS[s] * score for s, score in known.items()) / total
    gates = tuple(
        _gate(signal, signals[signal], bar[signal.value])
        for signal in Signal
        if signal.value in bar
    )
    outcome, because = _outcome(gates, overall)
    return Scorecard(
        overall=overall,
        level=level_of(overall),
        signals=signals,
        gates=gates,
        outcome=outcome,
        because=because,
        questions=tuple(grades),
    )


def _gate(signal: Signal, score: float | None, bar: float) -> Gate:
    # Otherwise 2.96 is "3.0, below the bar of 3.0".
    shown = None if score is None else round(score, 1)
    return Gate(signal=signal, score=shown, bar=bar, passed=None if shown is None else shown >= bar)


def _signal_score(
    signal: Signal, grades: Sequence[QuestionGrade], weights: Mapping[str, int]
) -> float | None:
    total = weighted = 0.0
    for grade in grades:
        score = grade.signals.get(signal)
        if score is None:
            continue
        weight = weights.get(f"{grade.question}/{signal.value}", 1)
        weighted += weight * score
        total += weight
    return weighted / total if total else None


def _outcome(gates: Sequence[Gate], overall: float | None) -> tuple[Outcome, str]:
    if overall is None:
        return Outcome.NOT_ASSESSED, "No answer could be assessed."
    if not gates:
        return Outcome.NOT_ASSESSED, "There was no bar to reach."
    missing = [gate.signal.value for gate in gates if gate.passed is None]
    failed = [gate for gate in gates if gate.passed is False]
    if failed:
        worst = min(failed, key=lambda gate: (gate.score or 0) - gate.bar)
        text = f"{worst.signal.value} came to {worst.score:.1f}, below the bar of {worst.bar:.1f}"
        if len(failed) < len(gates):
            text += "; one signal below its bar screens out, however strong the others are"
        return Outcome.SCREENED_OUT, text + "."
    if missing:
        return Outcome.NOT_ASSESSED, f"Not assessed: {', '.join(missing)}."
    return Outcome.ADVANCE, "Every signal reached its bar."
