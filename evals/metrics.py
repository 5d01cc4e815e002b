"""Agreement measures, shared by reports and by the floors that the tests enforce."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import spearmanr
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

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
    sample: Sequence[T],
    measure: Callable[[Sequence[T]], float],
    *,
    by: Callable[[T], Hashable] | None = None,
    draws: int = 400,
    seed: int = 0,
) -> tuple[float, float]:
    """95 % bootstrap interval of a measure, drawing items with replacement.

    Source: Efron 1979, percentile method; Field and Welsh 2007 for drawing groups.

    Args:
        sample: The items; at least one.
        measure: From items to a number.
        by: What items have in common that are drawn together, as the answers to one question are
            alike; None draws each for itself.
        draws: How often.
        seed: Of the generator.
    """
    groups: dict[Hashable, list[T]] = {}
    for place, item in enumerate(sample):
        groups.setdefault(place if by is None else by(item), []).append(item)
    members = list(groups.values())
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(draws):
        picks = rng.integers(0, len(members), len(members))
        found.append(measure([item for pick in picks for item in members[pick]]))
    return percentiles(found)


def mean_interval(
    cases: Sequence[tuple[Hashable, float]], *, draws: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """The same of a mean, for cases given with their group; NaN without a case."""
    groups: dict[Hashable, list[float]] = {}
    for group, value in cases:
        groups.setdefault(group, []).append(value)
    if not groups:
        return float("nan"), float("nan")
    sums = np.array([sum(values) for values in groups.values()], float)
    counts = np.array([len(values) for values in groups.values()])
    picks = np.random.default_rng(seed).integers(0, len(sums), (draws, len(sums)))
    return percentiles(sums[picks].sum(axis=1) / counts[picks].sum(axis=1))


def percentiles(found: ArrayLike) -> tuple[float, float]:
    """What 95 % of the numbers lie between, those that are none left out; NaN where all are none."""
    numbers = np.asarray(found, float)
    numbers = numbers[~np.isnan(numbers)]
    if not numbers.size:
        return float("nan"), float("nan")
    low, high = np.percentile(numbers, [2.5, 97.5])
    return float(low), float(high)


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int = 10) -> float:
    """Discounted gain of the first `k`, as a share of the best possible; in [0, 1].

    Args:
        ranked: Ids, best first, each once.
        grades: Grade of every relevant id, above 0; at least one.
        k: How many count.

    Source: Järvelin and Kekäläinen 2002, with the grade itself as gain and log2 discount (as in
    trec_eval).
    """
    discounts = 1 / np.log2(np.arange(2, k + 2))
    gains = np.array([grades.get(one, 0) for one in ranked[:k]], float)
    ideal = np.array(sorted(grades.values(), reverse=True)[:k], float)
    return float(gains @ discounts[: len(gains)] / (ideal @ discounts[: len(ideal)]))


def recall(ranked: Sequence[str], grades: Mapping[str, int], k: int = 5) -> float:
    """Share of the passages that answer fully found among the first `k`; in [0, 1].

    Only grade 2 counts, or every grade where nothing has grade 2. Of more than `k` such passages
    only `k` can be found, so `k` is all that is asked for.
    """
    wanted = {one for one, grade in grades.items() if grade == 2} or set(grades)
    return len(wanted.intersection(ranked[:k])) / min(k, len(wanted))


def plain_recall(ranked: Sequence[str], grades: Mapping[str, int], k: int = 5) -> float:
    """Share of all relevant passages among the first `k`, whatever their grade; in [0, 1].

    Below 1 even for a perfect ranking where more than `k` passages are relevant.
    """
    return len(set(grades).intersection(ranked[:k])) / len(grades)


def auc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Chance that one of the first scores higher than one of the second, ties half; in [0, 1].

    NaN where one of the two is empty. Source: Hanley and McNeil 1982.
    """
    if not positive or not negative:
        return float("nan")
    truth = [1] * len(positive) + [0] * len(negative)
    return float(roc_auc_score(truth, [*positive, *negative]))


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's, ties at their mean rank, in [-1, 1]; NaN where a side never changes."""
    if any(len({pair[side] for pair in pairs}) < 2 for side in (0, 1)):
        return float("nan")
    return float(spearmanr(pairs).statistic)
