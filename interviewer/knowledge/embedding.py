"""Embedders: the protocol every one fulfils, and a cache around any of them."""

import hashlib
import logging
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

logger = logging.getLogger(__name__)

_KEYS_AT_ONCE = 500
"""Looked up in one statement: one by one, seven thousand take half a second."""
REMEMBERED_TEXTS = 4096
"""Vectors kept in memory; at 384 dimensions about 6 MB."""


class Embedder(Protocol):
    """Turns texts into vectors of length one."""

    @property
    def id(self) -> str:
        """Model and version; vectors of different ids must never be compared."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of the texts, shape (n, dim), L2-normalised."""


class CachedEmbedder:
    """Remembers vectors by the sha256 of model id and text; safe in several threads.

    In memory it keeps the texts used last. With a file (SQLite) it keeps all of them, for several
    processes. Use a file for passages only: what candidates type should not outlive the process,
    and a vector says enough about its text to be treated like it.

    Attributes:
        computed: Texts the model had to embed so far; all others were remembered.
    """

    def __init__(
        self, inner: Embedder, file: Path | None = None, *, remember: int = REMEMBERED_TEXTS
    ) -> None:
        self._inner = inner
        self._remember = remember
        self._memory: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()
        self._file = _open(file) if file else None
        self.computed = 0

    @property
    def id(self) -> str:
        """Model and version of the embedder inside."""
        return self._inner.id

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._inner.dim

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of the texts, shape (n, dim); the model sees each unknown text once."""
        return self.embed_and_tell(texts)[0]

    def embed_and_tell(self, texts: list[str]) -> tuple[NDArray[np.float32], set[str]]:
        """The same, and which of the texts the model had to embed."""
        keys = [self._key(text) for text in texts]
        known = self._known(set(keys))
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if unknown:
            vectors = self._inner.embed(list(unknown.values()))
            fresh = dict(zip(unknown, vectors, strict=True))
            self._store(fresh)
            known |= fresh
        result = np.empty((len(texts), self.dim), np.float32)
        for row, key in enumerate(keys):
            result[row] = known[key]
        return result, set(unknown.values())

    def retain(self, texts: Iterable[str]) -> None:
        """Forgets every vector in the file but those of `texts`."""
        if self._file is None:
            return
        keep = {self._key(text) for text in texts}
        with self._lock, self._file:
            # What is forgotten is overwritten: a vector says enough about its text.
            self._file.execute("PRAGMA secure_delete=ON")
            stored = {key for (key,) in self._file.execute("SELECT key FROM vectors")}
            self._file.executemany(
                "DELETE FROM vectors WHERE key = ?", [(key,) for key in stored - keep]
            )

    def close(self) -> None:
        """Closes the file, if there is one."""
        if self._file is not None:
            self._file.close()

    def _key(self, text: str) -> bytes:
        return hashlib.sha256(f"{self.id}\0{text}".encode("utf-8", "replace")).digest()

    def _known(self, keys: set[bytes]) -> dict[bytes, NDArray[np.float32]]:
        found: dict[bytes, NDArray[np.float32]] = {}
        with self._lock:
            for key in keys & self._memory.keys():
                self._memory.move_to_end(key)
                found[key] = self._memory[key]
            if self._file is not None:
                wanted = list(keys - found.keys())
                for start in range(0, len(wanted), _KEYS_AT_ONCE):
                    some = wanted[start : start + _KEYS_AT_ONCE]
                    marks = ",".join("?" * len(some))
                    for key, vector in self._file.execute(
                        f"SELECT key, vector FROM vectors WHERE key IN ({marks})",  # noqa: S608 - only question marks
                        some,
                    ):
                        if len(vector) == 4 * self.dim:
                            found[key] = np.frombuffer(vector, np.float32)
        return found

    def _store(self, fresh: dict[bytes, NDArray[np.float32]]) -> None:
        with self._lock:
            self.computed += len(fresh)
            for key, vector in fresh.items():
                self._memory[key] = vector.copy()  # a row would keep its whole batch alive
            while len(self._memory) > self._remember:
                self._memory.popitem(last=False)
            self._keep(fresh)

    def _keep(self, fresh: dict[bytes, NDArray[np.float32]]) -> None:
        if self._file is None:
            return
        try:
            with self._file:
                self._file.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                    [(key, vector.tobytes()) for key, vector in fresh.items()],
                )
        except sqlite3.OperationalError as error:
            logger.warning("vectors are no longer kept on disk: %s", error)
            self._file.close()
            self._file = None


def _open(file: Path) -> sqlite3.Connection | None:
    """The file's connection; None where it cannot be written: a cache is not worth a failure."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        try:
            return _connect(file)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            # A damaged file is thrown away and filled again.
            file.unlink()
            return _connect(file)
    except sqlite3.OperationalError as error:
        logger.warning("vectors are not kept in %s: %s", file, error)
        return None


def _connect(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=30, check_same_thread=False)
    try:
        connection.execute("PRAGMA quick_check").fetchone()
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
