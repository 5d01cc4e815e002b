"""What every process starts from: settings, what ships, and the clock."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from interviewer.domain.catalog import Catalog
from interviewer.paths import shipped
from interviewer.settings import Settings, read_settings

if TYPE_CHECKING:
    from interviewer.engines.offline.lexicon import Lexicon
    from interviewer.knowledge.sources import SourceLibrary

LOCAL_OWNER = "local"
"""Owner of everything where one person uses their own machine."""


def settings() -> Settings:
    """The settings of this process."""
    return read_settings()


def catalog() -> Catalog:
    """The shipped seeds, read once a process unless a file changes.

    Raises:
        SeedError: A seed file is broken.
    """
    from interviewer.store.catalog_files import load_catalog

    return _unchanged("catalog", (shipped("seeds"),), lambda: load_catalog(shipped("seeds")))


def library() -> "SourceLibrary":
    """The shipped knowledge sources, read once a process unless a file changes.

    Raises:
        SourceError: A source is broken.
    """
    from interviewer.knowledge.sources import load_sources

    folder = shipped("knowledge")
    return _unchanged("library", (folder,), lambda: load_sources(folder))


def lexicon() -> "Lexicon":
    """The words of the sources and of the bank, counted once a process unless a file changes.

    Raises:
        SeedError, SourceError: What ships is broken.
    """
    from interviewer.engines.offline.lexicon import Lexicon

    def count() -> Lexicon:
        texts = [passage.text for passage in library().passages.values()]
        for question in catalog().questions.values():
            texts += [question.text, *(example.answer for example in question.examples)]
        return Lexicon(texts)

    return _unchanged("lexicon", (shipped("seeds"), shipped("knowledge")), count)


T = TypeVar("T")

_kept: dict[str, tuple[object, Any]] = {}


def _unchanged(name: str, folders: tuple[Path, ...], read: Callable[[], T]) -> T:
    """What was read before, as long as the folders' files are the same."""
    state = tuple(
        (str(file), (seen := file.stat()).st_mtime_ns, seen.st_size)
        for folder in folders
        for file in sorted(folder.rglob("*.*"))
    )
    if name not in _kept or _kept[name][0] != state:
        _kept[name] = state, read()
    kept: T = _kept[name][1]
    return kept


def now() -> dt.datetime:
    """The system clock, aware, UTC: the only one in the product."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 (the clock that everything else is given)
