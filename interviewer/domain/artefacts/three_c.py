"""The 3-C sheet: customer, constraints, commerce, and for each what is easily left out."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from interviewer.domain.artefacts.artefact import VENDOR_NOTE, Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import Sentence, Text, placed
from interviewer.domain.artefacts.parts import part_faults


class ThreeCPart(StrEnum):
    """The three parts of the sheet."""

    CUSTOMER = "customer"
    CONSTRAINTS = "constraints"
    COMMERCE = "commerce"


class ThreeCRow(Row):
    """One part of the sheet."""

    part: Annotated[ThreeCPart, BeforeValidator(lambda v: placed(ThreeCPart, v))] = Field(
        description="customer, constraints or commerce", examples=["customer"]
    )
    statement: Sentence = Field(
        description="customer: who inside the bank uses it, and for which decision; constraints: "
        "the law, guidance, policy or data right that binds; commerce: what it earns or saves",
        examples=["Analysts on the card desk decide which disputes are looked at first"],
    )
    beside: Text = Field(
        default="",
        description="customer: on whom the decision falls, and what a wrong one does to them; "
        "constraints: which of them cannot be traded; commerce: the result at which you stop",
        examples=["Cardholders: a late refund, and a fee in the meantime"],
    )
    figure: Text = Field(
        default="",
        description="commerce: the amount with its unit, net of what its control costs",
        examples=["$2m to $3m a year, net of two reviewers"],
    )
    baseline: Text = Field(
        default="",
        description="commerce: what the amount is measured against",
        examples=["write-offs of 2025, by the ledger"],
    )


class ThreeC(Artefact):
    """A 3-C sheet."""

    kind: ClassVar[str] = "three-c"
    title: ClassVar[str] = "3-C sheet"
    note: ClassVar[str] = VENDOR_NOTE
    row: ClassVar[type[Row]] = ThreeCRow

    rows: tuple[ThreeCRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """Parts that are missing or stand twice."""
        return part_faults((row.part for row in self.rows), ThreeCPart)
