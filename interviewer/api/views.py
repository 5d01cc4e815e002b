"""What the API shows of an interview while it is going on."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from interviewer.domain.coding import ShownProblem
from interviewer.domain.interview import Interview, Turn
from interviewer.domain.panel import name_of
from interviewer.domain.sql_problem import ShownSqlProblem
from interviewer.engines.hygiene import MOST_CHARACTERS


class Sent(BaseModel):
    """What a client sends: a field that is not known is a mistake, not noise."""

    model_config = ConfigDict(extra="forbid")


class NewInterview(Sent):
    """Which round to sit."""

    track: Annotated[str, Field(max_length=80)]
    round: Annotated[str, Field(max_length=80)]
    seed: Annotated[int, Field(ge=0, le=2**31)] | None = None


class NewAnswer(Sent):
    """An answer; longer than 20,000 characters is refused."""

    text: str


class NewCritique(Sent):
    """An answer to be critiqued."""

    question: Annotated[str, Field(max_length=80)]
    answer: str
    keep: bool = True
    rewrite: Annotated[
        bool, Field(description="Have the language model draft the rewrite; one call more.")
    ] = False


class NewComparison(Sent):
    """Two versions of an answer to one question."""

    question: Annotated[str, Field(max_length=80)]
    before: str
    after: str


class Draft(Sent):
    """What is typed so far."""

    text: Annotated[str, Field(max_length=MOST_CHARACTERS)]


class TurnView(BaseModel):
    """One thing said; reasons stay hidden until the report."""

    speaker: Literal["interviewer", "candidate"]
    text: str
    at: datetime
    move: str | None
    persona: str | None
    name: str | None
    question: str | None
    notice: str | None
    passed: bool
    cut_off: bool
    artefact: str | None = None


class PanellistView(BaseModel):
    """One of the round's interviewers."""

    id: str
    name: str
    title: str


class InterviewView(BaseModel):
    """An interview as the candidate may see it."""

    id: str
    track: str
    round: str
    title: str
    persona: str
    panel: list[PanellistView]
    engine: str
    state: Literal["awaiting-answer", "interviewer-due", "over"]
    question: str | None
    number: int
    of: int
    minutes: int
    minutes_used: float
    turns: list[TurnView]
    coding: ShownProblem | None = None
    sql: ShownSqlProblem | None = None
    submissions: int = 0
    artefact: Annotated[
        str | None, Field(description="What may be handed in for the open question.")
    ] = None
    handed_in: int = 0


def interview_view(interview_id: str, interview: Interview) -> InterviewView:
    """Shows an interview without rubric and reasons."""
    turns = [
        _turn(interview, turn, exchange.question.id)
        for exchange in interview.exchanges
        for turn in exchange.turns
    ]
    if interview.farewell is not None:
        turns.append(_turn(interview, interview.farewell, None))
    started, current = interview.started, interview.current
    return InterviewView(
        id=interview_id,
        track=started.track,
        round=started.round,
        title=started.title,
        persona=started.persona,
        panel=[PanellistView(id=p.id, name=p.name, title=p.title) for p in started.panel],
        engine=started.engine,
        state=state_of(interview),
        question=interview.current.question.id if interview.current else None,
        number=len(interview.exchanges),
        of=len(started.plan),
        minutes=started.minutes,
        minutes_used=round(interview.time_used().total_seconds() / 60, 1),
        turns=turns,
        coding=None if current is None or interview.is_over else current.coding,
        sql=None if current is None or interview.is_over else current.sql,
        submissions=len(current.submissions) if current else 0,
        artefact=None if current is None or interview.is_over else current.question.artefact,
        handed_in=len(current.handed) if current else 0,
    )


def _turn(interview: Interview, turn: Turn, question: str | None) -> TurnView:
    return TurnView(
        speaker=turn.speaker,
        text=turn.text,
        at=turn.at,
        move=turn.move.kind if turn.move else None,
        persona=turn.persona or None,
        name=name_of(interview, turn.persona) or None,
        question=question,
        notice=turn.notice,
        passed=turn.passed,
        cut_off=turn.cut_off,
        artefact=turn.artefact or None,
    )


def state_of(interview: Interview) -> Literal["awaiting-answer", "interviewer-due", "over"]:
    """Who is to speak next."""
    if interview.is_over:
        return "over"
    return "awaiting-answer" if interview.awaits_candidate else "interviewer-due"
