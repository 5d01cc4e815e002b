"""Writing a board as CSV, JSON or Markdown, and the empty forms."""

import datetime as dt
from typing import Any

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.workbench.boards.csv_form import write_csv
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.json_form import write_json
from interviewer.workbench.boards.markdown_form import legend, write_markdown

EMPTY_ROWS = 4
"""Rows of an empty Markdown form: the parts of a sheet, or enough to begin a register."""


def write_board(board: Artefact, form: Format) -> str:
    """The board as text; reading it gives the same board."""
    kind = type(board)
    match form:
        case Format.CSV:
            return write_csv(kind, cells_of(board))
        case Format.JSON:
            return write_json(kind, board.model_dump(mode="json")["rows"])
        case Format.MARKDOWN:
            return write_markdown(kind, cells_of(board))


def empty_form(kind: type[Artefact], form: Format) -> str:
    """A form to fill in; the CSV holds one example row, to be overwritten."""
    example = {name: kind.row.example(name) for name in kind.row.columns()}
    if form is Format.CSV:
        return write_csv(kind, (example,))
    if form is Format.JSON:
        return write_json(kind, [example])
    written = write_markdown(kind, ({},) * EMPTY_ROWS)
    head, rows = written.split("\n\n## ", 1)
    return f"{head}\n\n{legend(kind)}\n\n## {rows}"


def cells_of(board: Artefact) -> tuple[dict[str, str], ...]:
    """Every row as text, by column."""
    return tuple(
        {name: _text(getattr(row, name)) for name in type(board).row.columns()}
        for row in board.rows
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
