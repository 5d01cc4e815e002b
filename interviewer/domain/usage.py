"""What a model call used; zero for the offline engine."""

from typing import Self

from pydantic import Field

from interviewer.domain.value import Value
from interviewer.errors import ModelError


class Usage(Value):
    """Tokens and money of one or more calls; add them with `+`."""

    prompt_tokens: int = Field(default=0, ge=0)
    completion_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0, description="Part of the prompt tokens.")
    calls: int = Field(default=0, ge=0)
    cost_usd: float | None = Field(default=None, ge=0, description="None when no price is known.")

    def __add__(self, other: "Usage") -> Self:
        costs = [cost for cost in (self.cost_usd, other.cost_usd) if cost is not None]
        return type(self)(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            calls=self.calls + other.calls,
            cost_usd=sum(costs) if costs else None,
        )


def spent_by(error: ModelError) -> Usage:
    """What the requests of a failed call used all the same."""
    return error.spent if isinstance(error.spent, Usage) else Usage()


class PromptRef(Value):
    """Which prompt was sent: enough to find the exact text again."""

    id: str
    version: int
    sha256: str


class Fallback(Value):
    """Why the offline engine spoke or graded in the model's place."""

    @classmethod
    def of(cls, error: ModelError) -> Self:
        """What the log and the candidate are told about a failing model."""
        return cls(
            cause=error.kind,
            message=(
                f"The language model failed ({error.kind.replace('_', ' ')}); "
                "the offline engine stands in for it here. Nothing was lost."
            ),
        )

    cause: str = Field(description="Short, for the log: `rate_limit`, `truncated`, ...")
    message: str = Field(description="One line for the candidate.")
