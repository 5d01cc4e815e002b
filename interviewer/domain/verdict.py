"""Verdicts: whether an answer makes a point, with the words that show it."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from interviewer.domain.value import Value


class Met(StrEnum):
    """How far an answer makes a point. "Not assessed" is the absence of a verdict, never a no."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Quote(Value):
    """A verbatim piece of an answer: `answer[start:end] == text`."""

    answer: int = Field(default=0, ge=0, description="Which answer of the exchange, from 0.")
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1)

    @model_validator(mode="after")
    def _offsets_fit(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"offsets {self.start}:{self.end} do not fit {len(self.text)} characters"
            )
        return self


class Verdict(Value):
    """One point judged. `met` is None when it could not be assessed; `why` then says so."""

    point: str
    met: Met | None
    quote: Quote | None = None
    observed: str | None = Field(
        default=None, description="What was measured, where running code is the evidence."
    )
    why: str = ""
    confidence: float = Field(default=1.0, ge=0, le=1)
    probed: bool = Field(default=False, description="Made only after a probe at this point.")
    citations: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _a_met_point_is_quoted(self) -> Self:
        if self.met in (Met.YES, Met.PARTLY) and not (self.quote or self.observed):
            raise ValueError(f"point {self.point!r} is {self.met} without a quote")
        return self


class FlagRaised(Value):
    """A red flag found in an answer, with the words that raised it."""

    id: str
    quote: Quote
    cap: int | None = None
