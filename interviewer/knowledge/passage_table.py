"""The passages of one generation: what ranking needs of each in memory, the texts on disk.

A hundred thousand passages as objects would take a gigabyte; as columns they take some fifteen
megabytes, and only the few that a search returns are read.
"""

import json
import mmap
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.passages import Passage, Status

TEXTS = "passages.jsonl"
COLUMNS = "columns.json"

_STATUSES = tuple(Status)
_SUPERSEDED = _STATUSES.index(Status.SUPERSEDED)


def write_passages(folder: Path, passages: Sequence[Passage]) -> None:
    """Writes texts and columns into a folder; the order given is the order of the rows."""
    sources: dict[str, int] = {}
    topics: dict[tuple[str, ...], int] = {}
    successors: dict[str, str | None] = {}
    names: dict[str, tuple[str, ...]] = {}
    columns: dict[str, Any] = {"ids": [], "starts": [0], "source": [], "status": [], "topics": []}
    with (folder / TEXTS).open("wb") as file:
        for passage in passages:
            line = passage.model_dump_json().encode() + b"\n"
            file.write(line)
            columns["ids"].append(passage.id)
            columns["starts"].append(columns["starts"][-1] + len(line))
            columns["source"].append(sources.setdefault(passage.source, len(sources)))
            columns["status"].append(_STATUSES.index(passage.status))
            columns["topics"].append(topics.setdefault(passage.topics, len(topics)))
            if passage.status is Status.SUPERSEDED:
                successors[passage.source] = passage.superseded_by
                names[passage.source] = passage.cited_as
    columns |= {
        "sources": list(sources),
        "topic_sets": list(topics),
        "successors": successors,
        "names": names,
    }
    (folder / COLUMNS).write_text(json.dumps(columns), encoding="utf-8")


class PassageTable(Sequence[Passage]):
    """The passages by row; reading one parses it from the file.

    Attributes:
        ids: Of the passages.
        sources: Ids of the sources.
        source: For each passage, the place of its source in `sources`; shape (n,).
        superseded: Which passages are superseded text; shape (n,), bool.
        successors: For each superseded source, what replaced it, if anything did.
        names: For each superseded source, how people cite it.
    """

    def __init__(self, folder: Path) -> None:
        """Opens what `write_passages` wrote; the folder may be removed while this is in use."""
        columns = json.loads((folder / COLUMNS).read_bytes())
        self.ids: list[str] = columns["ids"]
        self.sources: list[str] = columns["sources"]
        self.source: NDArray[np.int32] = np.array(columns["source"], np.int32)
        self.successors: dict[str, str | None] = columns["successors"]
        self.names: dict[str, list[str]] = columns["names"]
        self._status = np.array(columns["status"], np.uint8)
        self.superseded: NDArray[np.bool_] = self._status == _SUPERSEDED
        self._topic_sets = [frozenset(topics) for topics in columns["topic_sets"]]
        self._topics = np.array(columns["topics"], np.int32)
        self._starts = np.array(columns["starts"], np.int64)
        self._lines = _mapped(folder / TEXTS)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, row: int) -> Passage: ...

    @overload
    def __getitem__(self, row: slice) -> list[Passage]: ...

    def __getitem__(self, row: int | slice) -> Passage | list[Passage]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        row = range(len(self))[row]
        start, end = self._starts[row], self._starts[row + 1]
        return Passage.model_validate_json(self._lines[start:end])

    def __iter__(self) -> Iterator[Passage]:
        return (self[row] for row in range(len(self)))

    def passing(
        self,
        *,
        status: Status | None = None,
        topic: str | None = None,
        topics: Collection[str] | None = None,
    ) -> NDArray[np.bool_]:
        """Which passages pass every filter that is given; shape (n,).

        Args:
            status: The passage's source has this status.
            topic: It has this topic.
            topics: It has at least one of these.
        """
        passing = np.ones(len(self), np.bool_)
        if status is not None:
            passing &= self._status == _STATUSES.index(status)
        if topic is not None:
            passing &= self._having([topic])
        if topics is not None:
            passing &= self._having(topics)
        return passing

    def _having(self, topics: Collection[str]) -> NDArray[np.bool_]:
        wanted = frozenset(topics)
        sets = np.array([bool(wanted & held) for held in self._topic_sets], np.bool_)
        found: NDArray[np.bool_] = sets[self._topics]
        return found


def _mapped(file: Path) -> bytes | mmap.mmap:
    if not file.stat().st_size:
        return b""
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
