"""Vectors in a Chroma folder of their own: written once by one process, then only read.

Two processes that write, or one that writes while another reads, lose vectors without an error
(chromadb 1.5.9), so a folder is filled, closed, and from then on only queried. Chroma is never
given an embedding function: a collection opened with one may fetch a model from the network, and
compares embedding functions by name only.
"""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.passages import Passage

COLLECTION = "passages"
ROWS_PER_CALL = 5000
"""chromadb 1.5.9 takes at most 5461 rows a call."""

GRAPH = {"space": "cosine", "max_neighbors": 32, "ef_search": 200}
"""How Chroma links and walks vectors. Among 100,000, spread as the shipped ones are, its own 16 and 100 find .85
of the nearest hundred, these .97 (evals/LOG.md, "Search")."""
_SHUFFLE_SEED = 20260417

_log = logging.getLogger(__name__)


def record(passage: Passage) -> dict[str, str]:
    """What Chroma keeps beside a vector.

    The text stays out: it would be a second copy of documents that may be private, and a Chroma
    server asks nobody for a password by default.
    """
    return {"source": passage.source, "section": passage.section, "status": passage.status.value}


def batches(
    passages: list[Passage], vectors: NDArray[np.float32], at_once: int = ROWS_PER_CALL
) -> Iterator[tuple[list[Passage], NDArray[np.float32]]]:
    """All passages with their vectors, in an order by chance that is always the same.

    Source by source, or many alike in turn, the graph falls into parts that are not linked: of the
    nearest hundred among 100,000 it then finds .70.
    """
    order = np.random.default_rng(_SHUFFLE_SEED).permutation(len(passages))
    for start in range(0, len(order), at_once):
        rows = order[start : start + at_once]
        yield [passages[row] for row in rows], vectors[rows]


def write_folder(folder: Path, passages: list[Passage], vectors: NDArray[np.float32]) -> None:
    """Creates a Chroma folder with one vector a passage and closes it.

    Args:
        folder: Must not exist yet.
        passages: At least one; their ids become Chroma's.
        vectors: Shape (n, dim), rows in the order of the passages.

    Raises:
        IndexUnavailable: Chroma failed, most likely for want of disk space.
    """
    from chromadb.errors import ChromaError

    client = _open(folder)
    try:
        # Chroma writes its search graph out after every `sync_threshold` vectors and keeps the
        # rest in a log that each reader replays; at exactly n, the files on disk are the whole.
        size = max(2, len(passages))
        collection = client.create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={"hnsw": {**GRAPH, "sync_threshold": size, "batch_size": size}},
        )
        for some, theirs in batches(passages, vectors):
            collection.add(
                ids=[passage.id for passage in some],
                embeddings=theirs,
                metadatas=[record(passage) for passage in some],
            )
    except ChromaError as error:
        raise IndexUnavailable(f"Chroma cannot write {folder}: {error}") from error
    finally:
        client.close()


class FolderCollection:
    """A Chroma folder opened for reading; safe in several threads."""

    def __init__(self, folder: Path) -> None:
        """Opens the folder, whose files the caller has checked.

        Raises:
            IndexUnavailable: Chroma cannot open it.
        """
        from chromadb.errors import ChromaError

        try:
            self._client: Any = _open(folder)
            self._collection: Any = self._client.get_collection(COLLECTION, embedding_function=None)
        except (ChromaError, ValueError) as error:
            raise IndexUnavailable(f"Chroma cannot open {folder}: {error}") from error
        # Closing while another thread is inside a query would pull the memory from under it.
        self._lock = threading.Lock()

    def count(self) -> int:
        """Vectors stored."""
        return int(self._collection.count())

    def query(self, vector: NDArray[np.float32], count: int) -> list[tuple[str, float]]:
        """The nearest passages as (id, cosine), best first."""
        return best(
            self._collection.query(
                query_embeddings=[vector], n_results=count, include=["distances"]
            )
        )

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[str] | None:
        """Ids of the nearest passages, best first; None once closed or when Chroma fails."""
        from chromadb.errors import ChromaError

        with self._lock:
            if self._client is None:
                return None
            try:
                return [passage for passage, _ in self.query(vector, count)]
            except ChromaError as error:
                _log.warning("Chroma folder cannot be queried, comparing all vectors: %s", error)
                return None

    def close(self) -> None:
        """Releases the folder; a query that is running ends first."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None


def best(answer: Any) -> list[tuple[str, float]]:
    """Chroma's answer to one query vector as (id, cosine), best first."""
    distances = answer["distances"][0]
    return [
        (passage, 1.0 - float(distance))
        for passage, distance in zip(answer["ids"][0], distances, strict=True)
    ]


def _open(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    # Chroma would read a `.env` of the working folder, which is ours or the user's, not Chroma's.
    settings = Settings(_env_file=None, anonymized_telemetry=False)
    return chromadb.PersistentClient(path=str(folder), settings=settings)
