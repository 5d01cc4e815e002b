"""How directions come of lines: a linear discriminant for the points of each question."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interviewer.engines.offline.said_directions import Directions

Vectors = NDArray[np.float32]
Matrix = NDArray[np.float64]

SHRINKAGE = 0.5
"""Share of the scatter that is taken to be the same in all directions. On the calibration half .2 to .6
make no difference; told apart from lines held back, points are recognised best from .4 up."""
SHARPNESS = 55.0
"""What a unit of the discriminant is worth in log odds; fitted to lines that were held back (47 to 57)."""


class Told(NamedTuple):
    """Vectors of what was said to one point; shapes (n, dim).

    Attributes:
        authored: The statement and the ways of saying it.
        makes: Lines that make it.
        partly: Lines and authored texts that make it partly.
        misses: Likewise that miss it.
    """

    authored: Vectors
    makes: Vectors
    partly: Vectors
    misses: Vectors


def precision(points: Sequence[Told]) -> Matrix:
    """The inverse of how lines scatter that make the same point, scaled to a mean scatter of 1.

    Args:
        points: Of all questions; what they have in common is how candidates differ.
    """
    apart = np.vstack([one.makes - one.makes.mean(axis=0) for one in points]).astype(np.float64)
    scatter = apart.T @ apart / len(apart)
    mean = np.trace(scatter) / len(scatter)
    shrunk = (1 - SHRINKAGE) * scatter + SHRINKAGE * mean * np.eye(len(scatter))
    inverse: Matrix = np.linalg.inv(shrunk) * mean
    return inverse


def directions(question: Sequence[Told], inverse: Matrix) -> list[Directions]:
    """For each point of one question.

    Args:
        question: Its points.
        inverse: See `precision`.
    """
    middles = [
        [np.vstack([one.authored, one.makes]).mean(axis=0), one.partly.mean(axis=0), one.misses.mean(axis=0)]
        for one in question
    ]  # fmt: skip
    middle = np.mean([made for made, _, _ in middles], axis=0, dtype=np.float64)
    found = []
    for of_point in middles:
        away = np.stack(of_point).astype(np.float64) - middle
        rows = SHARPNESS * away @ inverse
        offsets = -0.5 * (rows * away).sum(axis=1) - rows @ middle
        found.append(Directions(rows.astype(np.float32), offsets.astype(np.float32)))
    return found
