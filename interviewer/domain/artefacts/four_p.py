"""The 4-P sheet: problem, provenance, performance, policy, each in a sentence that can be checked."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from interviewer.domain.artefacts.artefact import VENDOR_NOTE, Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import Sentence, Text, placed
from interviewer.domain.artefacts.parts import part_faults


class FourPart(StrEnum):
    """The four parts of the sheet."""

    PROBLEM = "problem"
    PROVENANCE = "provenance"
    PERFORMANCE = "performance"
    POLICY = "policy"


class FourPRow(Row):
    """One part of the sheet."""

    part: Annotated[FourPart, BeforeValidator(lambda v: placed(FourPart, v))] = Field(
        description="problem, provenance, performance or policy", examples=["problem"]
    )
    statement: Sentence = Field(
        description="problem: what it costs whom; provenance: where the data come from and who may "
        "use them; performance: which measure decides; policy: which rule or limit applies",
        examples=["Manual review of card disputes costs the servicing team too many hours"],
    )
    figure: Text = Field(
        default="", description="the number with its unit", examples=["41,000 hours a year"]
    )
    baseline: Text = Field(
        default="",
        description="what the number is measured against: before, limit or alternative",
        examples=["38 minutes a dispute in 2025, by time sheets"],
    )
    owner: Text = Field(
        default="",
        description="the role that answers for this part",
        examples=["Head of dispute servicing"],
    )


class FourP(Artefact):
    """A 4-P sheet."""

    kind: ClassVar[str] = "four-p"
    title: ClassVar[str] = "4-P sheet"
    note: ClassVar[str] = VENDOR_NOTE
    row: ClassVar[type[Row]] = FourPRow

    rows: tuple[FourPRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """Parts that are missing or stand twice."""
        return part_faults((row.part for row in self.rows), FourPart)
