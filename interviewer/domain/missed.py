"""The points missed most, and how long answers are and take."""

from collections.abc import Iterable, Sequence
from statistics import median

from pydantic import AwareDatetime, Field

from interviewer.domain.practised import AnswerTime, Judged, Practised
from interviewer.domain.value import Value

LONGEST_LIST = 10


class Missed(Value):
    """A point that was missed, and how often."""

    question: str
    point: str
    statement: str
    criterion: str
    weight: int
    missed: int = Field(description="Exchanges in which it was not fully made.")
    judged: int = Field(description="Exchanges in which it was judged.")
    last: AwareDatetime
    need: float = Field(description="Weight times the share of it that is expected to be missed.")


class Times(Value):
    """Medians over answers of one kind; None where nothing is known."""

    answers: int
    words: float | None
    spoken_seconds: float | None
    seconds: float | None


def most_missed(practised: Iterable[Practised], limit: int | None = LONGEST_LIST) -> list[Missed]:
    """Points not fully made the last time they were judged, those that cost most first.

    What is expected to be missed is (missed + 1) / (judged + 2), Laplace's rule of succession, so
    that one miss in one is not certainty.
    """
    by_point: dict[tuple[str, str], list[tuple[Practised, Judged]]] = {}
    for exchange in sorted(practised, key=lambda p: p.at):
        for judged in exchange.points:
            if judged.credit is not None:
                by_point.setdefault((exchange.question, judged.point), []).append(
                    (exchange, judged)
                )
    found = [_missed(history) for history in by_point.values() if not history[-1][1].made]
    return sorted(found, key=lambda m: (-m.need, m.question, m.point))[:limit]


def _missed(history: Sequence[tuple[Practised, Judged]]) -> Missed:
    exchange, latest = history[-1]
    missed = sum(not judged.made for _, judged in history)
    return Missed(
        question=exchange.question,
        point=latest.point,
        statement=latest.statement,
        criterion=latest.criterion,
        weight=latest.weight,
        missed=missed,
        judged=len(history),
        last=exchange.at,
        need=round(latest.weight * (missed + 1) / (len(history) + 2), 3),
    )


def times_of(practised: Iterable[Practised], *, first: bool) -> Times:
    """The medians of first answers, or of answers to follow-ups."""
    answers = [a for exchange in practised for a in exchange.answers if a.first is first]
    return Times(
        answers=len(answers),
        words=_median([float(a.words) for a in answers]),
        spoken_seconds=_median([a.spoken_seconds for a in answers]),
        seconds=_median(_known(answers)),
    )


def _known(answers: Iterable[AnswerTime]) -> list[float]:
    return [a.seconds for a in answers if a.seconds is not None]


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None
