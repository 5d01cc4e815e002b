"""The report of a round: a projection of its log, never stored, always rebuilt.

Every reason that the interviewer kept to itself during the round is in it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import Field

from interviewer.domain.critique import Critique, critique
from interviewer.domain.interview import Exchange, Interview, Turn
from interviewer.domain.moves import Inform
from interviewer.domain.panel import name_of
from interviewer.domain.round_card import round_card
from interviewer.domain.rubric import Signal
from interviewer.domain.scorecard import Gate, Outcome
from interviewer.domain.shown import silent_answers
from interviewer.domain.timing import active_time
from interviewer.domain.usage import Usage
from interviewer.domain.value import Value
from interviewer.engines.telling import telling
from interviewer.interviews.artefact_report import ArtefactReport, artefact_report
from interviewer.interviews.submission_report import SubmissionReport, submission_report

LIMITATIONS = (
    "Levels are computed from rubric points found in your words. They say nothing about delivery, "
    "and they are not a prediction of any real committee's decision.",
    "The offline engine recognises words and meaning near to a point; it cannot follow an "
    "argument. Read the quotes before you trust a verdict.",
    "Independent practice tool, not affiliated with JPMorgan Chase; personas are fictional; "
    "nothing here is legal advice.",
)


class Line(Value):
    """One thing said, with the interviewer's reason."""

    speaker: str
    text: str
    persona: str | None = Field(default=None, description="Id of the persona who spoke.")
    name: str | None = Field(default=None, description="Name of the persona who spoke.")
    artefact: str | None = Field(
        default=None, description="Kind of what was handed in, where the line is what it says."
    )
    cut_off: bool = Field(default=False, description="The interviewer cut in on it.")
    move: str | None = None
    reason: str | None = None
    notice: str | None = None
    minute: float | None = Field(
        default=None, description="Active minutes of the round when it had been said."
    )


class FactReport(Value):
    """A hidden fact of the case, and whether the candidate asked for it."""

    id: str
    text: str
    persona: str
    asked: bool
    question: str | None = Field(description="The candidate's question that brought it out.")


class QuestionReport(Critique):
    """A question's critique with all that was said about it."""

    transcript: tuple[Line, ...]
    submission: SubmissionReport | None = Field(
        default=None, description="Code or a query that was sent, with what came of it."
    )
    artefact: ArtefactReport | None = Field(
        default=None, description="What was handed in and could be read; the last one counts."
    )
    on_the_table: tuple[int, ...] = Field(
        default=(), description="Places in `answers` of what was handed in rather than said."
    )


class RoundReport(Value):
    """The scorecard of one round."""

    interview: str
    track: str
    round: str
    title: str
    persona: str
    engine: str
    started_at: datetime
    minutes_used: float = Field(description="Active time; long silences count 10 minutes at most.")
    minutes: int
    over: bool
    overall: float | None
    level: int | None
    signals: dict[Signal, float | None]
    gates: tuple[Gate, ...]
    outcome: Outcome
    because: str
    questions: tuple[QuestionReport, ...]
    not_asked: tuple[str, ...]
    closing: Line | None
    facts: tuple[FactReport, ...] = Field(
        default=(), description="Of a case, once the round is over: asked for or not."
    )
    usage: Usage
    limitations: tuple[str, ...] = LIMITATIONS


def round_report(interview_id: str, interview: Interview) -> RoundReport:
    """Builds the report of what has been assessed; an exchange without an assessment is left out.

    A round that is still going on has a report too: of what has been graded so far.
    """
    questions = []
    minutes = minutes_at(interview)
    usage = Usage()
    for exchange in interview.exchanges:
        if exchange.assessment is None:
            continue
        told = telling(exchange.question, exchange.spoken)
        found, _ = critique(
            exchange.question,
            exchange.assessment,
            exchange.answers,
            star=told.star,
            impact=told.impact,
        )
        usage = usage + exchange.assessment.usage
        lines = _transcript(interview, exchange, minutes)
        questions.append(
            QuestionReport(
                **dict(found),
                transcript=lines,
                submission=submission_report(exchange),
                artefact=artefact_report(exchange),
                on_the_table=tuple(silent_answers(exchange)),
            )
        )
    started = interview.started
    card = round_card(interview.exchanges, started.bar)
    farewell = interview.farewell
    return RoundReport(
        interview=interview_id,
        track=started.track,
        round=started.round,
        title=started.title,
        persona=started.persona,
        engine=started.engine,
        started_at=started.at,
        minutes_used=round(interview.time_used().total_seconds() / 60, 1),
        minutes=started.minutes,
        over=interview.is_over,
        overall=None if card.overall is None else round(card.overall, 2),
        level=card.level,
        signals={s: None if v is None else round(v, 2) for s, v in card.signals.items()},
        gates=card.gates,
        outcome=card.outcome,
        because=card.because,
        questions=tuple(questions),
        not_asked=tuple(q.id for q in interview.remaining),
        closing=None if farewell is None else _line(interview, farewell, minutes),
        facts=_facts(interview) if interview.is_over else (),
        usage=usage + interview.speaking_usage,
    )


def minutes_at(interview: Interview) -> dict[datetime, float]:
    """Active minutes of the round at each of its moments; the interviewer's silences left out."""
    minutes: dict[datetime, float] = {}
    before, used = interview.started.at, timedelta()
    turns = [turn for exchange in interview.exchanges for turn in exchange.turns]
    for turn in (*turns, *([interview.farewell] if interview.farewell else [])):
        if turn.speaker == "candidate":
            used += active_time((before, turn.at))
        minutes[turn.at] = round(used.total_seconds() / 60, 2)
        before = turn.at
    return minutes


def _transcript(
    interview: Interview, exchange: Exchange, minutes: Mapping[datetime, float]
) -> tuple[Line, ...]:
    return tuple(_line(interview, turn, minutes) for turn in exchange.turns)


def _line(interview: Interview, turn: Turn, minutes: Mapping[datetime, float]) -> Line:
    return Line(
        speaker=turn.speaker,
        text=turn.text or "(passed)",
        persona=turn.persona or None,
        name=name_of(interview, turn.persona) or None,
        artefact=turn.artefact or None,
        cut_off=turn.cut_off,
        move=turn.move.kind if turn.move else None,
        reason=turn.move.reason if turn.move else None,
        notice=turn.notice,
        minute=minutes.get(turn.at),
    )


def _facts(interview: Interview) -> tuple[FactReport, ...]:
    """Told once the round is over, and not before: they would give the case away."""
    case = interview.started.case
    if case is None:
        return ()
    told = {
        fact.id: fact.quote.text if fact.quote else None
        for move in interview.moves
        if isinstance(move, Inform)
        for fact in move.facts
    }
    return tuple(
        FactReport(
            id=fact.id,
            text=fact.text,
            persona=name_of(interview, fact.persona) or fact.persona,
            asked=fact.id in told,
            question=told.get(fact.id),
        )
        for fact in case.facts
    )
