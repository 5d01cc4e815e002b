"""Findings on a board that stands in an answer: a fenced block, or the whole text."""

import re

from interviewer.domain.artefacts.checks import findings
from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.value import Value
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.reading import ReadBoard, read_board

MOST_CHARACTERS = 200_000
"""Of an answer or attachment in which a board is looked for."""

_FENCE = re.compile(r"^```[ \t]*(csv|json|md|markdown)?[ \t]*\r?\n(.*?)^```", re.M | re.S)
_FORMS = {
    "csv": Format.CSV,
    "json": Format.JSON,
    "md": Format.MARKDOWN,
    "markdown": Format.MARKDOWN,
}


class CheckedBoard(Value):
    """What was read, and the findings on it; none while there are problems."""

    read: ReadBoard
    findings: tuple[Finding, ...] = ()


def findings_of(kind: str, text: str, name: str = "board") -> CheckedBoard:
    """Reads a board of that kind out of a text and checks it.

    Args:
        kind: `matrix`, `register`, `three-c`, `four-p`, `rav`, `go-to-market` or `star`.
        text: An answer with a fenced block of JSON, CSV or Markdown, or the board alone.
        name: What the text is called in problems.

    Raises:
        UnknownId: There is no such kind.
    """
    held, form = _block(text[:MOST_CHARACTERS])
    return checked_board(read_board(name, held, kind=kind, form=form))


def checked_board(read: ReadBoard) -> CheckedBoard:
    """The findings on a board that was read."""
    return CheckedBoard(read=read, findings=findings(read.board) if read.board else ())


def _block(text: str) -> tuple[str, Format | None]:
    found = _FENCE.search(text)
    if found is None:
        return text, None
    return found.group(2), _FORMS.get(found.group(1) or "")
