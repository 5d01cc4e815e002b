"""The passages of one generation: what ranking needs of each in memory, the texts on disk.

A hundred thousand passages as objects take a gigabyte; as columns they take some twenty megabytes,
and only the few that a search returns are read.
"""

import os
import re
import weakref
from array import array
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.passages import Passage, Status

_STATUSES = tuple(Status)
_SUPERSEDED = _STATUSES.index(Status.SUPERSEDED)
# As `PASSAGE_LIST.dump_json(..., indent=1)` writes it: line breaks inside texts are escaped, so
# only a passage begins with a brace after one blank.
_BEGIN = re.compile(rb"^ \{", re.MULTILINE)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class PassageTable(Sequence[Passage]):
    """The passages by row; reading one parses it from the file.

    Attributes:
        ids: Of the passages.
        sources: Ids of the sources.
        source: For each passage, the place of its source in `sources`; shape (n,).
        superseded: Which passages are superseded text; shape (n,), bool.
        topics: Of all sources.
        successors: For each superseded source, what replaced it or governs its subject, if anything.
        names: For each superseded source, how people cite it.
        years: For each of them, the years in its title and those names, but for that of its end.
    """

    def __init__(self, file: Path) -> None:
        """Opens the passages of a generation; the file may be removed while this is in use.

        Args:
            file: As written by a build: a JSON array with an indent of one blank.
        """
        content = file.read_bytes()
        self._starts = array("q", (match.start() for match in _BEGIN.finditer(content)))
        self._starts.append(len(content))
        del content
        # Not mapped into memory: a mapped file that is cut short ends the process when it is read.
        self._file = os.open(file, os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self.ids: list[str] = []
        self.successors: dict[str, str | None] = {}
        self.names: dict[str, tuple[str, ...]] = {}
        self.years: dict[str, frozenset[str]] = {}
        sources: dict[str, int] = {}
        topics: dict[tuple[str, ...], int] = {}
        count = len(self)
        self.source = np.empty(count, np.int32)
        self._status = np.empty(count, np.uint8)
        self._topics = np.empty(count, np.int32)
        for row, passage in enumerate(self):
            self.ids.append(passage.id)
            self.source[row] = sources.setdefault(passage.source, len(sources))
            self._status[row] = _STATUSES.index(passage.status)
            self._topics[row] = topics.setdefault(passage.topics, len(topics))
            if passage.status is Status.SUPERSEDED:
                self.successors[passage.source] = passage.superseded_by or passage.governed_by
                self.names[passage.source] = passage.cited_as
                self.years[passage.source] = _years(passage)
        self.sources = list(sources)
        self.superseded: NDArray[np.bool_] = self._status == _SUPERSEDED
        self._topic_sets = [frozenset(held) for held in topics]
        self.topics = frozenset[str]().union(*self._topic_sets)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> Passage: ...

    @overload
    def __getitem__(self, row: slice) -> list[Passage]: ...

    def __getitem__(self, row: int | slice) -> Passage | list[Passage]:
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        row = range(len(self))[row]
        start, end = self._starts[row], self._starts[row + 1]
        text = os.pread(self._file, end - start, start)
        return Passage.model_validate_json(text[: text.rindex(b"}") + 1])

    def __iter__(self) -> Iterator[Passage]:
        return (self[row] for row in range(len(self)))

    def passing(
        self,
        *,
        status: Status | None = None,
        topic: str | None = None,
        sources: Collection[str] | None = None,
    ) -> NDArray[np.bool_]:
        """Which passages pass every filter that is given; shape (n,).

        Args:
            status: The passage's source has this status.
            topic: It has this topic.
            sources: It is one of these.
        """
        passing = np.ones(len(self), np.bool_)
        if status is not None:
            passing &= self._status == _STATUSES.index(status)
        if topic is not None:
            having = np.array([topic in held for held in self._topic_sets], np.bool_)
            passing &= having[self._topics]
        if sources is not None:
            wanted = np.array([source in sources for source in self.sources], np.bool_)
            passing &= wanted[self.source]
        return passing


def _years(passage: Passage) -> frozenset[str]:
    ended = passage.superseded_on
    years = YEAR.findall(" ".join((passage.title, *passage.cited_as)))
    return frozenset(years) - ({str(ended.year)} if ended else set())
