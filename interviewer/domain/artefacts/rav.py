"""RAV points: expected gain against incremental regulatory risk, before and after a governance change.

The name and the picture are one vendor's. With risk on the horizontal axis a change helps if it
moves a point up or to the left: more gain for the risk, or less risk for the gain.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from interviewer.domain.artefacts.artefact import VENDOR_NOTE, Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import Filled, Number, Text, placed


class When(StrEnum):
    """Whether a point is before the governance change or after it."""

    BEFORE = "before"
    AFTER = "after"


class RavRow(Row):
    """One option at one time."""

    option: Filled = Field(
        description="the scope that is decided on, the same name before and after",
        examples=["Decline up to $500 without review"],
    )
    when: Annotated[When, BeforeValidator(lambda v: placed(When, v))] = Field(
        description="before or after the governance change", examples=["before"]
    )
    gain: Number = Field(description="the expected gain as a number", examples=["12.5"])
    gain_unit: Filled = Field(
        description="its unit, the same in every row", examples=["$m a year, net of run cost"]
    )
    risk: Number = Field(
        description="the incremental regulatory risk as a number", examples=["3.2"]
    )
    risk_unit: Filled = Field(
        description="its unit, the same in every row",
        examples=["expected cost of remediation, $m a year"],
    )
    baseline: Text = Field(
        default="",
        description="what the gain is measured against",
        examples=["rule engine of 2025, losses net of recoveries"],
    )
    change: Text = Field(
        default="",
        description="in a row that is after: what governance changed, and what it costs",
        examples=["Challenger with weekly backtest; two analysts"],
    )


class Rav(Artefact):
    """Points of a RAV curve."""

    kind: ClassVar[str] = "rav"
    title: ClassVar[str] = "RAV curve"
    note: ClassVar[str] = (
        f"{VENDOR_NOTE} With risk on the horizontal axis, better is up or to the left."
    )
    row: ClassVar[type[Row]] = RavRow

    rows: tuple[RavRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """Units that differ, an option twice at one time, a change that is not named."""
        seen: dict[tuple[str, When], int] = {}
        first = self.rows[0]
        for number, row in enumerate(self.rows, 1):
            for field in ("gain_unit", "risk_unit"):
                if getattr(row, field) != getattr(first, field):
                    asked = f"it differs from row 1 ({getattr(first, field)}): use one unit"
                    yield Trouble(number, field, asked)
            if row.risk < 0:
                yield Trouble(number, "risk", "it is below zero: risk that is added starts at 0")
            key = (row.option.casefold(), row.when)
            if key in seen:
                yield Trouble(number, "option", f"stands {row.when} in row {seen[key]} already")
            seen.setdefault(key, number)
        for number, row in enumerate(self.rows, 1):
            if row.when is When.AFTER and (row.option.casefold(), When.BEFORE) not in seen:
                yield Trouble(number, "option", "it has no row before: add one with the same name")
