"""The Beta distribution, as far as progress needs it: mean and quantiles, in plain Python.

Source: the regularised incomplete beta function by its continued fraction, Abramowitz and Stegun,
Handbook of Mathematical Functions (1964), 26.5.8, evaluated by Lentz's method; quantiles by
bisection, which is slow and cannot fail.
"""

import math

_TINY = 1e-300
_ENOUGH = 1e-10
_PRECISE = 1e-6
"""Width at which a quantile is found: more digits than are ever shown."""
_MOST_TERMS = 500


def mean(a: float, b: float) -> float:
    """The mean of Beta(a, b); a, b > 0."""
    return a / (a + b)


def variance(a: float, b: float) -> float:
    """The variance of Beta(a, b); a, b > 0."""
    return a * b / ((a + b) ** 2 * (a + b + 1))


def below(x: float, a: float, b: float) -> float:
    """The probability that a Beta(a, b) variable is at most x, for x in [0, 1].

    >>> [round(below(x, 2, 3), 4) for x in (0.25, 0.5)]
    [0.2617, 0.6875]
    """
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    # The fraction converges fast on this side of the mean only.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1 - x, b, a) / b


def quantile(p: float, a: float, b: float) -> float:
    """The value below which a Beta(a, b) variable lies with probability p, in [0, 1].

    >>> round(quantile(0.5, 1, 1), 6)
    0.5
    """
    low, high = 0.0, 1.0
    while high - low > _PRECISE:
        middle = (low + high) / 2
        if below(middle, a, b) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_TERMS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
