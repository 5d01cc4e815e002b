"""The STAR story: situation, task, action and result as they would be told."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from interviewer.domain.artefacts.artefact import Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import Sentence, Text, placed
from interviewer.domain.artefacts.parts import part_faults


class StoryPart(StrEnum):
    """The four parts of a told experience."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


class StoryRow(Row):
    """One part of the story."""

    part: Annotated[StoryPart, BeforeValidator(lambda v: placed(StoryPart, v))] = Field(
        description="situation, task, action or result", examples=["action"]
    )
    told: Sentence = Field(
        description="the sentences as you would say them",
        examples=["I replayed two weeks of rejected payments and found that the join lost a day"],
    )
    figure: Text = Field(
        default="", description="the number in it, with its unit", examples=["62 to 9 false stops"]
    )
    baseline: Text = Field(
        default="",
        description="what the number is measured against, and over which time",
        examples=["mean of the four weeks before the change"],
    )


class StarStory(Artefact):
    """A story in four parts."""

    kind: ClassVar[str] = "star"
    title: ClassVar[str] = "STAR story"
    row: ClassVar[type[Row]] = StoryRow

    rows: tuple[StoryRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """Parts that are missing or stand twice."""
        return part_faults((row.part for row in self.rows), StoryPart)
