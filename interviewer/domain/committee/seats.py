"""Seats: what each persona weighs on a committee, and the words in which they say it offline."""

from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from interviewer.domain.committee.votes import Lens, Vote
from interviewer.domain.rubric import Slug
from interviewer.domain.value import Value


def _only(*names: str) -> AfterValidator:
    def check(line: str) -> str:
        used = {name for _, name, _, _ in Formatter().parse(line) if name is not None}
        if used != set(names):
            wanted = ", ".join(f"{{{name}}}" for name in names) or "no placeholder"
            raise ValueError(f"must hold {wanted}, and no other placeholder: {line!r}")
        return line

    return AfterValidator(check)


_Text = Annotated[str, StringConstraints(min_length=10, max_length=300, strip_whitespace=True)]
Plain = Annotated[_Text, _only()]
"""A line without placeholders."""
Quoting = Annotated[_Text, _only("quote")]
"""A line around the candidate's words, `{quote}`."""
Lacking = Annotated[_Text, _only("point")]
"""A line that ends in a point's statement, begun in lower case: "an answer that {point}"."""


class VoteLines(Value):
    """How the member opens, by vote."""

    strong_hire: Plain
    hire: Plain
    no_hire: Plain
    strong_no_hire: Plain
    abstain: Plain

    def of(self, vote: Vote) -> str:
        """The line for a vote."""
        line: str = getattr(self, vote.value.replace("-", "_"))
        return line


class SeatLines(Value):
    """What a member says when no model phrases it."""

    votes: VoteLines
    credit: Quoting = Field(description="Before the strongest evidence.")
    gap: Lacking = Field(description="What the member did not hear.")
    flag: Quoting = Field(description="A red flag, in the candidate's words.")
    dissent_for: Plain = Field(description="Opens the case for a candidate turned down.")
    dissent_against: Plain = Field(description="Opens the case against one who was not.")


class Seat(Lens):
    """One persona on the committee."""

    lines: SeatLines

    @property
    def lens(self) -> Lens:
        """What the seat weighs, without its words."""
        return Lens(weighs=self.weighs, asks=self.asks)


class Committee(Value):
    """The seats of all personas; one that is not listed takes the default."""

    default: Seat
    seats: dict[Slug, Seat] = Field(default_factory=dict, description="By persona.")

    def seat(self, persona: str) -> Seat:
        """The seat of a persona."""
        return self.seats.get(persona, self.default)

    def lenses(self, personas: "tuple[str, ...] | list[str]") -> dict[str, Lens]:
        """What these personas weigh."""
        return {persona: self.seat(persona).lens for persona in personas}
