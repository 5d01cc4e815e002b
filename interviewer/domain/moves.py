"""Moves: what the interviewer does next, each with its reason in words the candidate can read."""

from typing import Annotated, Literal

from pydantic import Field

from interviewer.domain.assessment import Hygiene
from interviewer.domain.currency import CurrencyFlag
from interviewer.domain.value import Value
from interviewer.domain.verdict import Quote


class Ask(Value):
    """Put the next question of the plan."""

    kind: Literal["ask"] = "ask"
    question: str
    last: bool = Field(default=False, description="No further question will follow.")
    minutes_left: int | None = Field(default=None, description="Said aloud when time is short.")
    reason: str


class Probe(Value):
    """Follow up on one point: one still missing, or a made one pushed further (`deepen`)."""

    kind: Literal["probe"] = "probe"
    point: str
    deepen: bool = False
    nth: int = Field(default=0, ge=0, description="Which of the point's authored probes.")
    quote: Quote | None = None
    reason: str


class Press(Value):
    """Ask for what a claimed result lacks: a number, a baseline, an owner."""

    kind: Literal["press"] = "press"
    quote: Quote
    missing: str
    reason: str


class Challenge(Value):
    """Question a rule that was cited as current and is not."""

    kind: Literal["challenge"] = "challenge"
    flag: CurrencyFlag
    reason: str


class Redirect(Value):
    """Bring back a candidate whose words were no answer; the question stays open."""

    kind: Literal["redirect"] = "redirect"
    hygiene: Hygiene
    reason: str


class Wrap(Value):
    """End the round."""

    kind: Literal["wrap"] = "wrap"
    cause: Literal["all-asked", "time", "candidate"]
    reason: str


Move = Annotated[Ask | Probe | Press | Challenge | Redirect | Wrap, Field(discriminator="kind")]
"""One of the moves; `kind` tells which."""

FOLLOW_UPS = ("probe", "press", "challenge")
"""Kinds that use up a question's follow-up budget."""
