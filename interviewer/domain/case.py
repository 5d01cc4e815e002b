"""A case: a brief, facts that the panel gives only when asked, and the stages it is worked in.

The facts are fixed in the log when the round starts. What was asked for is in the moves, so that a
report can say which facts a candidate never asked about.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from interviewer.domain.rubric import Line, Slug
from interviewer.domain.value import Value
from interviewer.domain.verdict import Quote

Brief = Annotated[str, StringConstraints(min_length=40, max_length=3000, strip_whitespace=True)]
"""What the candidate is given to read before the first question of a case."""


class Stage(StrEnum):
    """Where in a case a question stands."""

    CLARIFY = "clarify"
    DESIGN = "design"
    REGISTER = "register"
    GO_TO_MARKET = "go-to-market"
    BOARD = "board"


class Fact(Value):
    """A fact as it is told."""

    id: Slug
    text: Line
    quote: Quote | None = Field(default=None, description="The question that asked for it.")


class HiddenFact(Value):
    """A fact of a case that is told only to a candidate who asks for it."""

    id: Slug
    asked_about: tuple[
        tuple[Annotated[str, StringConstraints(min_length=2, max_length=60)], ...], ...
    ] = Field(
        min_length=1,
        max_length=4,
        description="Groups of interchangeable terms; a question that touches every group asks "
        "for this fact.",
    )
    ways_of_asking: tuple[Line, ...] = Field(
        min_length=3, max_length=8, description="Questions that ask for it, in a candidate's words."
    )
    text: Line = Field(description="The fact, said word for word; never the use to make of it.")
    persona: Slug = Field(description="Who answers; one of the round's personas.")


class Case(Value):
    """The case of a round, as its log keeps it."""

    brief: Brief
    facts: tuple[HiddenFact, ...] = ()

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        if twice := repeated(fact.id for fact in self.facts):
            raise ValueError(f"hidden facts share an id: {', '.join(twice)}")
        return self

    def fact(self, fact_id: str) -> HiddenFact | None:
        """The fact of that id."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)


class Enquiry(Value):
    """A question that the candidate put, and the hidden fact it asks for, if there is one."""

    quote: Quote
    fact: str | None = None


def repeated(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids that occur more than once, in order.

    >>> repeated(["a", "b", "a"])
    ('a',)
    """
    seen: list[str] = []
    twice: list[str] = []
    for one in ids:
        (twice if one in seen else seen).append(one)
    return tuple(dict.fromkeys(twice))
