"""The score of each candidate: its words and its meaning, and what it shares with the first few."""

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.lexical import stems
from interviewer.knowledge.ranking import BM25_WEIGHT, BM25_WEIGHT_ASKED, agreeing, fused
from interviewer.knowledge.snapshot import Snapshot

TELLING_WORDS = 60
"""The rarest words of a leader that are looked for in the others: all of most sections. Forty cost
.001 of recall@5 on the calibration split; a bound, because the commonest words of a long section
take the most time among many passages and say the least."""


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
    lexical = snapshot.lexical

    def shared(places: NDArray[np.intp]) -> NDArray[np.float32]:
        leaders = (snapshot.passages[row] for row in rows[places].tolist())
        texts = (stems(f"{one.section} {one.text}") for one in leaders)
        return np.stack([lexical.scores(lexical.rarest(t, TELLING_WORDS))[rows] for t in texts])

    return agreeing(mixed, snapshot.vectors_of(rows), shared)
