"""Writing a text in the editor that the person has chosen."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from interviewer.errors import InputError

_USUAL = "vi"


def written(start: str, suffix: str) -> str:
    """What was saved in $VISUAL, $EDITOR or vi.

    Args:
        start: What the file holds at first.
        suffix: Of the file's name, from which an editor knows its kind.

    Raises:
        InputError: There is no such editor, it failed, or nothing was changed.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _USUAL
    with tempfile.TemporaryDirectory(prefix="interviewer-") as folder:
        file = Path(folder, f"answer{suffix}")
        file.write_text(start, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(editor), str(file)], check=False).returncode  # noqa: S603 (the person's own editor)
        except (OSError, ValueError) as error:
            raise InputError(f"the editor {editor!r} cannot be started: {error}") from None
        if code != 0:
            raise InputError(f"the editor {editor!r} ended with code {code}; nothing was run")
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise InputError("what was saved is not UTF-8 text") from None
    if text == start:
        raise InputError("nothing was written in the editor, and nothing was run")
    return text
