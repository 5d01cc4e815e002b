"""Agreement measures, shared by reports and by the floors that the tests enforce."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike
from sklearn.metrics import cohen_kappa_score, f1_score

T = TypeVar("T")


def macro_f1(truth: Sequence[str], found: Sequence[str]) -> float:
    """Mean F1 of yes, partly and no, in [0, 1]; a class that occurs in neither is left out."""
    labels = [label for label in ("no", "partly", "yes") if label in {*truth, *found}]
    return float(f1_score(truth, found, labels=labels, average="macro", zero_division=0.0))


def quadratic_kappa(truth: Sequence[int], found: Sequence[int]) -> float:
    """Quadratic weighted kappa of levels 1-5, in [-1, 1]. Source: Cohen 1968."""
    return float(cohen_kappa_score(truth, found, weights="quadratic", labels=[1, 2, 3, 4, 5]))


def signed_bias(truth: ArrayLike, found: ArrayLike) -> float:
    """Mean of found minus true, in levels: above zero is lenient."""
    return float(np.mean(np.asarray(found, float) - np.asarray(truth, float)))


def interval(
    sample: Sequence[T], measure: Callable[[Sequence[T]], float], *, draws: int = 400, seed: int = 0
) -> tuple[float, float]:
    """95 % bootstrap interval of a measure, drawing items with replacement.

    Source: Efron 1979, percentile method.
    """
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        drawn = [sample[i] for i in rng.integers(0, len(sample), len(sample))]
        found.append(measure(drawn))
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)
