"""Figures: a summary of samples, its spread, and the target it is held against."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """One row of the results.

    Attributes:
        name: What was measured.
        seen: The summary, as printed.
        spread: Least and greatest of the samples, or the percentiles, as printed.
        samples: How many measurements.
        target: What was promised, as printed; empty for a figure without a promise.
        met: Whether the target was met as seen; None without a target.
    """

    name: str
    seen: str
    spread: str
    samples: int
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Section:
    """The figures of one benchmark, and what a reader must know about them."""

    title: str
    figures: tuple[Figure, ...]
    notes: tuple[str, ...] = field(default=())


def quantile(samples: Sequence[float], share: float) -> float:
    """The quantile at `share` in [0, 1], linear between neighbours (numpy's default)."""
    ordered = sorted(samples)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median_of(
    name: str, samples: Sequence[float], unit: str, at_most: float | None = None
) -> Figure:
    """The median with least and greatest, against an upper limit in the same unit."""
    middle = statistics.median(samples)
    spread = f"{number(min(samples))} to {number(max(samples))} {unit}"
    return _against(name, middle, spread, len(samples), unit, at_most)


def quantile_of(
    name: str, samples: Sequence[float], share: float, unit: str, at_most: float | None = None
) -> Figure:
    """A quantile, against an upper limit in the same unit; its spread is the greatest sample."""
    seen = quantile(samples, share)
    spread = f"greatest {number(max(samples))} {unit}"
    return _against(name, seen, spread, len(samples), unit, at_most)


def exactly(name: str, samples: Sequence[int], wanted: int) -> Figure:
    """A count that must be the same in every sample."""
    least, greatest = min(samples), max(samples)
    seen = str(least) if least == greatest else f"{least} to {greatest}"
    wrong = sum(sample != wanted for sample in samples)
    spread = f"{wrong} of {len(samples)} otherwise"
    return Figure(name, seen, spread, len(samples), f"= {wanted}", wrong == 0)


def total_of(name: str, seen: float, unit: str, parts: str, at_most: float | None = None) -> Figure:
    """One number with what it is made of, against an upper limit."""
    return _against(name, seen, parts, 1, unit, at_most)


def at_least(name: str, seen: float, unit: str, parts: str, least: float) -> Figure:
    """One number with what it is made of, against a lower limit."""
    shown, target = f"{number(seen)} {unit}", f"\u2265 {number(least)} {unit}"
    return Figure(name, shown, parts, 1, target, bool(seen >= least))


def number(value: float) -> str:
    """A number with three significant digits, thousands grouped."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if size >= 10 else f"{value:.2f}"


def _against(
    name: str, seen: float, spread: str, samples: int, unit: str, at_most: float | None
) -> Figure:
    shown = f"{number(seen)} {unit}"
    if at_most is None:
        return Figure(name, shown, spread, samples)
    return Figure(
        name, shown, spread, samples, f"≤ {number(at_most)} {unit}", bool(seen <= at_most)
    )
