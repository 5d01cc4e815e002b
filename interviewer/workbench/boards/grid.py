"""Tables in a picture: columns of wrapped text, rows as high as their longest cell."""

from collections.abc import Sequence
from typing import NamedTuple

from interviewer.workbench.boards.picture import LINE, Picture, wrapped

_PAD = 8
_SIZE = 13
EMPTY = "none named"
"""What stands in a cell that was left empty: a gap is to be seen."""


class Column(NamedTuple):
    """A heading and a width."""

    heading: str
    width: float


def draw_table(
    picture: Picture, x: float, y: float, headings: Sequence[Column], rows: Sequence[Sequence[str]]
) -> float:
    """Draws a table, its top left corner at the point; returns its height."""
    top = y
    total = sum(column.width for column in headings)
    y = _row(picture, x, y, headings, [column.heading for column in headings], bold=True)
    picture.line((x, y), (x + total, y), width=1.5, faint=False)
    for row in rows:
        y = _row(picture, x, y, headings, row)
        picture.line((x, y), (x + total, y))
    return y - top


def _row(
    picture: Picture,
    x: float,
    y: float,
    headings: Sequence[Column],
    cells: Sequence[str],
    bold: bool = False,
) -> float:
    most = 1
    for column, cell in zip(headings, cells, strict=True):
        shown = cell or EMPTY
        room = column.width - 2 * _PAD
        # Bold type runs wider than the estimate for regular type.
        picture.block(x + _PAD, y + _PAD - 2, shown, room, size=_SIZE, bold=bold, quiet=not cell)
        most = max(most, len(wrapped(shown, room, _SIZE)))
        x += column.width
    return y + most * _SIZE * LINE + 2 * _PAD - 3
