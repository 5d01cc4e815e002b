"""The model-risk matrix: likelihood by impact, before controls and after them."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from interviewer.domain.artefacts.artefact import Artefact, Row, Trouble
from interviewer.domain.artefacts.cells import Sentence, Text
from interviewer.domain.artefacts.scales import (
    ALikelihood,
    AnImpact,
    Band,
    MaybeImpact,
    MaybeLikelihood,
    band,
)

ONE_OF_LIKELIHOOD = "rare, unlikely, possible, likely or almost-certain"
ONE_OF_IMPACT = "negligible, minor, moderate, major or severe"


class Rated(Row):
    """A risk with its place on both scales: inherent, and residual after the control."""

    risk: Sentence = Field(
        description="cause, event and effect in one sentence",
        examples=["A new fraud pattern lowers recall unnoticed, so losses rise for weeks"],
    )
    likelihood: ALikelihood = Field(
        description=f"without the control: {ONE_OF_LIKELIHOOD}", examples=["likely"]
    )
    impact: AnImpact = Field(
        description=f"without the control: {ONE_OF_IMPACT}", examples=["major"]
    )
    control: Text = Field(
        default="",
        description="what prevents or detects it, as something that happens; empty if there is none",
        examples=["Weekly recall on confirmed cases; below 0.70 the previous model takes over"],
    )
    residual_likelihood: MaybeLikelihood = Field(
        default=None, description=f"with the control: {ONE_OF_LIKELIHOOD}", examples=["unlikely"]
    )
    residual_impact: MaybeImpact = Field(
        default=None, description=f"with the control: {ONE_OF_IMPACT}", examples=["major"]
    )

    @property
    def inherent(self) -> Band:
        """The band without the control."""
        return band(self.likelihood, self.impact)

    @property
    def residual(self) -> Band | None:
        """The band with the control; None if it was not rated."""
        if self.residual_likelihood is None or self.residual_impact is None:
            return None
        return band(self.residual_likelihood, self.residual_impact)


class MatrixRow(Rated):
    """One risk of the matrix."""


def rating_faults(rows: tuple[Rated, ...]) -> Iterator[Trouble]:
    """Half a residual rating, and the same risk twice."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        if (row.residual_likelihood is None) != (row.residual_impact is None):
            lacks = "residual_impact" if row.residual_impact is None else "residual_likelihood"
            yield Trouble(
                number, lacks, "it is empty: rate both after the control, or leave both empty"
            )
        key = row.risk.casefold()
        if key in seen:
            yield Trouble(number, "risk", f"it is the risk of row {seen[key]} again: merge them")
        seen.setdefault(key, number)


class Matrix(Artefact):
    """A model-risk matrix."""

    kind: ClassVar[str] = "matrix"
    title: ClassVar[str] = "Model-risk matrix"
    note: ClassVar[str] = (
        "Likelihood times impact, each 1 to 5: low below 5, medium from 5, high from 10. Every bank "
        "sets its own cuts."
    )
    row: ClassVar[type[Row]] = MatrixRow

    rows: tuple[MatrixRow, ...]

    def faults(self) -> Iterator[Trouble]:
        """Half a rating; a risk that stands twice."""
        return rating_faults(self.rows)
