"""Builds an index when it has to be built, and finds out quickly when it has not.

A fingerprint of passages, model and versions is compared with the current generation; if they
agree, neither chromadb nor a model is imported. Otherwise a new generation is built beside the
current one, a child process verifies it, and CURRENT is switched to it.
"""

import hashlib
import importlib.metadata
import json
import logging
import shutil
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.chroma_folder import write_folder
from interviewer.knowledge.chroma_server import ChromaServer
from interviewer.knowledge.embedding import CachedEmbedder, Embedder
from interviewer.knowledge.generations import Generations, damaged_files, facts_of, seal
from interviewer.knowledge.passage_vectors import Embedded, Progress, embedded
from interviewer.knowledge.passages import CHUNKER, Passage
from interviewer.knowledge.snapshot import ASKED, CHROMA, PASSAGE_LIST, PASSAGES, VECTORS
from interviewer.knowledge.verify import Verifier

FORMAT = 3
"""Of a generation folder; raise it when its content changes."""
LOCK_TIMEOUT_S = 600.0
NO_MODEL = "no embedding model is installed: search compares words only"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class IndexState:
    """What `ensure` found or made.

    Attributes:
        fingerprint: Of passages, model and versions.
        passages: How many are indexed.
        dense: Whether they can be searched by meaning; False without a model: BM25 alone.
        built: Whether this call built a generation; False when there was nothing to do.
        embedded: Passages the model had to embed; the others came from the cache.
        note: What a person should know, or empty.
    """

    fingerprint: str
    passages: int
    dense: bool
    built: bool
    embedded: int = 0
    note: str = ""


class Builder:
    """Keeps the generations below one folder in step with a list of passages."""

    def __init__(
        self, generations: Generations, embedder: Embedder | None, server: ChromaServer | None
    ) -> None:
        self._generations = generations
        self._embedder = embedder
        self._server = server

    def ensure(
        self, passages: Sequence[Passage], progress: Progress = lambda _done, _of: None
    ) -> IndexState:
        """Builds the index if it is missing, damaged or not of these passages.

        Args:
            passages: All there are, in the order of the sources.
            progress: Told how far the embedding has come.

        Raises:
            IndexUnavailable: It cannot be built: the disk refuses, another process holds the
                lock, the new generation fails its check, or the Chroma server does not answer.
            ConfigError: The embedding model cannot be loaded.
        """
        fingerprint = self._fingerprint(passages)
        state = self._ready(fingerprint, len(passages))
        if state is not None:
            return state
        root = self._generations.root
        try:
            root.mkdir(parents=True, exist_ok=True)
            with FileLock(root / ".build.lock", timeout=LOCK_TIMEOUT_S):
                # Another process may have built it while this one waited.
                state = self._ready(fingerprint, len(passages))
                return state or self._build(list(passages), fingerprint, progress)
        except Timeout as error:
            raise IndexUnavailable(
                f"another process has been building {root} for {LOCK_TIMEOUT_S:.0f} s: "
                "wait for it or end it"
            ) from error
        except (OSError, sqlite3.Error) as error:
            raise IndexUnavailable(f"index {root} cannot be written: {error}") from error

    def _fingerprint(self, passages: Sequence[Passage]) -> str:
        facts = [
            FORMAT,
            CHUNKER,
            self._embedder.id if self._embedder else None,
            importlib.metadata.version("chromadb"),
            self._server.url if self._server else None,
        ]
        digest = hashlib.sha256(json.dumps(facts).encode())
        digest.update(PASSAGE_LIST.dump_json(list(passages)))
        return digest.hexdigest()[:16]

    def _ready(self, fingerprint: str, count: int) -> IndexState | None:
        folder = self._generations.current()
        manifest = facts_of(folder) if folder else None
        if folder is None or manifest is None or manifest["fingerprint"] != fingerprint:
            return None
        damaged = damaged_files(folder, manifest)
        if damaged:
            _log.warning("index %s is damaged (%s): building it anew", folder, ", ".join(damaged))
            return None
        note = self._note()
        if self._server is not None and manifest["collection"]:
            try:
                if self._server.count(manifest["collection"]) != count:
                    return None
            except IndexUnavailable as error:
                note = f"{error}; searching the vectors kept here"
        dense = manifest["embedder"] is not None
        return IndexState(fingerprint, count, dense=dense, built=False, note=note)

    def _build(self, passages: list[Passage], fingerprint: str, progress: Progress) -> IndexState:
        building = self._generations.begin()
        facts: dict[str, Any] = {
            "fingerprint": fingerprint,
            "passages": len(passages),
            "embedder": None,
            "server": None,
            "collection": None,
        }
        read = 0
        verifier = Verifier() if self._makes_a_chroma_folder(passages) else None
        try:
            (building / PASSAGES).write_bytes(PASSAGE_LIST.dump_json(passages, indent=1))
            if self._embedder is not None and passages:
                vectors, asked, read = self._embed(self._embedder, passages, progress)
                np.save(building / VECTORS, vectors)
                if asked is not None:
                    np.save(building / ASKED, asked)
                facts["embedder"] = self._embedder.id
                facts |= self._store(building, fingerprint, passages, vectors)
            seal(building, facts)
            if verifier is not None:
                verifier.check(building)
            self._generations.publish(building, fingerprint)
        finally:
            if verifier is not None:
                verifier.stop()
            shutil.rmtree(building, ignore_errors=True)
        self._collect(fingerprint)
        return IndexState(
            fingerprint,
            len(passages),
            dense=facts["embedder"] is not None,
            built=True,
            embedded=read,
            note=self._note(),
        )

    def _makes_a_chroma_folder(self, passages: list[Passage]) -> bool:
        return self._server is None and self._embedder is not None and bool(passages)

    def _note(self) -> str:
        return "" if self._embedder is not None else NO_MODEL

    def _store(
        self,
        building: Path,
        fingerprint: str,
        passages: list[Passage],
        vectors: NDArray[np.float32],
    ) -> dict[str, str]:
        if self._server is None:
            write_folder(building / CHROMA, passages, vectors)
            return {}
        name = f"passages-{fingerprint}"
        self._server.fill(name, passages, vectors)
        return {"server": self._server.url, "collection": name}

    def _embed(self, embedder: Embedder, passages: list[Passage], progress: Progress) -> Embedded:
        cache = CachedEmbedder(embedder, self._generations.root / "embeddings.sqlite3")
        try:
            return embedded(cache, passages, progress)
        finally:
            cache.close()

    def _collect(self, fingerprint: str) -> None:
        for folder in self._generations.outdated():
            facts = facts_of(folder)
            shutil.rmtree(folder, ignore_errors=True)
            if self._server is None or facts is None or facts["server"] != self._server.url:
                continue
            if facts["collection"] and facts["fingerprint"] != fingerprint:
                self._server.drop(facts["collection"])
