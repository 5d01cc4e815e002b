"""What a grading model is asked to reply: the schemas of one reading of an exchange.

The order of the fields is a decision: a reason is written before the quote it leads to, and both
before the verdict, so that the verdict follows from them. No field asks for a level.
"""

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)


class PointVerdict(BaseModel):
    """One point as the model judged it: reason first, then evidence, then verdict."""

    model_config = ConfigDict(extra="forbid")

    point: Annotated[str, StringConstraints(max_length=60)]
    reason: Annotated[str, StringConstraints(max_length=400)]
    quote: Annotated[str, StringConstraints(max_length=600)]
    met: Literal["yes", "partly", "no"]


class FlagVerdict(BaseModel):
    """A red flag that the model found."""

    model_config = ConfigDict(extra="forbid")

    flag: Annotated[str, StringConstraints(max_length=60)]
    quote: Annotated[str, StringConstraints(max_length=600)]


class ExchangeVerdicts(BaseModel):
    """Everything the model says about an exchange."""

    model_config = ConfigDict(extra="forbid")

    points: list[PointVerdict] = Field(max_length=12)
    red_flags: list[FlagVerdict] = Field(max_length=6)


class ClaimMade(BaseModel):
    """One claim as the model read it."""

    model_config = ConfigDict(extra="forbid")

    quote: Annotated[str, StringConstraints(max_length=600)]
    kind: Literal["money", "share", "count", "duration", "people", "date", "metric", "role"]
    number: float | None
    unit: Annotated[str, StringConstraints(max_length=40)]
    aspect: Literal["by", "from", ""]
    holder: Literal["self", "team", "other"]


MOST_CLAIMS = 16
"""In one reply; what is beyond is not read."""


def _readable(claims: object) -> object:
    """The claims that can be read: for one that cannot, the verdicts are not to be lost."""
    if not isinstance(claims, list):
        return []
    return [claim for claim in claims if _is_claim(claim)][:MOST_CLAIMS]


def _is_claim(claim: object) -> bool:
    try:
        ClaimMade.model_validate(claim)
    except ValidationError:
        return False
    return True


class ExchangeHeard(ExchangeVerdicts):
    """The same with what the candidate claimed; last, so that no verdict follows from it."""

    claims: Annotated[list[ClaimMade], BeforeValidator(_readable)] = Field(
        default_factory=list, max_length=MOST_CLAIMS
    )
