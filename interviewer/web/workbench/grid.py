"""A grid of rows as a table: what a query returned, or the first rows of a table."""

from collections.abc import Sequence

from nicegui import ui

from interviewer.domain.sql_result import Cell, Column, Row
from interviewer.web.words import Words


def show_grid(label: str, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Draws it; it scrolls sideways by itself, also by keyboard."""
    frame = ui.element("div").classes("scrolls grid").props("tabindex=0 role=region")
    frame.props["aria-label"] = label
    with frame, ui.element("table"):
        Words("caption", label)
        with ui.element("thead"), ui.element("tr"):
            for place, column in enumerate(columns):
                kinds = {_kind(row[place]) for row in rows if row[place] is not None}
                with ui.element("th").props("scope=col").classes(" ".join(kinds)):
                    Words("span", column.name)
                    Words("span", column.type.lower(), "type")
        with ui.element("tbody"):
            for row in rows:
                with ui.element("tr"):
                    for cell in row:
                        Words("td", written(cell), _kind(cell))


def written(cell: Cell) -> str:
    """A value in words."""
    if cell is None:
        return "NULL"
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _kind(cell: Cell) -> str:
    if cell is None:
        return "null"
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return "number" if is_number else "value"
