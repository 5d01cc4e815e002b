"""The two scales of a risk and the band that they come to.

Five steps each, multiplied, and cut into three bands. The cuts are a common convention and this
product's own choice; no rule prescribes them, and every bank sets its own.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator

from interviewer.domain.artefacts.cells import placed

MEDIUM_FROM, HIGH_FROM = 5, 10
"""Product of likelihood and impact, each 1 to 5, from which a risk is medium, or high."""


class Likelihood(StrEnum):
    """How often the event is expected, from 1 to 5."""

    RARE = "rare"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    ALMOST_CERTAIN = "almost-certain"

    @property
    def points(self) -> int:
        """1 to 5."""
        return list(Likelihood).index(self) + 1


class Impact(StrEnum):
    """How bad it would be, from 1 to 5."""

    NEGLIGIBLE = "negligible"
    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    SEVERE = "severe"

    @property
    def points(self) -> int:
        """1 to 5."""
        return list(Impact).index(self) + 1


class Band(StrEnum):
    """What likelihood and impact come to."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def band(likelihood: Likelihood, impact: Impact) -> Band:
    """The band of a risk; a severe impact is never low, however rare."""
    product = likelihood.points * impact.points
    if product >= HIGH_FROM:
        return Band.HIGH
    if product >= MEDIUM_FROM or impact is Impact.SEVERE:
        return Band.MEDIUM
    return Band.LOW


ALikelihood = Annotated[Likelihood, BeforeValidator(lambda v: placed(Likelihood, v))]
AnImpact = Annotated[Impact, BeforeValidator(lambda v: placed(Impact, v))]
MaybeLikelihood = Annotated[
    Likelihood | None, BeforeValidator(lambda v: placed(Likelihood, v, optional=True))
]
MaybeImpact = Annotated[Impact | None, BeforeValidator(lambda v: placed(Impact, v, optional=True))]
