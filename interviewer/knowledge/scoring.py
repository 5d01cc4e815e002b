"""The score of each candidate: its words and its meaning, and what it shares with the first few."""

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.ranking import BM25_WEIGHT, BM25_WEIGHT_ASKED, agreeing, fused
from interviewer.knowledge.snapshot import Snapshot


def scored(
    snapshot: Snapshot,
    rows: NDArray[np.intp],
    words: NDArray[np.float32],
    vector: NDArray[np.float32] | None,
) -> NDArray[np.float32]:
    """The scores of some candidates, shape (n,), by words alone where the query has no vector.

    Args:
        snapshot: What is searched.
        rows: Of the candidates, n at least 1.
        words: Their BM25 scores.
        vector: Of the query; None where only words are compared.
    """
    if vector is None or snapshot.vectors is None:
        return fused(words, None)
    weight = BM25_WEIGHT if snapshot.asked is None else BM25_WEIGHT_ASKED
    mixed = fused(words, snapshot.cosines(vector, rows), weight)

    def shared(places: NDArray[np.intp]) -> NDArray[np.float32]:
        return snapshot.lexical.shared(rows[places], rows)

    return agreeing(mixed, snapshot.vectors_of(rows), shared)
