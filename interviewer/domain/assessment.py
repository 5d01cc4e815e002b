"""An assessment: everything an engine found in the answers to one question.

It holds findings, never a level; what they are worth is computed in `grade`.
"""

from enum import StrEnum

from pydantic import Field

from interviewer.domain.case import Enquiry
from interviewer.domain.claims import Claim, Contradiction, RememberedClaim
from interviewer.domain.currency import CurrencyFlag
from interviewer.domain.usage import Fallback, PromptRef, Usage
from interviewer.domain.value import Value
from interviewer.domain.verdict import FlagRaised, Met, Quote, Verdict


class Hygiene(StrEnum):
    """What is wrong with an answer as an answer."""

    EMPTY = "empty"
    GIBBERISH = "gibberish"
    ECHO = "echo"
    DONT_KNOW = "dont-know"
    INSTRUCTIONS = "instructions"
    OFF_TOPIC = "off-topic"
    STUFFING = "stuffing"
    COPIED = "copied-example"
    DISORDERED = "words-out-of-order"
    DENIED = "denied-throughout"
    INVISIBLE = "invisible-characters"

    @property
    def is_junk(self) -> bool:
        """Whether there is nothing to grade, so that the interview must not advance on it."""
        return self in JUNK


JUNK = frozenset(
    {
        Hygiene.EMPTY,
        Hygiene.GIBBERISH,
        Hygiene.ECHO,
        Hygiene.DONT_KNOW,
        Hygiene.INSTRUCTIONS,
        Hygiene.OFF_TOPIC,
    }
)


class HygieneFlag(Value):
    """One hygiene finding about one answer of the exchange."""

    kind: Hygiene
    answer: int = Field(default=0, ge=0)
    junk: bool = Field(description="True if nothing but this is in the answer.")
    why: str = ""


class BareClaim(Value):
    """A claimed result that lacks what would make it checkable."""

    quote: Quote
    missing: str = Field(
        description="For the persona's line: `a number`, `a baseline`, `an owner`, `a time frame`."
    )


class FeatureList(Value):
    """A list of things to build or do that names no constraint, customer or limit."""

    quote: Quote = Field(description="The last thing named.")
    items: int = Field(ge=2)


class Vote(Value):
    """One of several readings of an exchange by the model: what the spread is computed from."""

    order: tuple[str, ...] = Field(description="Ids of the points, as the model was shown them.")
    met: dict[str, Met | None] = Field(
        default_factory=dict, description="By point; None: not assessed. Empty if the vote failed."
    )
    red_flags: tuple[str, ...] = ()
    failed: str | None = Field(default=None, description="Short cause, if no usable reply came.")


class Assessment(Value):
    """Findings on one exchange, by one engine."""

    engine: str = Field(description="`offline` or `model`.")
    verdicts: tuple[Verdict, ...]
    red_flags: tuple[FlagRaised, ...] = ()
    hygiene: tuple[HygieneFlag, ...] = ()
    currency: tuple[CurrencyFlag, ...] = ()
    claims: tuple[BareClaim, ...] = ()
    checkable: tuple[Claim, ...] = Field(
        default=(), description="What the candidate claimed about themselves, for later rounds."
    )
    contradictions: tuple[Contradiction, ...] = Field(
        default=(), description="Of the last answer with anything said before it."
    )
    remembered: tuple[RememberedClaim, ...] = Field(
        default=(), description="Claims of earlier rounds that the exchange comes near to."
    )
    feature_list: FeatureList | None = Field(default=None, description="In the last answer.")
    enquiries: tuple[Enquiry, ...] = Field(
        default=(), description="In the clarify stage of a case: what the candidate asked."
    )
    anchors: dict[str, Quote] = Field(
        default_factory=dict, description="By point: the candidate's words nearest to it."
    )
    gaps: dict[str, float] | None = Field(
        default=None,
        description="By point, the chance in [0, 1] that it lacks something, where the engine tells "
        "that apart from its verdicts, as after a good answer.",
    )
    confidence: float = Field(default=1.0, ge=0, le=1)
    may_be_gamed: bool = False
    votes: tuple[Vote, ...] = Field(
        default=(),
        description="Where the model was asked more than once; a failed vote is among them.",
    )
    usage: Usage = Usage()
    model: str | None = None
    prompts: tuple[PromptRef, ...] = ()
    fallback: Fallback | None = None

    def verdict(self, point_id: str) -> Verdict | None:
        """The verdict on a point, or None if it has none."""
        return next((v for v in self.verdicts if v.point == point_id), None)

    def met(self, point_id: str) -> Met | None:
        """How far a point is made, or None if not assessed."""
        verdict = self.verdict(point_id)
        return verdict.met if verdict else None

    def junk_in(self, answer: int) -> HygieneFlag | None:
        """The finding that makes one answer worthless, if there is one."""
        return next((f for f in self.hygiene if f.junk and f.answer == answer), None)
