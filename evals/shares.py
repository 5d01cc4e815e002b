"""Shares of cases in which something holds, with their intervals."""

from collections.abc import Sequence
from math import nan
from typing import NamedTuple

from evals.metrics import mean_interval

Cases = dict[str, list[tuple[str, bool]]]
"""By measure: the question of each case, and whether it holds."""


class Figure(NamedTuple):
    """A share in [0, 1] (or a correlation), how many cases it rests on, and its 95 % interval.

    The interval is drawn by question.
    """

    value: float
    n: int
    low: float = nan
    high: float = nan


def share(cases: Sequence[tuple[str, bool]]) -> Figure:
    """The share of cases that hold, each given with its question; NaN without a case."""
    held = sum(holds for _, holds in cases) / len(cases) if cases else nan
    return Figure(held, len(cases), *mean_interval(cases))
