"""What a grading model is asked to reply: the schemas of one reading of an exchange.

The order of the fields is a decision: a reason is written before the quote it leads to, and both
before the verdict, so that the verdict follows from them. No field asks for a level.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


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


class ClaimsMade(BaseModel):
    """What candidates claimed about their own work."""

    model_config = ConfigDict(extra="forbid")

    claims: list[ClaimMade] = Field(max_length=16)
