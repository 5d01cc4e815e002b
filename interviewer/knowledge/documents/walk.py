"""Files named on the command line: folders are looked through, links inside them are not followed."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from interviewer.errors import DocumentRefused, InputError
from interviewer.knowledge.documents.document import Refused
from interviewer.knowledge.documents.format import refused_by_name
from interviewer.knowledge.documents.limits import (
    MOST_BYTES,
    MOST_FILES,
    MOST_FOLDER_ENTRIES,
    SAME_NAME,
    TOO_MANY,
)


class Found(NamedTuple):
    """A file to be added, and the name it gets: within a folder, its path below that folder."""

    name: str
    path: Path


def found_files(paths: Sequence[Path]) -> list[Found | Refused]:
    """The files that the paths name, in order; hidden ones inside folders are passed over.

    Raises:
        InputError: A folder holds thousands of entries and was hardly meant.
    """
    found: list[Found | Refused] = []
    for path in paths:
        if path.is_dir():
            found += _inside(path)
        elif path.is_file():
            found.append(Found(path.name, path))
        else:
            found.append(Refused(name=str(path), reason="no such file or folder"))
    return found


def contents(
    found: Sequence[Found | Refused], refused: list[Refused]
) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file, read when it is its turn.

    Args:
        found: From `found_files`.
        refused: Takes what was refused before or cannot be read.
    """
    named: dict[str, Path] = {}
    for file in found:
        if isinstance(file, Refused):
            refused.append(file)
            continue
        if file.name in named and file.path.samefile(named[file.name]):
            continue
        if file.name in named or len(named) >= MOST_FILES:
            reason = SAME_NAME if file.name in named else TOO_MANY
            refused.append(Refused(name=file.name, reason=reason))
            continue
        named[file.name] = file.path
        try:
            data = _content(file.path)
        except DocumentRefused as refusal:
            refused.append(Refused(name=file.name, reason=str(refusal)))
        except OSError as error:
            refused.append(Refused(name=file.name, reason=error.strerror or "cannot be read"))
        else:
            yield file.name, data


def _content(path: Path) -> bytes:
    # A pipe put in place of the file must not block the open.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise DocumentRefused("not a file")
        # One byte more than allowed is enough to be refused by.
        return file.read(MOST_BYTES + 1)


def _inside(folder: Path) -> list[Found | Refused]:
    found: list[Found | Refused] = []
    entries = 0
    for place, folders, files in os.walk(folder, followlinks=False):
        entries += len(folders) + len(files)
        if entries > MOST_FOLDER_ENTRIES:
            raise InputError(
                f"{folder} holds over {MOST_FOLDER_ENTRIES:,} entries: name the documents themselves"
            )
        linked = [name for name in folders if Path(place, name).is_symlink()]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*files, *linked]):
            path = Path(place, name)
            if name.startswith("."):
                continue
            shown = path.relative_to(folder).as_posix()
            if path.is_symlink():
                found.append(
                    Refused(name=shown, reason="a link; links in folders are not followed")
                )
            elif path.is_file() and (reason := refused_by_name(name)) is not None:
                found.append(Refused(name=shown, reason=reason))
            elif path.is_file():
                found.append(Found(shown, path))
    return found
