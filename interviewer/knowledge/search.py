"""Search: meaning and words, fused; what has been replaced stands behind what replaced it.

Candidates come from Chroma by meaning and from BM25 by words; `scoring` makes one score of the two,
`standing` puts old text where the question wants it, `folding` makes hits of them, `confidence` says whether they answer.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from interviewer.domain.rubric import PassageId
from interviewer.domain.value import Value
from interviewer.errors import InputError, ModelError, UnknownId
from interviewer.knowledge.candidates import candidates
from interviewer.knowledge.confidence import (
    FLOOR,
    NAMED_IN,
    Signs,
    confidence,
    confidence_of_words,
    lead,
    names_in,
)
from interviewer.knowledge.embedding import Embedder
from interviewer.knowledge.folding import Fold, folded
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.lexical import stems
from interviewer.knowledge.passages import Passage, Status
from interviewer.knowledge.ranking import uncrowded
from interviewer.knowledge.scoring import scored
from interviewer.knowledge.snapshot import Snapshot
from interviewer.knowledge.standing import NEAR, Meant, about_the_past, order

MOST_HITS = 100

_log = logging.getLogger(__name__)


class Joined(Value):
    """A section next to a hit that answers nearly as well."""

    passage: PassageId
    section: str
    text: str


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
    joined: tuple[Joined, ...] = Field(
        default=(), description="Sections next to it that answer as well; not among the hits."
    )
    good: bool = Field(
        default=True,
        description="False on every hit of a search that nothing answers well: say so.",
    )


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    Attributes:
        hits: Best first.
        good: False when nothing reaches the floor: say "nothing found" rather than cite these.
        dense: Whether meanings were compared; False: only words.
        confidence: How likely the sources answer the query, in [0, 1]; `good` from `FLOOR` on.
        signs: What that rests on; None where only words were compared.
    """

    hits: tuple[Hit, ...]
    good: bool
    dense: bool
    confidence: float = 0.0
    signs: Signs | None = None


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
        sources: Set[str] | None = None,
        history: bool = False,
    ) -> SearchResult:
        """The `k` passages that answer the query best.

        Sections of one source that follow each other and answer alike come as one hit, and of
        passages with the same words only the best comes.

        Args:
            query: Any text; beyond 256 word pieces only its words count, not its meaning.
            k: 1 to 100.
            status: Only passages of sources with this status.
            topic: Only passages of sources with this topic.
            sources: Only passages of these sources, as for one track.
            history: Superseded text gains instead of standing back, as for a question about
                what was; a query that speaks of the past is taken for one.

        Raises:
            InputError: `k` is out of range.
            UnknownId: There is no such status or topic.
            IndexUnavailable: The index is missing or damaged.
        """
        if not 1 <= k <= MOST_HITS:
            raise InputError(f"k must be 1 to {MOST_HITS}, not {k}")
        wanted = _status(status)
        snapshot = self._index.snapshot()
        if topic is not None and topic not in snapshot.passages.topics:
            known = ", ".join(sorted(snapshot.passages.topics))
            raise UnknownId(f"no topic {topic[:80]!r}; there are: {known}")
        vector = self._vector(snapshot, query)
        rows: NDArray[np.intp] | None = None
        if wanted is not None or topic is not None or sources is not None:
            rows = snapshot.rows(status=wanted, topic=topic, sources=sources)
        lexical = snapshot.lexical.scores(stems(query))
        found = candidates(snapshot, lexical, vector, rows)
        dense = vector is not None
        if not found.size:
            return SearchResult((), good=False, dense=dense)
        scores = scored(snapshot, found, lexical[found], vector)
        held = [snapshot.passages.sources[source] for source in snapshot.passages.source[found]]
        near = {held[place] for place in np.argsort(-scores, kind="stable")[:NEAR]}
        meant = _meant(snapshot, query, near, history=history)
        places, scores = order(held, scores, snapshot.replaced_by, snapshot.superseded, meant)
        best = uncrowded(scores[places], [held[place] for place in places])
        again = np.argsort(-best, kind="stable")
        ranked, best = found[places][again], best[again]
        signs = None if vector is None else _signs(snapshot, query, ranked, vector)
        sure = (
            confidence_of_words(_covered(snapshot, query, ranked))
            if signs is None
            else confidence(signs)
        )
        top = max(1.0, float(best[0]))
        hits = folded(_read(snapshot, ranked, best / top), k)
        good = sure >= FLOOR
        return SearchResult(tuple(_hit(one, good=good) for one in hits), good, dense, sure, signs)

    def _vector(self, snapshot: Snapshot, query: str) -> NDArray[np.float32] | None:
        embedder = self._embedder
        if embedder is None or snapshot.embedder != embedder.id or not query.strip():
            return None
        try:
            vector: NDArray[np.float32] = embedder.embed([query])[0]
        except ModelError as error:
            _log.warning("comparing words only: %s", error)
            return None
        return vector


def _status(status: Status | str | None) -> Status | None:
    if status is None:
        return None
    try:
        return Status(status)
    except ValueError as error:
        raise UnknownId(f"no status {status!r}; there are: {', '.join(Status)}") from error


def _meant(snapshot: Snapshot, query: str, near: Set[str], *, history: bool) -> Meant:
    """Which superseded sources a question means, `near` being those of the best passages."""
    named = snapshot.named(query)
    dated = snapshot.dated(query, near) - named
    past = history or about_the_past(query, means_old=bool(named or dated))
    return Meant(named, dated, past)


def _signs(
    snapshot: Snapshot, query: str, ranked: NDArray[np.intp], vector: NDArray[np.float32]
) -> Signs:
    lexical, first = snapshot.lexical, ranked[:NAMED_IN].tolist()
    names = {stem for name in names_in(query) for stem in stems(name)}
    held = [any(lexical.holds(name, row) for row in first) for name in names]
    cosines = snapshot.cosines_asked(vector, ranked)
    return Signs(
        first=float(cosines[0]),
        lead=lead(cosines),
        covered=lexical.coverage(stems(query), first[0]),
        named=sum(held) / len(held) if held else 1.0,
    )


def _covered(snapshot: Snapshot, query: str, ranked: NDArray[np.intp]) -> float:
    """The largest share of the query's words that one of the first five holds."""
    words = stems(query)
    return max(snapshot.lexical.coverage(words, int(row)) for row in ranked[:5])


def _read(
    snapshot: Snapshot, rows: NDArray[np.intp], scores: NDArray[np.float32]
) -> Iterator[tuple[int, Passage, float]]:
    for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
        yield row, snapshot.passages[row], score


def _hit(fold: Fold, *, good: bool) -> Hit:
    passage = fold.passage
    return Hit(
        passage=passage.id,
        source=passage.source,
        title=passage.title,
        section=passage.section,
        text=passage.text,
        score=round(float(np.clip(fold.score, 0, 1)), 4),
        status=passage.status,
        superseded_by=passage.superseded_by,
        as_of=passage.as_of,
        url=passage.url,
        joined=tuple(
            Joined(passage=one.id, section=one.section, text=one.text) for one in fold.joined
        ),
        good=good,
    )
