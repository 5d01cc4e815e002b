"""The passage index: built when the passages changed, followed by readers while it is replaced."""

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.build import Builder, IndexState
from interviewer.knowledge.chroma_folder import FolderCollection
from interviewer.knowledge.chroma_server import ChromaServer, ServerCollection
from interviewer.knowledge.embedding import Embedder
from interviewer.knowledge.generations import Generations
from interviewer.knowledge.passage_vectors import Progress
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.snapshot import CHROMA, Nearest, Snapshot, checked

__all__ = ["IndexState", "PassageIndex"]

_log = logging.getLogger(__name__)


class PassageIndex:
    """An index in a folder, with its vectors in a Chroma folder or on a Chroma server."""

    def __init__(
        self,
        folder: Path,
        *,
        embedder: Embedder | None,
        chroma_url: str | None = None,
        exact: bool = False,
    ) -> None:
        """Names the parts; reads and connects nothing.

        Args:
            folder: Where generations live; one folder for each set of passages.
            embedder: None where no model is installed: search is lexical then.
            chroma_url: A Chroma server that holds the vectors instead of the folder.
            exact: Read without Chroma, comparing all vectors. Right for a process that searches
                once: the same hits without the seconds chromadb takes to import.

        Raises:
            SettingError: `chroma_url` is not an http or https URL.
        """
        self._generations = Generations(folder.absolute())
        self._server = ChromaServer(chroma_url) if chroma_url else None
        self._builder = Builder(self._generations, embedder, self._server)
        self._exact = exact
        self._snapshot: Snapshot | None = None
        self._switching = threading.Lock()

    def ensure(
        self, passages: Sequence[Passage], progress: Progress = lambda _done, _of: None
    ) -> IndexState:
        """Builds the index if it is missing, damaged or not of these passages.

        Takes milliseconds when there is nothing to do.

        Args:
            passages: All there are, in the order of the sources.
            progress: Told how many passages have vectors, and of how many.

        Raises:
            IndexUnavailable: It cannot be built: the disk refuses, another process holds the
                lock, the new generation fails its check, or the Chroma server does not answer.
            ConfigError: The embedding model cannot be loaded.
        """
        return self._builder.ensure(passages, progress)

    def snapshot(self) -> Snapshot:
        """The current generation, opened; the same object until a newer one is current.

        Raises:
            IndexUnavailable: Nothing has been built, or its files are damaged.
        """
        with self._switching:
            folder = self._generations.current()
            if folder is None:
                raise IndexUnavailable(
                    f"no index in {self._generations.root}: run `interviewer index`"
                )
            if self._snapshot is None or self._snapshot.folder != folder:
                fresh = self._open(folder)
                if self._snapshot is not None:
                    self._snapshot.close()
                self._snapshot = fresh
            return self._snapshot

    def close(self) -> None:
        """Releases Chroma; the next snapshot opens it again."""
        with self._switching:
            if self._snapshot is not None:
                self._snapshot.close()
                self._snapshot = None
        if self._server is not None:
            self._server.close()

    def _open(self, folder: Path) -> Snapshot:
        for _ in range(3):
            try:
                manifest, whole = checked(folder)
                return Snapshot(folder, self._neighbours(folder, manifest, whole=whole), manifest)
            except (IndexUnavailable, FileNotFoundError):
                # Two switches in a row may remove the folder between reading its name and its
                # files; then CURRENT names another one.
                newer = self._generations.current()
                if newer is None or newer == folder:
                    raise
                folder = newer
        raise IndexUnavailable(f"{self._generations.root} is rebuilt faster than it can be read")

    def _neighbours(self, folder: Path, manifest: dict[str, Any], *, whole: bool) -> Nearest | None:
        if self._exact or not manifest["embedder"]:
            return None
        if self._server is not None and manifest["server"] == self._server.url:
            return ServerCollection(self._server, manifest["collection"])
        if not whole or not (folder / CHROMA).is_dir():
            return None
        try:
            return FolderCollection(folder / CHROMA)
        except IndexUnavailable as error:
            _log.warning("comparing all vectors: %s", error)
            return None
