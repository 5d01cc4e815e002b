"""One generation of an index, opened for reading: passages, vectors, BM25 and Chroma together.

A search uses one snapshot from beginning to end, so its hits all come from the same generation.
"""

import logging
import mmap
import re
import threading
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.generations import damaged_files, facts_of
from interviewer.knowledge.passage_table import YEAR, PassageTable
from interviewer.knowledge.passages import Passage, Status
from interviewer.knowledge.sources import plain_citation

if TYPE_CHECKING:
    from interviewer.knowledge.lexical import Lexical

PASSAGES = "passages.json"
VECTORS = "vectors.npy"
ASKED = "asked.npy"
CHROMA = "chroma"
KEPT_BYTES = 32 * 2**20
"""Vectors up to this size, of some 20,000 passages, are read into memory."""
PASSAGE_LIST = TypeAdapter(list[Passage])

_POSSESSIVE = re.compile(r"['\u2019]s\b")

_log = logging.getLogger(__name__)


class Nearest(Protocol):
    """Where nearest neighbours are looked up: a Chroma folder or a Chroma server."""

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[str] | None:
        """Ids of the nearest passages, best first; None if it cannot answer."""

    def close(self) -> None:
        """Releases what it holds."""


class Snapshot:
    """The passages of one generation and everything needed to score them.

    Attributes:
        folder: The generation.
        passages: In the order of every array here.
        vectors: Shape (n, dim), rows of length one; None in a generation built without a model.
            Rows are read by `vectors_of`: what is read from a file here stays in memory.
        asked: Shape (n, dim), the same of what the passages are asked; None where that is nothing.
        embedder: Id of the model the vectors come from, None without vectors.
        superseded: Ids of the superseded sources.
        replaced_by: For each of them that was replaced, the source in force in the end.
    """

    def __init__(self, folder: Path, neighbours: Nearest | None, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.passages = PassageTable(folder / PASSAGES)
        self.embedder: str | None = manifest["embedder"]
        self.vectors = _vectors(folder / VECTORS) if self.embedder else None
        self.asked = _vectors(folder / ASKED) if (folder / ASKED).is_file() else None
        self._lexical: Lexical | None = None
        self._making = threading.Lock()
        self._neighbours = neighbours
        self._rows = {name: row for row, name in enumerate(self.passages.ids)}
        self.superseded = frozenset(self.passages.successors)
        self.replaced_by = _in_force(self.passages.successors)
        self._names = {
            source: tuple(f" {plain_citation(name)} " for name in names)
            for source, names in self.passages.names.items()
        }

    @property
    def lexical(self) -> "Lexical":
        """BM25 over the passages; made when first asked."""
        from interviewer.knowledge.lexical import Lexical, stems_of

        with self._making:
            if self._lexical is None:
                self._lexical = Lexical.of_parts(map(stems_of, self.passages))
            return self._lexical

    def nearest(self, vector: NDArray[np.float32], count: int) -> NDArray[np.intp]:
        """Rows of the passages nearest to `vector`, best first, at most `count`.

        Chroma answers; if it cannot, every vector is compared, which is exact and, up to some
        100,000 passages, quick. None are near in a generation without vectors.
        """
        if self.vectors is None:
            return np.empty(0, np.intp)
        ids = self._neighbours.nearest(vector, count) if self._neighbours else None
        if ids is not None:
            return np.array([self._rows[name] for name in ids if name in self._rows], np.intp)
        return np.argsort(-_compared(self.vectors, vector), kind="stable")[:count]

    def cosines(self, vector: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Cosine of `vector` and each of these passages; zeros in a generation without vectors."""
        if self.vectors is None:
            return np.zeros(len(rows), np.float32)
        # Copying a row takes several times as long as comparing it.
        if 5 * len(rows) > len(self.vectors):
            return _compared(self.vectors, vector)[rows]
        return self.vectors_of(rows) @ vector

    def vectors_of(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """The vectors of some passages, shape (n, dim); none in a generation without vectors."""
        return np.empty((0, 0), np.float32) if self.vectors is None else _some(self.vectors, rows)

    def cosines_asked(
        self, vector: NDArray[np.float32], rows: NDArray[np.intp]
    ) -> NDArray[np.float32]:
        """Cosine of `vector` and what each of these passages is asked; of it, if that is nothing."""
        if self.asked is None:
            return self.cosines(vector, rows)
        return _some(self.asked, rows) @ vector

    def rows(
        self, *, status: Status | None, topic: str | None, sources: Collection[str] | None = None
    ) -> NDArray[np.intp]:
        """Rows of the passages that pass every filter given; all, where none is."""
        passing = self.passages.passing(status=status, topic=topic, sources=sources)
        return np.flatnonzero(passing)

    def named(self, query: str) -> frozenset[str]:
        """Ids of superseded sources that the query names by one of their spellings."""
        words = f" {plain_citation(query)} {plain_citation(_POSSESSIVE.sub('', query))} "
        return frozenset(
            source for source, names in self._names.items() if any(name in words for name in names)
        )

    def dated(self, query: str, among: Collection[str]) -> frozenset[str]:
        """Those of some sources that are superseded and of a year that the query mentions."""
        years = set(YEAR.findall(query))
        held = self.passages.years
        return frozenset(source for source in among if years & held.get(source, frozenset()))

    def close(self) -> None:
        """Releases Chroma; searches still running on this snapshot compare all vectors instead."""
        if self._neighbours is not None:
            self._neighbours.close()


def _vectors(file: Path) -> NDArray[np.float32]:
    """The vectors of a generation; many of them stay in the file, which the system then caches."""
    large = file.stat().st_size > KEPT_BYTES
    vectors: NDArray[np.float32] = np.load(
        file, mmap_mode="r" if large else None, allow_pickle=False
    )
    return vectors


def _compared(vectors: NDArray[np.float32], vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosine of a vector and every other."""
    cosines: NDArray[np.float32] = vectors @ vector
    _let_go(vectors)
    return cosines


def _some(vectors: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    some = vectors[rows]
    _let_go(vectors)
    return some


def _let_go(vectors: NDArray[np.float32]) -> None:
    """Gives back the memory of those parts of the file that were read; the system keeps them cached.

    A hundred rows here and there bring their neighbours along, and after some queries the whole file.
    """
    file: object = vectors.base
    if isinstance(file, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        file.madvise(mmap.MADV_DONTNEED)


def _in_force(successors: dict[str, str | None]) -> dict[str, str]:
    """The end of each chain of successors; sources that nothing replaced are left out."""
    ends: dict[str, str] = {}
    for source in successors:
        end: str | None = source
        for _ in successors:
            if end in successors:
                end = successors[end]
        if end is not None and end not in successors:
            ends[source] = end
    return ends


def checked(folder: Path) -> tuple[dict[str, Any], bool]:
    """The manifest of a generation that can be read, and whether its Chroma part can, too.

    Looked at before Chroma opens anything: a damaged folder can crash the interpreter.

    Raises:
        IndexUnavailable: The manifest, the passages or the vectors are damaged.
    """
    manifest = facts_of(folder)
    if manifest is None:
        raise IndexUnavailable(f"index {folder} has no manifest: run `interviewer index`")
    damaged = damaged_files(folder, manifest)
    if any(not name.startswith(f"{CHROMA}/") for name in damaged):
        raise IndexUnavailable(
            f"index {folder} is damaged ({', '.join(damaged)}): run `interviewer index`"
        )
    if damaged:
        _log.warning(
            "Chroma files of %s are damaged (%s): comparing all vectors until "
            "`interviewer index` has run",
            folder,
            ", ".join(damaged),
        )
    return manifest, not damaged
