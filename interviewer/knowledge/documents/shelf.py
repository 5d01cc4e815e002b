"""The passages of one owner, ready to be searched: every vector compared, and BM25."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import InputError
from interviewer.knowledge.confidence import GOOD_COSINE, GOOD_COVERAGE
from interviewer.knowledge.documents.document import OwnHit, OwnPassage
from interviewer.knowledge.lexical import Lexical, stems
from interviewer.knowledge.ranking import fused
from interviewer.knowledge.search import MOST_HITS


@dataclass(frozen=True)
class OwnResult:
    """What a search of one's own documents found.

    Attributes:
        hits: Best first.
        good: False when nothing reaches the floor that the shipped sources are held to.
        dense: Whether meanings were compared; False: only words.
    """

    hits: tuple[OwnHit, ...]
    good: bool
    dense: bool


class Shelf:
    """Passages with their vectors, in memory; safe in several threads.

    Attributes:
        passages: In the order of the vectors.
        vectors: Shape (n, dim), rows of length one; None where there are none.
    """

    def __init__(
        self,
        passages: Sequence[OwnPassage],
        vectors: NDArray[np.float32] | None,
        added: Mapping[str, dt.date],
    ) -> None:
        """Counts the words.

        Args:
            passages: Of one owner.
            vectors: Shape (n, dim).
            added: By document: when it was added.
        """
        self.passages = tuple(passages)
        self.vectors = vectors
        self._lexical = Lexical.of([stems(passage.plain) for passage in passages])
        self._added = added

    def search(self, query: str, vector: NDArray[np.float32] | None, k: int) -> OwnResult:
        """The `k` passages that answer the query best.

        Args:
            query: Any text.
            vector: Of the query, shape (dim,); None compares words alone.
            k: 1 to 100.

        Raises:
            InputError: `k` is out of range.
        """
        if not 1 <= k <= MOST_HITS:
            raise InputError(f"k must be 1 to {MOST_HITS}, not {k}")
        dense = vector is not None and self.vectors is not None
        if not self.passages:
            return OwnResult((), good=False, dense=dense)
        asked = stems(query)
        words = self._lexical.scores(asked)
        cosines: NDArray[np.float32] | None = None
        if vector is not None and self.vectors is not None:
            cosines = self.vectors @ vector
        scores = fused(words, cosines)
        best = np.argsort(-scores, kind="stable")[:k]
        if cosines is None:
            best = best[words[best] > 0]
        nearest = 0.0 if cosines is None else float(cosines.max())
        covered = max((self._lexical.coverage(set(asked), int(row)) for row in best), default=0.0)
        good = nearest >= GOOD_COSINE or covered >= GOOD_COVERAGE
        hits = tuple(self._hit(row, scores[row], good=good) for row in best)
        return OwnResult(hits, good, dense)

    def _hit(self, row: int, score: float, *, good: bool) -> OwnHit:
        passage = self.passages[row]
        return OwnHit(
            passage=passage.id,
            source=passage.document,
            title=passage.document,
            section=passage.section,
            text=passage.text,
            score=round(float(np.clip(score, 0, 1)), 4),
            as_of=self._added[passage.document],
            good=good,
        )
