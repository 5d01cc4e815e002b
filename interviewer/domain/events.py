"""What happened in an interview, past tense, for ever: the log is the truth.

Only add fields, with defaults; a changed meaning is a new type. Events keep exactly what was seen
(texts, the rubric as asked, prompt versions), so a log replays under any later question bank.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from interviewer.domain.artefact_events import ArtefactChecked, ArtefactHandedIn
from interviewer.domain.assessment import Assessment
from interviewer.domain.case import Case, Stage
from interviewer.domain.claims import RememberedClaim
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import ShownProblem
from interviewer.domain.drill_plan import DrillPlan
from interviewer.domain.moves import Move
from interviewer.domain.observation import Observation
from interviewer.domain.question import Change, Question
from interviewer.domain.sql_problem import ShownSqlProblem
from interviewer.domain.sql_run import SqlRun
from interviewer.domain.usage import Fallback, PromptRef, Usage
from interviewer.domain.value import Value


class PlannedQuestion(Value):
    """A question the round means to ask, and the minutes set aside for it."""

    id: str
    minutes: int
    line: str | None = Field(
        default=None, description="Of the candidate's own document, if the question is about one."
    )
    question: Question | None = Field(
        default=None, description="The question itself, where the bank does not have it like this."
    )
    persona: str = Field(default="", description="Who puts it; empty: the round's persona.")
    stage: Stage | None = None
    curveball: Change | None = Field(
        default=None, description="The change of facts that the seed chose for it."
    )


class Panellist(Value):
    """Who sits on the interviewer's side, as the candidate was told."""

    id: str
    name: str
    title: str
    interrupts: bool = False


class InterviewStarted(Value):
    """The round, its plan and its bar were fixed."""

    type: Literal["interview_started"] = "interview_started"
    at: AwareDatetime
    track: str
    round: str
    title: str
    persona: str
    engine: str
    minutes: int
    plan: tuple[PlannedQuestion, ...]
    bar: dict[str, float]
    seed: int = 0
    version: str = Field(default="", description="Of the product, at the start.")
    drill: DrillPlan | None = Field(default=None, description="Set if this is a drill.")
    panel: tuple[Panellist, ...] = Field(
        default=(), description="All personas of the round, the one who opens it first."
    )
    remembered: tuple[RememberedClaim, ...] = Field(
        default=(), description="Claims of earlier rounds, for this one's personas to test."
    )
    case: Case | None = None


class MoveMade(Value):
    """The interviewer spoke."""

    type: Literal["move_made"] = "move_made"
    at: AwareDatetime
    move: Move
    said: str
    persona: str = Field(default="", description="Who spoke; empty: the round's persona.")
    question: Question | None = Field(
        default=None, description="With an Ask: the question and rubric as asked."
    )
    coding: ShownProblem | None = Field(
        default=None, description="With an Ask that may be solved in code: what was shown of it."
    )
    sql: ShownSqlProblem | None = Field(
        default=None, description="The same with an Ask that is to be solved with a query."
    )
    engine: str
    model: str | None = None
    prompt: PromptRef | None = None
    usage: Usage = Usage()
    fallback: Fallback | None = None


class AnswerGiven(Value):
    """The candidate answered; stored before anything reads it."""

    type: Literal["answer_given"] = "answer_given"
    at: AwareDatetime
    text: str
    cut_off: bool = Field(
        default=False, description="The interviewer cut in while it was being typed."
    )


class TurnPassed(Value):
    """The candidate declined to answer what was last asked."""

    type: Literal["turn_passed"] = "turn_passed"
    at: AwareDatetime


class CodeSubmitted(Value):
    """The candidate sent code; stored before anything runs it."""

    type: Literal["code_submitted"] = "code_submitted"
    at: AwareDatetime
    question: str
    problem: str
    code: str
    sha256: str


class CodeTested(Value):
    """The code was run on the problem's tests, or could not be."""

    type: Literal["code_tested"] = "code_tested"
    at: AwareDatetime
    question: str
    sha256: str
    outcome: CodeOutcome | None = None
    observations: tuple[Observation, ...] = ()
    refused: str = Field(default="", description="Why it was not run; empty if it was.")


class QuerySubmitted(Value):
    """The candidate sent a query; stored before anything runs it."""

    type: Literal["query_submitted"] = "query_submitted"
    at: AwareDatetime
    question: str
    problem: str
    query: str
    sha256: str


class QueryTested(Value):
    """The query was run and compared with what was asked for, or could not be."""

    type: Literal["query_tested"] = "query_tested"
    at: AwareDatetime
    question: str
    sha256: str
    run: SqlRun | None = None
    observations: tuple[Observation, ...] = ()
    refused: str = Field(default="", description="Why it was not run; empty if it was.")


class HintGiven(Value):
    """The candidate asked for a hint."""

    type: Literal["hint_given"] = "hint_given"
    at: AwareDatetime
    question: str
    number: int
    text: str


class EndRequested(Value):
    """The candidate asked to end the round."""

    type: Literal["end_requested"] = "end_requested"
    at: AwareDatetime


class QuestionGraded(Value):
    """The exchange on one question was assessed; once per question."""

    type: Literal["question_graded"] = "question_graded"
    at: AwareDatetime
    question: str
    assessment: Assessment


Event = Annotated[
    InterviewStarted
    | MoveMade
    | AnswerGiven
    | TurnPassed
    | CodeSubmitted
    | CodeTested
    | QuerySubmitted
    | QueryTested
    | HintGiven
    | ArtefactHandedIn
    | ArtefactChecked
    | EndRequested
    | QuestionGraded,
    Field(discriminator="type"),
]
"""One of the events; `type` tells which."""

EVENT: TypeAdapter[Event] = TypeAdapter(Event)
