"""An axis of a plot: round steps, zero always on it, and room above the largest value."""

import math
from collections.abc import Sequence

_TICKS = 6
_LEAST_SPAN = 1e-9


class Axis:
    """From values to places.

    Attributes:
        low: Value at its start.
        high: Value at its end, above every value given.
        step: Between two ticks.
    """

    def __init__(self, values: Sequence[float], start: float, length: float) -> None:
        """Fits an axis.

        Args:
            values: What must find a place.
            start: Where it begins, in units of the drawing.
            length: How long it is; below zero it runs up, or to the left.
        """
        low, high = min([0.0, *values]), max([0.0, *values])
        # Around nothing but zeros an axis still needs a length.
        self.step = _step(high - low if high - low > _LEAST_SPAN else 1.0)
        self.low = math.floor(low / self.step) * self.step
        self.high = math.ceil((high + self.step / 4) / self.step) * self.step
        self._start, self._length = start, length

    def at(self, value: float) -> float:
        """The place of a value."""
        return self._start + (value - self.low) / (self.high - self.low) * self._length

    def ticks(self) -> list[float]:
        """Values to be labelled, from `low` to `high`."""
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


def _step(span: float) -> float:
    """One, two or five times a power of ten, so that there are about six steps."""
    rough = span / _TICKS
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
