"""Search: meaning and words, fused; what has been replaced stands behind what replaced it.

Candidates come from Chroma by meaning and from BM25 by words; `ranking` puts them in one order.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from interviewer.domain.rubric import PassageId
from interviewer.domain.value import Value
from interviewer.errors import InputError, UnknownId
from interviewer.knowledge.embedding import Embedder
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.lexical import stems
from interviewer.knowledge.passages import Passage, Status
from interviewer.knowledge.ranking import fused, order
from interviewer.knowledge.snapshot import Snapshot

CANDIDATES = 100
"""Taken from each of the two rankings."""
GOOD_COSINE = 0.35
"""A best cosine from here on says that something was found.

Provisional, from one look at 686 passages: 29 questions about other things reached .28 at most, 29
of 30 questions that the sources answer reached .37 or more.
"""
GOOD_COVERAGE = 0.70
"""Likewise for the share of the query's words, weighted by rarity, that one hit holds; the
questions about other things reached .65 at most."""
MOST_HITS = 100


class Hit(Value):
    """One passage found; the fields are those of `search --json`."""

    passage: PassageId
    source: str
    title: str
    section: str
    text: str
    score: float = Field(
        ge=0, le=1, description="Rank within this search; not comparable between searches."
    )
    status: Status
    superseded_by: str | None
    as_of: dt.date = Field(description="When the facts were last checked.")
    url: str | None


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    Attributes:
        hits: Best first.
        good: False when nothing reaches the floor: say "nothing found" rather than cite these.
        dense: Whether meanings were compared; False: only words.
    """

    hits: tuple[Hit, ...]
    good: bool
    dense: bool


class Search:
    """Searches the current generation of an index; safe in several threads."""

    def __init__(self, index: PassageIndex, embedder: Embedder | None) -> None:
        """Joins the two.

        Args:
            index: Built before by `PassageIndex.ensure`.
            embedder: Embeds queries; None, or a model other than the index's, leaves BM25 alone.
        """
        self._index = index
        self._embedder = embedder

    def search(
        self,
        query: str,
        k: int = 5,
        *,
        status: Status | str | None = None,
        topic: str | None = None,
        history: bool = False,
    ) -> SearchResult:
        """The `k` passages that answer the query best.

        Args:
            query: Any text; beyond 256 word pieces only its words count, not its meaning.
            k: 1 to 100.
            status: Only passages of sources with this status.
            topic: Only passages of sources with this topic.
            history: Rank superseded text like any other, as for a question about what was.

        Raises:
            InputError: `k` is out of range.
            UnknownId: There is no such status.
            IndexUnavailable: The index is missing or damaged.
        """
        if not 1 <= k <= MOST_HITS:
            raise InputError(f"k must be 1 to {MOST_HITS}, not {k}")
        wanted = _status(status)
        snapshot = self._index.snapshot()
        vector = self._vector(snapshot, query)
        rows: NDArray[np.intp] | None = None
        if wanted is not None or topic is not None:
            rows = snapshot.rows(status=wanted, topic=topic)
        words = stems(query)
        lexical = snapshot.lexical.scores(words)
        found = _candidates(snapshot, lexical, vector, rows)
        dense = vector is not None
        if not found.size:
            return SearchResult((), good=False, dense=dense)
        cosines = _cosines(snapshot, found, vector)
        candidates = [snapshot.passages[row] for row in found]
        spared = snapshot.superseded if history else snapshot.named(query)
        places, scores = order(
            candidates, fused(lexical[found], cosines), snapshot.replaced_by, spared
        )
        best = places[:k]
        top = 0.0 if cosines is None else float(cosines.max())
        good = top >= GOOD_COSINE or _coverage(snapshot, query, found[best]) >= GOOD_COVERAGE
        hits = tuple(_hit(candidates[place], float(scores[place])) for place in best)
        return SearchResult(hits, good=good, dense=dense)

    def _vector(self, snapshot: Snapshot, query: str) -> NDArray[np.float32] | None:
        embedder = self._embedder
        if embedder is None or snapshot.embedder != embedder.id or not query.strip():
            return None
        vector: NDArray[np.float32] = embedder.embed([query])[0]
        return vector


def _status(status: Status | str | None) -> Status | None:
    if status is None:
        return None
    try:
        return Status(status)
    except ValueError as error:
        raise UnknownId(f"no status {status!r}; there are: {', '.join(Status)}") from error


def _candidates(
    snapshot: Snapshot,
    lexical: NDArray[np.float32],
    vector: NDArray[np.float32] | None,
    rows: NDArray[np.intp] | None,
) -> NDArray[np.intp]:
    """Rows worth scoring: the nearest by meaning and the best by words, each once.

    With a filter the nearest are found by comparing every row that passes it: exact, and three to
    six times faster than Chroma's own filter.
    """
    among = np.arange(len(snapshot.passages)) if rows is None else rows
    by_words = among[np.argsort(-lexical[among], kind="stable")[:CANDIDATES]]
    by_words = by_words[lexical[by_words] > 0]
    if vector is None or snapshot.vectors is None:
        return by_words
    if rows is None:
        by_meaning = snapshot.nearest(vector, CANDIDATES)
    else:
        cosines = snapshot.vectors[rows] @ vector
        by_meaning = rows[np.argsort(-cosines, kind="stable")[:CANDIDATES]]
    return np.union1d(by_words, by_meaning)


def _cosines(
    snapshot: Snapshot, rows: NDArray[np.intp], vector: NDArray[np.float32] | None
) -> NDArray[np.float32] | None:
    if vector is None or snapshot.vectors is None:
        return None
    cosines: NDArray[np.float32] = snapshot.vectors[rows] @ vector
    return cosines


def _coverage(snapshot: Snapshot, query: str, rows: Iterable[int]) -> float:
    words = stems(query)
    return max((snapshot.lexical.coverage(words, row) for row in rows), default=0.0)


def _hit(passage: Passage, score: float) -> Hit:
    return Hit(
        passage=passage.id,
        source=passage.source,
        title=passage.title,
        section=passage.section,
        text=passage.text,
        score=round(min(score, 1.0), 4),
        status=passage.status,
        superseded_by=passage.superseded_by,
        as_of=passage.as_of,
        url=passage.url,
    )
