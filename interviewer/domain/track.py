"""Tracks, rounds and personas: who asks what, for how long, and in which voice."""

from typing import Annotated

from pydantic import Field, StringConstraints

from interviewer.domain.rubric import Line, Slug
from interviewer.domain.value import Value

Template = Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]
"""An authored line in which `{names}` are filled by code."""


class Lines(Value):
    """What the persona says word for word when no model phrases it; the offline engine's voice."""

    opening: tuple[Template, ...] = Field(min_length=1, description="Greets; `{minutes}`.")
    bridge: tuple[Template, ...] = Field(min_length=3, description="Leads to the next question.")
    probe: tuple[Template, ...] = Field(min_length=3, description="Before a probe; `{quote}`.")
    probe_plain: tuple[Template, ...] = Field(
        min_length=2, description="Where nothing is quotable."
    )
    deepen: tuple[Template, ...] = Field(
        min_length=2, description="Before a harder follow-up; `{quote}`."
    )
    press: tuple[Template, ...] = Field(
        min_length=2, description="A claim lacks `{missing}`; `{quote}`."
    )
    challenge: tuple[Template, ...] = Field(
        min_length=1, description="An outdated rule; `{quote}` `{cited}`. Asks, does not reveal."
    )
    redirect: dict[Slug, Template] = Field(
        description="By what was wrong: empty, gibberish, echo, dont-know, instructions, off-topic."
    )
    passed: tuple[Template, ...] = Field(min_length=1, description="The candidate passed.")
    time: tuple[Template, ...] = Field(
        min_length=1, description="Before the last question; `{minutes}`."
    )
    wrap: tuple[Template, ...] = Field(min_length=1, description="Ends the round.")


class Persona(Value):
    """A fictional interviewer."""

    id: Slug
    name: Line
    title: Line
    introduction: Line = Field(description="What the candidate reads about them beforehand.")
    voice: Line = Field(description="How they speak, for the model's prompt.")
    cares_about: tuple[Line, ...] = Field(min_length=2, max_length=6)
    irritated_by: tuple[Line, ...] = Field(min_length=2, max_length=6)
    never: tuple[Line, ...] = Field(min_length=2, max_length=6)
    lines: Lines


class Round(Value):
    """One interview of a track."""

    id: Slug
    title: Line
    minutes: int = Field(ge=5, le=180)
    personas: tuple[Slug, ...] = Field(min_length=1)
    filters_for: Line = Field(description="What the round decides.")
    note: Line | None = Field(default=None, description="What is doubtful about the round's facts.")
    questions: tuple[Slug, ...] = Field(min_length=1, description="In the order of asking.")
    bar: dict[str, float] = Field(
        default_factory=lambda: {"risk": 3.0, "impact": 2.5, "leadership": 2.5},
        description="The level each signal must reach, 1-5.",
    )


class Track(Value):
    """A hiring process."""

    id: Slug
    title: Line
    summary: Line
    note: Line | None = None
    rounds: tuple[Round, ...] = Field(min_length=1)
