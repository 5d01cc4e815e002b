"""The scorecard of a round's exchanges: which questions count, and how much each signal was asked."""

from collections.abc import Mapping, Sequence

from interviewer.domain.grade import QuestionGrade, grade_question
from interviewer.domain.interview import Exchange
from interviewer.domain.question import Question
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import Scorecard, scorecard


def round_card(exchanges: Sequence[Exchange], bar: Mapping[str, float]) -> Scorecard:
    """The scorecard of what has been assessed.

    Args:
        exchanges: Of one round; those without an assessment are left out.
        bar: The score each signal must reach, by signal.
    """
    grades: list[QuestionGrade] = []
    weights: dict[str, int] = {}
    for exchange in exchanges:
        if exchange.assessment is None:
            continue
        grade = grade_question(exchange.question, exchange.assessment)
        if counts(exchange):
            grades.append(grade)
        for signal in Signal:
            weights[f"{grade.question}/{signal.value}"] = signal_weight(exchange.question, signal)
    return scorecard(grades, bar, weights)


def counts(exchange: Exchange) -> bool:
    """Whether an exchange is part of the result: it was answered, or declined."""
    assessment = exchange.assessment
    if assessment is None:
        return False
    return bool(exchange.answers) or any(v.met is not None for v in assessment.verdicts)


def signal_weight(question: Question, signal: Signal) -> int:
    """How much a question asks about a signal: the total weight of its points there."""
    return sum(point.weight for point in question.points if point.signal is signal)
