"""What stands out in a round: the moments it was won or lost in, and what to do next.

A moment is a point of one question. The strongest are the heaviest points that were made unasked;
the weakest are red flags, then the heaviest points that were not made.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewer.domain.critique import PointCritique
from interviewer.domain.verdict import Met
from interviewer.interviews.report import QuestionReport, RoundReport

MOST_MOMENTS = 3
MOST_STEPS = 4


class Moment(NamedTuple):
    """One thing that was said, or was not.

    Attributes:
        question: Number of the question in the report, from 1.
        statement: What was looked for, or the flag that was raised.
        quote: The candidate's words; None where there are none.
        point: Id of the point, None for a flag.
    """

    question: int
    statement: str
    quote: str | None
    point: str | None = None


class Step(NamedTuple):
    """One thing to do before the next time.

    Attributes:
        text: What.
        citation: A passage to read for it, or None.
        question: Id of a question to practise it on.
    """

    text: str
    citation: str | None
    question: str


def strongest(report: RoundReport) -> list[Moment]:
    """The points that carried the round, best first."""
    made = [
        (number, point)
        for number, point in _points(report)
        if point.met is Met.YES and point.quote is not None
    ]
    made.sort(key=lambda it: (it[1].probed, -it[1].weight, -it[1].confidence))
    return [_moment(number, point) for number, point in made[:MOST_MOMENTS]]


def weakest(report: RoundReport) -> list[Moment]:
    """What cost the round most, worst first."""
    flags = [
        Moment(number, flag.statement, flag.quote)
        for number, question in enumerate(report.questions, 1)
        for flag in question.red_flags
    ]
    return [*flags, *(_moment(number, point) for number, point in _missed(report))][:MOST_MOMENTS]


def next_steps(report: RoundReport) -> list[Step]:
    """What to do next: rules to bring up to date, then missed points to read about and to practise."""
    steps: dict[str, Step] = {}
    for question in report.questions:
        for cited in question.currency:
            if not cited.acknowledged:
                text = f"Read what replaced {cited.cited}, and say its date aloud once."
                steps.setdefault(text, Step(text, cited.citation, question.question))
    for number, point in _missed(report):
        what = "doing" if point.observed else "saying"
        text = f"Practise {what} this: {point.statement}"
        about = report.questions[number - 1].question
        steps.setdefault(text, Step(text, next(iter(point.citations), None), about))
    return list(steps.values())[:MOST_STEPS]


def first_answer(question: QuestionReport) -> str | None:
    """The answer a rewrite starts from; None if the question was passed."""
    said = (a for n, a in enumerate(question.answers) if n not in question.on_the_table)
    return next(said, None)


def _missed(report: RoundReport) -> Sequence[tuple[int, PointCritique]]:
    missed = [it for it in _points(report) if it[1].met in (Met.NO, Met.PARTLY)]
    return sorted(missed, key=lambda it: (-it[1].weight, it[1].met is Met.PARTLY))


def _points(report: RoundReport) -> Iterator[tuple[int, PointCritique]]:
    for number, question in enumerate(report.questions, 1):
        for point in question.points:
            yield number, point


def _moment(number: int, point: PointCritique) -> Moment:
    return Moment(number, point.statement, point.quote, point.id)
