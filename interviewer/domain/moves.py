"""Moves: what the interviewer does next, each with its reason in words the candidate can read."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from interviewer.domain.assessment import Hygiene
from interviewer.domain.case import Fact
from interviewer.domain.claims import Contradiction, RememberedClaim
from interviewer.domain.currency import CurrencyFlag
from interviewer.domain.handed import ArtefactObservation
from interviewer.domain.observation import Observation
from interviewer.domain.question import Change
from interviewer.domain.value import Value
from interviewer.domain.verdict import Quote


class Coaching(Value):
    """A word about the time, said along with a move; it tells nothing about the answers."""

    cause: Literal["half-time", "long-answer"]
    minutes: int = Field(
        ge=1, description="Left in the round at half time; what the long answer took to say."
    )


class Said(Value):
    """What moves share."""

    reason: str = Field(description="For the report, in words the candidate can read.")
    coaching: Coaching | None = None


class Ask(Said):
    """Put the next question of the plan."""

    kind: Literal["ask"] = "ask"
    question: str
    last: bool = Field(default=False, description="No further question will follow.")
    minutes_left: int | None = Field(default=None, description="Said aloud when time is short.")
    unanswered: bool = Field(
        default=False, description="The question before was closed without an answer to grade."
    )


class Probe(Said):
    """Follow up on one point: one still missing, or a made one pushed further (`deepen`)."""

    kind: Literal["probe"] = "probe"
    point: str
    deepen: bool = False
    nth: int = Field(default=0, ge=0, description="Which of the point's authored probes.")
    quote: Quote | None = None


class Press(Said):
    """Ask for what a claimed result lacks: a number, a baseline, an owner, a time frame."""

    kind: Literal["press"] = "press"
    quote: Quote
    missing: str


class Recall(Said):
    """Come back to a claim of an earlier round and have the candidate stand by it."""

    kind: Literal["recall"] = "recall"
    remembered: RememberedClaim


class Challenge(Said):
    """Question an outdated rule, or two claims that disagree, with both quotes."""

    kind: Literal["challenge"] = "challenge"
    flag: CurrencyFlag | None = None
    contradiction: Contradiction | None = None

    @property
    def quote(self) -> Quote:
        """The words that are questioned."""
        return self.flag.quote if self.flag else self.contradiction.later.quote  # type: ignore[union-attr]

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.flag is None) == (self.contradiction is None):
            raise ValueError("a challenge is about an outdated rule or about a contradiction")
        return self


class Interrupt(Said):
    """Cut in on a list that names no constraint; once a round at most."""

    kind: Literal["interrupt"] = "interrupt"
    trigger: str = Field(description="What was heard: `a list of 5 things and no constraint`.")
    quote: Quote = Field(description="The end of the list, where the interviewer cuts in.")


class Curveball(Said):
    """Change the facts after an answer; at most once a round, chosen by its seed."""

    kind: Literal["curveball"] = "curveball"
    change: Change


class Inform(Said):
    """Answer what the candidate asked: with the facts asked for, or by saying there is none."""

    kind: Literal["inform"] = "inform"
    facts: tuple[Fact, ...] = ()
    persona: str | None = Field(default=None, description="Who knows; None: whoever has the floor.")
    quote: Quote | None = Field(default=None, description="The candidate's question.")
    more: bool = Field(default=False, description="Somebody else answers the rest right away.")


class Examine(Said):
    """Ask about what was observed in the candidate's work: what they ran, or what they handed in."""

    kind: Literal["examine"] = "examine"
    observation: Observation | ArtefactObservation


class HandOver(Said):
    """Give the floor to another persona of the panel, who speaks next."""

    kind: Literal["hand_over"] = "hand_over"
    persona: str


class Redirect(Said):
    """Bring back a candidate whose words were no answer; the question stays open."""

    kind: Literal["redirect"] = "redirect"
    hygiene: Hygiene


class Wrap(Said):
    """End the round."""

    kind: Literal["wrap"] = "wrap"
    cause: Literal["all-asked", "time", "candidate", "no-answers"]


Move = Annotated[
    Ask
    | Probe
    | Press
    | Recall
    | Challenge
    | Interrupt
    | Curveball
    | Inform
    | Examine
    | HandOver
    | Redirect
    | Wrap,
    Field(discriminator="kind"),
]
"""One of the moves; `kind` tells which."""

FOLLOW_UPS = ("probe", "press", "recall", "challenge", "interrupt", "curveball")
"""Kinds that use up a question's follow-up budget."""


def goes_on(move: Move) -> bool:
    """Whether the interviewers speak again right after this move, before the candidate does."""
    return isinstance(move, HandOver) or (isinstance(move, Inform) and move.more)
