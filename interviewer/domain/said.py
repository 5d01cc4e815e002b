"""Said: sentences as candidates say them, each of known worth for one point of a rubric.

A point can be made in more ways than its author writes down with it. Beside a question may lie a
file of many such ways, and of sentences that only sound like it; they teach a reader by example
and are never shown to a candidate.
"""

from pydantic import Field

from interviewer.domain.value import Value


class Said(Value):
    """What candidates say about one point."""

    makes: tuple[str, ...] = Field(min_length=2, description="Each makes the point fully.")
    partly: tuple[str, ...] = Field(min_length=1, description="Each makes it only partly.")
    misses: tuple[str, ...] = Field(
        min_length=1, description="Each comes near and does not make it; many make another point."
    )

    @property
    def lines(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.makes, *self.partly, *self.misses)
