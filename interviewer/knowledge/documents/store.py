"""The documents of one owner: add, list, quote, search, forget."""

import datetime as dt
import hashlib
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import DocumentRefused, UnknownId
from interviewer.knowledge.documents.chunks import CHUNKER, passages, quotable
from interviewer.knowledge.documents.document import (
    Added,
    Document,
    Kind,
    OwnPassage,
    Refused,
    clean_name,
    guessed_kind,
    kind_of,
    shown_name,
)
from interviewer.knowledge.documents.files import DocumentFiles, Stored
from interviewer.knowledge.documents.layout import blocks
from interviewer.knowledge.documents.limits import (
    MOST_DOCUMENTS,
    MOST_FILES,
    MOST_PASSAGES,
    SAME_NAME,
    TOO_MANY,
)
from interviewer.knowledge.documents.notes import notes_on
from interviewer.knowledge.documents.sandbox import read_document

if TYPE_CHECKING:
    from interviewer.knowledge.documents.shelf import OwnResult, Shelf
    from interviewer.knowledge.embedding import Embedder


class DocumentStore:
    """What one owner has added. Others cannot be reached from here: the folder is chosen by owner.

    Safe in several threads and processes. An embedder that remembers texts outlives `forget`: give
    one that does not.
    """

    def __init__(
        self,
        folder: Path,
        owner: str,
        embedder: "Embedder | None",
        *,
        clock: Callable[[], dt.datetime],
        is_order: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """Names the parts; reads nothing.

        Args:
            folder: Holds one folder for each owner.
            owner: Whose documents these are; hashed in the path.
            embedder: None where no model is installed: search compares words then.
            clock: Now, aware.
            is_order: Whether a line gives orders to whoever reads it instead of saying something:
                it is told of, and never quoted by an interviewer.
        """
        self._files = DocumentFiles(folder, owner)
        self._embedder = embedder
        self._clock = clock
        self._is_order = is_order
        self._making = threading.Lock()
        self._shelf: Shelf | None = None
        self._stamp: object = None

    @property
    def folder(self) -> Path:
        """Where this owner's documents lie; it may not exist yet."""
        return self._files.folder

    def add(
        self, files: Iterable[tuple[str, bytes]], kind: Kind | str | None = None
    ) -> list[Added | Refused]:
        """Adds files; a bad one is skipped and says why, the others go in.

        The same content again is left alone; a file of a known name takes the document's place.

        Args:
            files: Name and content; taken one at a time.
            kind: Of all of them; guessed for each if not given.

        Raises:
            InputError: There is no such kind.
            StoreUnwritable: The disk is full or read-only.
            ConfigError: The embedding model cannot be loaded.
        """
        wanted = kind_of(kind)
        outcomes: list[Added | Refused] = []
        seen: dict[str, str] = {}
        for name, data in files:
            if len(outcomes) >= MOST_FILES:
                outcomes.append(Refused(name=shown_name(name), reason=TOO_MANY))
                continue
            try:
                outcomes.append(self._add(clean_name(name), data, wanted, seen))
            except DocumentRefused as refusal:
                outcomes.append(Refused(name=shown_name(name), reason=str(refusal)))
        return outcomes

    def documents(self) -> tuple[Document, ...]:
        """What there is, in the order it was added."""
        return tuple(stored.listed for stored in self._files.all())

    def passages(self) -> tuple[OwnPassage, ...]:
        """Every passage of every document."""
        return tuple(passage for stored in self._files.all() for passage in stored.passages)

    def lines(self, kind: Kind | str) -> tuple[str, ...]:
        """Lines of the documents of a kind, verbatim, those most worth quoting first.

        They are untrusted: towards a model use `lines_as_prompt_text`.

        Raises:
            InputError: There is no such kind.
        """
        wanted = kind_of(kind)
        found = [line for s in self._files.all() if s.kind is wanted for line in s.lines]
        return tuple(dict.fromkeys(found))

    def search(self, query: str, k: int = 5) -> "OwnResult":
        """The `k` passages of this owner that answer the query best.

        Raises:
            InputError: `k` is not 1 to 100.
            ConfigError: The embedding model cannot be loaded.
        """
        shelf = self._current()
        vector = None
        if self._embedder is not None and shelf.vectors is not None and query.strip():
            vector = self._embedder.embed([query])[0]
        return shelf.search(query, vector, k)

    def forget(self, name: str) -> None:
        """Removes a document with everything made from it.

        Raises:
            UnknownId: There is none of this name.
            StoreUnwritable: The folder cannot be written.
        """
        there = False
        if self.folder.is_dir():
            with self._files.locked():
                there = self._files.remove(name)
        self._drop()
        if not there:
            raise UnknownId(f"no document {name!r}; `interviewer documents` lists what there is")

    def forget_all(self) -> int:
        """Removes every document; returns how many there were.

        Raises:
            StoreUnwritable: The folder cannot be written.
        """
        count = 0
        if self.folder.is_dir():
            with self._files.locked():
                count = self._files.remove_all()
        self._drop()
        return count

    def _add(self, name: str, data: bytes, kind: Kind | None, seen: dict[str, str]) -> Added:
        digest = hashlib.sha256(data).hexdigest()
        if seen.setdefault(name, digest) != digest:
            raise DocumentRefused(SAME_NAME)
        same = self._files.same(name, digest, kind, CHUNKER)
        if same is not None:
            return Added(name=name, document=same.listed, unchanged=True)
        read = read_document(name, data)
        cut = blocks(read.text)
        of_kind = kind or guessed_kind(name, read.text)
        pieces = passages(name, of_kind, cut)
        if len(pieces) > MOST_PASSAGES:
            raise DocumentRefused(f"over {MOST_PASSAGES:,} short sections: add the part needed")
        lines = quotable(of_kind, cut)
        stored = self._embedded(
            Stored(
                chunker=CHUNKER,
                name=name,
                kind=of_kind,
                sha256=digest,
                added=self._clock(),
                pages=read.pages,
                characters=len(read.text),
                passages=tuple(pieces),
                lines=tuple(line for line in lines if not self._is_order(line)),
            )
        )
        with self._files.locked():
            if self._files.count_besides(name) >= MOST_DOCUMENTS:
                raise DocumentRefused(f"{MOST_DOCUMENTS} documents are the limit: forget some")
            self._files.write(stored)
        notes = tuple(notes_on(name, data, read.text, self._is_order))
        return Added(name=name, document=stored.listed, notes=notes)

    def _embedded(self, stored: Stored) -> Stored:
        if self._embedder is None or not stored.passages:
            return stored
        vectors = self._embedder.embed([passage.plain for passage in stored.passages])
        return stored.with_vectors(vectors, self._embedder.id)

    def _current(self) -> "Shelf":
        """Everything, opened for searching; the same object until a document changes."""
        with self._making:
            stamp = self._files.stamp()
            if self._shelf is None or stamp != self._stamp:
                self._shelf = self._open()
                self._stamp = stamp
            return self._shelf

    def _open(self) -> "Shelf":
        import numpy as np

        from interviewer.knowledge.documents.shelf import Shelf

        documents = [self._up_to_date(stored) for stored in self._files.all()]
        embedder = self._embedder
        dense = [s.matrix() for s in documents if embedder and s.embedder == embedder.id]
        return Shelf(
            [passage for stored in documents for passage in stored.passages],
            np.concatenate(dense) if documents and len(dense) == len(documents) else None,
            {stored.name: stored.added.date() for stored in documents},
        )

    def _up_to_date(self, stored: Stored) -> Stored:
        """The document with vectors of the embedder in use, made now if another one made them."""
        if self._embedder is None or stored.embedder == self._embedder.id:
            return stored
        fresh = self._embedded(stored)
        with self._files.locked():
            # Forgotten or replaced in the meantime: what is gone must not come back.
            now = self._files.named(stored.name)
            if now is not None and now.sha256 == stored.sha256:
                self._files.write(fresh)
        return fresh

    def _drop(self) -> None:
        with self._making:
            self._shelf = None
            self._stamp = None
