"""What a committee has before it: every graded question of every round, and sums over them."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal

from pydantic import Field

from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import QuestionGrade, grade_question
from interviewer.domain.interview import Exchange
from interviewer.domain.question import Question
from interviewer.domain.round_card import counts, signal_weight
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import SIGNAL_WEIGHTS, Gate
from interviewer.domain.value import Value


class HeldRound(Value):
    """A round of the loop as the committee receives it."""

    round: str
    title: str
    members: tuple[str, ...] = Field(description="Ids of the personas who interviewed.")
    state: Literal["over", "open", "not-sat", "gone"] = Field(
        description="`gone`: the track no longer has the round, so it cannot be sat."
    )
    bar: dict[str, float] = Field(default_factory=dict)
    exchanges: tuple[Exchange, ...] = ()


class Mark(Value):
    """One question as it was graded, and who asked it."""

    round: str
    member: str
    question: Question
    assessment: Assessment
    grade: QuestionGrade
    bar: dict[str, float]

    @cached_property
    def weights(self) -> dict[Signal, float]:
        """How much the question says about each signal; a search asks for it very often."""
        return {signal: signal_weight(self.question, signal) for signal in Signal}

    def regraded(self, assessment: Assessment) -> "Mark":
        """The mark as it would be with another assessment."""
        grade = grade_question(self.question, assessment)
        return self.model_copy(update={"assessment": assessment, "grade": grade})


def marks_of(rounds: Iterable[HeldRound]) -> tuple[Mark, ...]:
    """Every question that counts, in the order of asking.

    On a panel a question belongs to the persona it was written for; where that one was not in the
    room, to the first.
    """
    return tuple(
        Mark(
            round=held.round,
            member=_asked_by(exchange.question, held.members),
            question=exchange.question,
            assessment=exchange.assessment,
            grade=grade_question(exchange.question, exchange.assessment),
            bar=held.bar,
        )
        for held in rounds
        for exchange in held.exchanges
        if exchange.assessment is not None and counts(exchange)
    )


def _asked_by(question: Question, members: Sequence[str]) -> str:
    return question.persona if question.persona in members else members[0]


def gates_over(marks: Sequence[Mark]) -> tuple[Gate, ...]:
    """Each signal over any number of rounds, against the bar over the same questions.

    Score and bar are means over the questions, each weighted by the weight of its points of the
    signal: so a signal is judged most where it was asked about most, and a round with a bar of its
    own counts with that bar. Both are compared as they are shown, to one decimal.
    """
    return tuple(_gate(marks, signal) for signal in Signal)


class GatesMemo:
    """`gates_over`, remembered: a search that changes one mark at a time asks for the rest again.

    Marks are told apart as objects, and those that were asked about are kept alive.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, ...], tuple[tuple[Gate, ...], tuple[Mark, ...]]] = {}

    def __call__(self, marks: Sequence[Mark]) -> tuple[Gate, ...]:
        """The gates over the marks."""
        key = tuple(map(id, marks))
        if key not in self._known:
            self._known[key] = (gates_over(marks), tuple(marks))
        return self._known[key][0]


GatesOver = Callable[[Sequence[Mark]], tuple[Gate, ...]]


def _gate(marks: Sequence[Mark], signal: Signal) -> Gate:
    total = score_sum = bar_sum = 0.0
    for mark in marks:
        score, bar = mark.grade.signals.get(signal), mark.bar.get(signal.value)
        if score is None or bar is None:
            continue
        weight = mark.weights[signal]
        total += weight
        score_sum += weight * score
        bar_sum += weight * bar
    if not total:
        return Gate(signal=signal, score=None, bar=_bar_without_score(marks, signal), passed=None)
    score, bar = round(score_sum / total, 1), round(bar_sum / total, 1)
    return Gate(signal=signal, score=score, bar=bar, passed=score >= bar)


def _bar_without_score(marks: Sequence[Mark], signal: Signal) -> float:
    """The lowest bar anybody set: shown beside "not assessed", compared with nothing."""
    return min((m.bar[signal.value] for m in marks if signal.value in m.bar), default=1.0)


def overall_of(gates: Iterable[Gate]) -> float | None:
    """The weighted score over the signals that were assessed (`SIGNAL_WEIGHTS`), in [1, 5]."""
    known = {gate.signal: gate.score for gate in gates if gate.score is not None}
    if not known:
        return None
    total = sum(SIGNAL_WEIGHTS[signal] for signal in known)
    return sum(SIGNAL_WEIGHTS[signal] * score for signal, score in known.items()) / total
