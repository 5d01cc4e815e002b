"""What was practised: one exchange judged, wherever it took place, in the form that progress reads."""

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import AwareDatetime, Field

from interviewer.domain.critique import Critique
from interviewer.domain.grade import CREDIT, PROBED_SHARE
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.question import Question
from interviewer.domain.rubric import Signal
from interviewer.domain.timing import LONGEST_TURN, speaking_seconds
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met

Where = Literal["interview", "drill", "critique"]


class Judged(Value):
    """One point, judged once. `credit` is in [0, 1], None when not assessed."""

    point: str
    statement: str
    criterion: str
    signal: Signal
    weight: int
    credit: float | None
    made: bool = Field(description="A plain yes.")


class AnswerTime(Value):
    """How long one answer was and took."""

    first: bool = Field(description="To the question itself, not to a follow-up.")
    words: int
    spoken_seconds: float = Field(description="Estimated from the words, at 150 a minute.")
    seconds: float | None = Field(description="From the interviewer's words until it was sent.")


class Practised(Value):
    """One exchange, judged."""

    at: AwareDatetime
    where: Where
    ref: str = Field(description="Id of the interview, drill or critique.")
    question: str
    track: str
    round: str
    points: tuple[Judged, ...]
    answers: tuple[AnswerTime, ...]


def covered(points: Iterable[Judged]) -> float | None:
    """Weighted share of the points made, in [0, 1]; None if none was assessed."""
    judged = [(p.weight, p.credit) for p in points if p.credit is not None]
    total = sum(weight for weight, _ in judged)
    return sum(weight * credit for weight, credit in judged) / total if total else None


def practised_in(interview_id: str, interview: Interview) -> list[Practised]:
    """Every graded exchange of a round or drill."""
    where: Where = "interview" if interview.started.drill is None else "drill"
    return [
        Practised(
            at=exchange.turns[-1].at,
            where=where,
            ref=interview_id,
            question=exchange.question.id,
            track=exchange.question.track,
            round=exchange.question.round,
            points=_judged(exchange),
            answers=answer_times(exchange),
        )
        for exchange in interview.exchanges
        if exchange.assessment is not None
    ]


def practised_alone(
    critique_id: str, at: AwareDatetime, found: Critique, questions: Mapping[str, Question]
) -> Practised:
    """A critique outside an interview.

    Args:
        critique_id: Its id.
        at: When it was made.
        found: The critique.
        questions: By id: to know the criterion of a point. A question that is gone leaves it empty.
    """
    question = questions.get(found.question)
    criteria = {p.id: p.criterion for p in question.points} if question else {}
    return Practised(
        at=at,
        where="critique",
        ref=critique_id,
        question=found.question,
        track=question.track if question else "",
        round=question.round if question else "",
        points=tuple(
            Judged(
                point=p.id,
                statement=p.statement,
                criterion=criteria.get(p.id, ""),
                signal=p.signal,
                weight=p.weight,
                credit=_credit(p.met, probed=p.probed),
                made=p.met is Met.YES,
            )
            for p in found.points
        ),
        answers=tuple(_time(text, None, first=n == 0) for n, text in enumerate(found.answers)),
    )


def answer_times(exchange: Exchange) -> tuple[AnswerTime, ...]:
    """The answers of an exchange: their length, and the time each took, at most ten minutes."""
    times, asked_at, first = [], exchange.turns[0].at, True
    for turn in exchange.turns:
        if turn.speaker == "interviewer":
            asked_at = turn.at
        elif not turn.passed and not turn.is_silent:
            took = min(turn.at - asked_at, LONGEST_TURN).total_seconds()
            times.append(_time(turn.text, max(took, 0.0), first=first))
            first = False
    return tuple(times)


def _time(text: str, seconds: float | None, *, first: bool) -> AnswerTime:
    return AnswerTime(
        first=first,
        words=len(text.split()),
        spoken_seconds=round(speaking_seconds(text), 1),
        seconds=seconds,
    )


def _judged(exchange: Exchange) -> tuple[Judged, ...]:
    assessment = exchange.assessment
    judged = []
    for point in exchange.question.points:
        verdict = assessment.verdict(point.id) if assessment else None
        met = verdict.met if verdict else None
        judged.append(
            Judged(
                point=point.id,
                statement=point.statement,
                criterion=point.criterion,
                signal=point.signal,
                weight=point.weight,
                credit=_credit(met, probed=verdict.probed if verdict else False),
                made=met is Met.YES,
            )
        )
    return tuple(judged)


def _credit(met: Met | None, *, probed: bool) -> float | None:
    return None if met is None else CREDIT[met] * (PROBED_SHARE if probed else 1.0)
