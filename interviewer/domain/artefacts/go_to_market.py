"""The go-to-market plan: phases with dates, a measure, a gate, an owner, and a way back."""

import itertools
from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from interviewer.domain.artefacts.artefact import Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import Day, Filled, Text


class PhaseRow(Row):
    """One phase."""

    phase: Filled = Field(description="a name", examples=["Shadow"])
    starts: Day = Field(description="its first day, as year-month-day", examples=["2026-09-01"])
    ends: Day = Field(description="its last day, as year-month-day", examples=["2026-10-31"])
    audience: Filled = Field(
        description="who is exposed to it, and how many", examples=["5% of card-not-present"]
    )
    measure: Text = Field(
        default="",
        description="the benefit that is measured, with the target",
        examples=["Fraud losses per $1,000 down to 0.9"],
    )
    baseline: Text = Field(
        default="",
        description="the same measure before the phase",
        examples=["1.4 in the second quarter of 2026"],
    )
    gate: Text = Field(
        default="",
        description="the measured value at which the next phase may begin",
        examples=["False positives below 12 to 1 for four weeks, signed by validation"],
    )
    owner: Text = Field(
        default="", description="the role that runs the phase", examples=["Product lead, payments"]
    )
    checker: Text = Field(
        default="",
        description="the role that opens the gate, and is not the owner",
        examples=["Model risk"],
    )
    stop: Text = Field(
        default="",
        description="the kill switch: who may use it, at which value, how fast",
        examples=["Fraud duty manager, above 2% declines, within 15 minutes"],
    )
    fallback: Text = Field(
        default="",
        description="what serves customers while it is off",
        examples=["Rule set of August, kept warm"],
    )


class GoToMarket(Artefact):
    """A go-to-market plan."""

    kind: ClassVar[str] = "go-to-market"
    title: ClassVar[str] = "Go-to-market plan"
    row: ClassVar[type[Row]] = PhaseRow

    rows: tuple[PhaseRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """Dates the wrong way round, and a phase that stands twice."""
        for number, row in enumerate(self.rows, 1):
            if row.ends < row.starts:
                yield Trouble(number, "ends", f"{row.ends} is before it starts, {row.starts}")
        for number, (before, row) in enumerate(itertools.pairwise(self.rows), 2):
            if row.starts < before.starts:
                yield Trouble(
                    number, "starts", f"{row.starts} is before row {number - 1}: order by first day"
                )
        names = [row.phase.casefold() for row in self.rows]
        for number, name in enumerate(names, 1):
            if name in names[: number - 1]:
                yield Trouble(
                    number, "phase", f"it has the name of row {names.index(name) + 1}: rename it"
                )
