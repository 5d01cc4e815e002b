"""A file of the candidate's in which code or a query is written during a round."""

import asyncio
from pathlib import Path

from interviewer.cli.code import open_editor, read_code
from interviewer.errors import InputError


async def edited(path: Path, start: str) -> str:
    """What stands in the file after the person's editor was closed; it stays there.

    Args:
        path: Of the file.
        start: What it holds where it is new.

    Raises:
        InputError: It cannot be written, no editor is set or starts, or it is no text.
    """
    return await asyncio.to_thread(_edited, path, start)


def _edited(path: Path, start: str) -> str:
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(start, encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None
    open_editor(path)
    return read_code(str(path))
