"""The knowledge sources: all files of a folder, checked against each other.

Light on purpose: no numpy, no model, no index. `problems` says everything that is wrong at once;
`load_sources` refuses the folder if anything is.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from interviewer.domain.problem import Problem
from interviewer.errors import SourceError, UnknownId
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.source import Document, Section, Source
from interviewer.knowledge.source_file import SourceFile

__all__ = ["Document", "Problem", "Section", "Source", "SourceLibrary", "load_sources", "problems"]

NOT_SOURCES = frozenset({"README.md"})


class SourceLibrary:
    """Every source of a folder.

    Attributes:
        sources: By id, in the order of their ids.
        passages: By `source#section`.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self.sources: dict[str, Source] = {source.id: source for source in sources}
        self.passages: dict[str, Passage] = {
            passage.id: passage for source in self.sources.values() for passage in source.passages
        }

    def source(self, source_id: str) -> Source:
        """The source of that id.

        Raises:
            UnknownId: There is none.
        """
        if source_id not in self.sources:
            known = ", ".join(self.sources)
            raise UnknownId(f"there is no source {source_id[:80]!r}; known: {known}")
        return self.sources[source_id]

    def passage(self, passage_id: str) -> Passage:
        """The passage cited as `source#section`.

        Raises:
            UnknownId: There is none; the message names the sections the source has.
        """
        if passage_id in self.passages:
            return self.passages[passage_id]
        source_id, _, anchor = passage_id.partition("#")
        if source_id not in self.sources:
            raise UnknownId(f"no source {source_id!r} (asked for passage {passage_id!r})")
        anchors = ", ".join(section.anchor for section in self.sources[source_id].sections)
        raise UnknownId(f"source {source_id!r} has no section {anchor!r}; it has: {anchors}")

    def overdue(self, today: dt.date) -> tuple[Source, ...]:
        """Sources whose `review_by` has passed: somebody must check their facts again."""
        return tuple(source for source in self.sources.values() if source.review_by < today)


def load_sources(folder: Path) -> SourceLibrary:
    """Reads every `*.md` of the folder, README.md apart.

    Raises:
        SourceError: A file breaks the format or names a source that does not exist; the message
            gives file, line and field of the first problem and the number of the others.
    """
    sources, found = _read(folder)
    if found:
        first, others = found[0], len(found) - 1
        more = f" (and {others} more: `interviewer check` lists them)" if others else ""
        raise SourceError(f"{first}{more}")
    return SourceLibrary(sources)


def problems(folder: Path) -> list[Problem]:
    """Everything an author must correct, by file and line; empty for a sound folder."""
    return _read(folder)[1]


def _read(folder: Path) -> tuple[list[Source], list[Problem]]:
    paths = sorted(path for path in folder.glob("*.md") if path.name not in NOT_SOURCES)
    if not paths:
        return [], [Problem(str(folder), 1, "folder", "no source file (`<id>.md`) in here")]
    files = [SourceFile(path.name, path.read_bytes()) for path in paths]
    found = [problem for file in files for problem in file.problems]
    parsed = [(file, file.source) for file in files if file.source is not None]
    known = {path.stem for path in paths}
    successors = {source.id: source.superseded_by for _, source in parsed}
    spellings: dict[str, str] = {}
    ids: dict[str, str] = {}
    for file, source in parsed:
        found.extend(_identity(file, source, ids))
        found.extend(_succession(file, source, known, successors))
        found.extend(_spellings(file, source, spellings))
        found.extend(_compared(file, source, known))
    return [source for _, source in parsed], sorted(found)


def _identity(file: SourceFile, source: Source, ids: dict[str, str]) -> Iterator[Problem]:
    owner = ids.setdefault(source.id, file.name)
    if owner != file.name:
        message = f"{source.id!r} is already the id of {owner}"
        yield Problem(file.name, file.line("id"), "id", message)


def _succession(
    file: SourceFile, source: Source, known: set[str], successors: dict[str, str | None]
) -> Iterator[Problem]:
    if source.governed_by is not None and source.governed_by not in known:
        line = file.line("governed_by")
        yield Problem(file.name, line, "governed_by", f"no source {source.governed_by!r}")
    successor = source.superseded_by
    if successor is None:
        return
    line = file.line("superseded_by")
    if successor not in known:
        yield Problem(file.name, line, "superseded_by", f"no source {successor!r}")
        return
    seen = {source.id}
    while successor is not None and successor not in seen:
        seen.add(successor)
        successor = successors.get(successor)
    if successor == source.id:
        message = f"leads back to {source.id!r}: nothing replaces itself"
        yield Problem(file.name, line, "superseded_by", message)


def _spellings(file: SourceFile, source: Source, owners: dict[str, str]) -> Iterator[Problem]:
    for spelling in source.cited_as:
        owner = owners.setdefault(plain_citation(spelling), source.id)
        if owner != source.id:
            message = f"{spelling!r} already names {owner!r}; a spelling belongs to one source"
            yield Problem(file.name, file.line("cited_as"), "cited_as", message)


_SEAM = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])|[\W_]+")


def plain_citation(text: str) -> str:
    """The text in lower-case words, numbers apart, so that spellings of one name are equal.

    >>> plain_citation("SR11-7"), plain_citation("the Fed's SR 11/7.")
    ('sr 11 7', 'the fed s sr 11 7')
    """
    return " ".join(word for word in _SEAM.split(text.casefold()) if word)


def _compared(file: SourceFile, source: Source, known: set[str]) -> Iterator[Problem]:
    for name in source.compares:
        if name not in known:
            yield Problem(file.name, file.line("compares"), "compares", f"no source {name!r}")
