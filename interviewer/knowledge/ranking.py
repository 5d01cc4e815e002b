"""From two scores to one: scaling, fusion, what is like the first few, and no crowd of one source.

Pure functions over the candidates of one search; `search` decides which rows are worth ranking,
`standing` puts what has been replaced behind what replaced it.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

BM25_WEIGHT = 0.4
"""Share of BM25 in the sum; the rest is the cosine.

The safest on two public sets, whose passages have no everyday questions: .685 on ObliQA (BM25 alone
.670, cosine alone .560), .562 on FinanceBench (.375 and .556).
"""
BM25_WEIGHT_ASKED = 0.5
"""The same for passages that carry everyday questions, which are words people use. On the
calibration split nDCG@10 / recall@5 are .870 / .882 at .4, .876 / .886 at .5, .881 / .884 at .55.
"""
LEADERS = 5
"""Candidates that are taken for an answer, and asked for once more. On the calibration split recall@5
is .875 with one or three, .884 to .894 with four to eight, which are too near to choose between."""
PEAK = 4
"""Power of a leader's score, as a share of the best one's, that it counts by: a clear first hit
speaks alone. From 1 to 4 nDCG@10 and recall@5 on the calibration split gain .005 on the average of
twelve settings of the other weights; 6 does as well."""
AGREEMENT, SHARED_WORDS = 0.6, 0.5
"""Weight of the cosines with the middle of the leaders, and of the words shared with them.

Words gain .016 of nDCG@10 and of recall@5 on the calibration split over cosines alone, and .008 and
.017 for 903 points of the question bank with the passages they cite; cosines beside them .008 of
recall@5 for .005 of nDCG@10. Half as much of either moves both by .009 at most.
"""
PER_LEADER = 20
"""Candidates for each leader: among a handful the first say nothing about the rest."""
CROWD, CROWDED = 4, 0.8
"""Passages of one source that stand as they are, and what the score of each further one is
multiplied by once more: who has read four sections of a source is helped more by another one. Gains
.003 of nDCG@10 and of recall@5 on the calibration split with .9; with .8 .002 more of recall@5 and .002
less of nDCG@10."""


def scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Min-max: the best candidate 1, the worst 0; all 1 where they are equal and above 0."""
    low, high = scores.min(), scores.max()
    if high > low:
        result: NDArray[np.float32] = (scores - low) / (high - low)
        return result
    return (scores > 0).astype(np.float32)


def fused(
    words: NDArray[np.float32], cosines: NDArray[np.float32] | None, weight: float = BM25_WEIGHT
) -> NDArray[np.float32]:
    """One score a candidate, in [0, 1].

    Args:
        words: BM25 scores, shape (n,).
        cosines: Shape (n,); None where only words are compared.
        weight: Share of the words, in [0, 1].
    """
    if cosines is None:
        return scaled(words)
    result: NDArray[np.float32] = weight * scaled(words) + (1 - weight) * scaled(cosines)
    return result


def leaders(scores: NDArray[np.float32]) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Places of the candidates taken for an answer, best first, and what each counts, the first 1.

    Args:
        scores: Of the candidates, in [0, 1], shape (n,), n at least 1.
    """
    count = min(LEADERS, len(scores) // PER_LEADER)
    places = np.argsort(-scores, kind="stable")[:count]
    best = scores[places]
    return places, (best / best[0]) ** PEAK if count and best[0] > 0 else np.ones_like(best)


def agreeing(
    scores: NDArray[np.float32],
    vectors: NDArray[np.float32],
    shared: Callable[[NDArray[np.intp]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """The scores, raised for what is like the first few: they show what the question means.

    The vector between the leaders stands for the question once more, and so do their words: a
    question in everyday words finds the passage written for it, and that one knows the terms of
    all the others. Pseudo relevance feedback, source: Rocchio 1971; by words Lavrenko and Croft 2001.

    Args:
        scores: Of the candidates, in [0, 1], shape (n,), n at least 1.
        vectors: Of the same candidates, shape (n, dim).
        shared: From the places of m candidates to the BM25 scores of all for the words of each,
            shape (m, n).
    """
    first, weights = leaders(scores)
    if not first.size:
        return scores
    meaning = scaled(vectors @ (weights @ vectors[first]))
    words = scaled(weights @ _likeness(shared(first), first))
    result: NDArray[np.float32] = (
        scores + np.float32(AGREEMENT) * meaning + np.float32(SHARED_WORDS) * words
    )
    return result


def _likeness(words: NDArray[np.float32], first: NDArray[np.intp]) -> NDArray[np.float32]:
    """Scores as shares of the best other candidate's; a leader is as like itself as that one."""
    own = np.arange(len(first)), first
    likeness = words.copy()
    likeness[own] = 0
    highest = likeness.max(axis=1, keepdims=True)
    likeness /= np.where(highest > 0, highest, 1)
    likeness[own] = 1
    return likeness


def uncrowded(scores: NDArray[np.float32], sources: Sequence[str]) -> NDArray[np.float32]:
    """The scores, lowered for what comes late among the passages of its source.

    Args:
        scores: Best first, shape (n,).
        sources: Of the same passages.
    """
    seen: dict[str, int] = {}
    factors = np.ones(len(scores), np.float32)
    for place, source in enumerate(sources):
        before = seen[source] = seen.get(source, -1) + 1
        if before >= CROWD:
            factors[place] = CROWDED ** (before - CROWD + 1)
    return scores * factors
