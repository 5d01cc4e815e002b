"""One owner's documents on disk: one file each, with text and vectors, replaced as a whole.

The names of the files are digests, so that a folder listing gives nothing away, and there is no
second copy of anything: removing the file removes the document.

    <folder>/<digest of the owner>/  .lock  <digest of the name>.json
"""

import base64
import contextlib
import datetime as dt
import hashlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from filelock import FileLock, Timeout
from pydantic import ValidationError

from interviewer.domain.value import Value
from interviewer.errors import StoreUnwritable
from interviewer.knowledge.documents.document import Document, Kind, OwnPassage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOCK_TIMEOUT_S = 60.0
_LOCK = ".lock"
_WRITING = ".tmp"

_log = logging.getLogger(__name__)


class Stored(Value):
    """A document with everything made from it.

    Attributes:
        chunker: How it was cut.
        lines: Worth quoting, best first.
        embedder: Id of the model the vectors come from; None without vectors.
        vectors: float32, little-endian, row after row, in base64.
    """

    format: Literal[1] = 1
    chunker: str
    name: str
    kind: Kind
    sha256: str
    added: dt.datetime
    pages: int | None
    characters: int
    passages: tuple[OwnPassage, ...]
    lines: tuple[str, ...]
    embedder: str | None = None
    vectors: str = ""

    @property
    def listed(self) -> Document:
        """As it is listed."""
        return Document(
            name=self.name,
            kind=self.kind,
            sha256=self.sha256,
            added=self.added,
            pages=self.pages,
            characters=self.characters,
            passages=len(self.passages),
        )

    def with_vectors(self, vectors: "NDArray[np.float32]", embedder: str) -> "Stored":
        """The document with vectors of its passages, shape (n, dim)."""
        text = base64.b64encode(vectors.astype("<f4").tobytes()).decode("ascii")
        return self.model_copy(update={"embedder": embedder, "vectors": text})

    def matrix(self) -> "NDArray[np.float32]":
        """The vectors, shape (n, dim)."""
        import numpy as np

        flat = np.frombuffer(base64.b64decode(self.vectors), "<f4")
        return flat.reshape(len(self.passages), -1).astype(np.float32)


class DocumentFiles:
    """The folder of one owner; made when first written to, open to its owner alone (0700)."""

    def __init__(self, folder: Path, owner: str) -> None:
        """Names the folder; reads and writes nothing."""
        digest = hashlib.sha256(f"owner\0{owner}".encode()).hexdigest()
        self.folder = folder.absolute() / digest[:32]

    def stamp(self) -> tuple[tuple[str, int, int, int], ...]:
        """Changes whenever a document does."""
        stamps = []
        for path in self._paths():
            with contextlib.suppress(FileNotFoundError):
                state = path.stat()
                stamps.append((path.name, state.st_mtime_ns, state.st_size, state.st_ino))
        return tuple(stamps)

    def all(self) -> list[Stored]:
        """The documents, in the order they were added; unreadable ones are left out."""
        found = [stored for path in self._paths() if (stored := _read(path)) is not None]
        return sorted(found, key=lambda stored: (stored.added, stored.name))

    def named(self, name: str) -> Stored | None:
        """The document of that name."""
        return _read(self._path(name))

    def same(self, name: str, digest: str, kind: Kind | None, chunker: str) -> Stored | None:
        """A document made of the same content in the same way, if there is one."""
        known = self.named(name)
        for stored in [known] if known is not None else self.all():
            is_kind = kind in (None, stored.kind)
            if stored.sha256 == digest and stored.chunker == chunker and is_kind:
                return stored
        return None

    def count_besides(self, name: str) -> int:
        """How many documents of other names there are."""
        path = self._path(name)
        return sum(other != path for other in self._paths())

    def write(self, stored: Stored) -> None:
        """Writes a document as a whole, or not at all. Call it with the lock held.

        Raises:
            StoreUnwritable: The disk is full or read-only.
        """
        path = self._path(stored.name)
        building = path.with_suffix(_WRITING)
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with os.fdopen(os.open(building, flags, 0o600), "wb") as file:
                file.write(stored.model_dump_json().encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            building.replace(path)
        except OSError as error:
            building.unlink(missing_ok=True)
            raise StoreUnwritable(f"{stored.name} cannot be kept: {error.strerror}") from error

    def remove(self, name: str) -> bool:
        """Removes a document; False if there is none. Call it with the lock held."""
        path = self._path(name)
        there = path.exists()
        path.unlink(missing_ok=True)
        return there

    def remove_all(self) -> int:
        """Removes everything but the lock; returns how many documents. Call it with the lock held."""
        paths = self._paths()
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keeps other writers out, also of other processes, and clears up after one that died.

        Raises:
            StoreUnwritable: The folder cannot be made, or another process holds the lock.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for folder in (self.folder.parent, self.folder):
                folder.chmod(0o700)
            # A lock object of its own for each use: one object would let a second thread in.
            lock = FileLock(self.folder / _LOCK, timeout=LOCK_TIMEOUT_S, mode=0o600)
            lock.acquire()
        except Timeout as error:
            raise StoreUnwritable(
                f"the documents are locked by another process for {LOCK_TIMEOUT_S:.0f} s: try again"
            ) from error
        except OSError as error:
            raise StoreUnwritable(
                f"documents cannot be kept in {self.folder}: {error.strerror}"
            ) from error
        try:
            for leftover in self.folder.glob(f"*{_WRITING}"):
                leftover.unlink(missing_ok=True)
            yield
        finally:
            lock.release()

    def _path(self, name: str) -> Path:
        return self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.json"

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"))


def _read(path: Path) -> Stored | None:
    try:
        return Stored.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _log.warning("document %s cannot be read, add it again: %s", path, type(error).__name__)
        return None
