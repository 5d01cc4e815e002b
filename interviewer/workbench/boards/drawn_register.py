"""The register as a picture: a table for a committee pack."""

from interviewer.domain.artefacts.register import Register, RegisterRow
from interviewer.workbench.boards.grid import EMPTY, Column, draw_table
from interviewer.workbench.boards.picture import Picture

_WIDTH = 1180
_COLUMNS = (
    Column("No.", 44),
    Column("Risk", 260),
    Column("Rating", 130),
    Column("Control", 260),
    Column("Owner, checker", 168),
    Column("Trigger", 192),
    Column("Due", 110),
)


def drawn_register(board: Register, name: str) -> str:
    """The picture."""
    told = [f"{number}. {_told(row)}" for number, row in enumerate(board.rows, 1)]
    picture = Picture(name, board.title, " ".join(told), _WIDTH)
    picture.text(8, 26, board.title, size=20, bold=True)
    rows = [[str(number), *_cells(row)] for number, row in enumerate(board.rows, 1)]
    y = 44 + draw_table(picture, 8, 44, _COLUMNS, rows)
    y += 12 + picture.block(8, y + 10, board.note, _WIDTH - 16, size=12, quiet=True)
    return picture.finished(y + 12)


def _bands(row: RegisterRow) -> str:
    return f"{row.inherent} \u2192 {row.residual if row.residual is not None else 'not rated'}"


def _cells(row: RegisterRow) -> list[str]:
    control = row.control
    if control and row.control_kind is not None:
        control += f" ({row.control_kind})"
    people = f"{row.owner or EMPTY}; tested by {row.checker or 'nobody named'}"
    return [
        row.risk,
        _bands(row),
        control,
        people,
        row.trigger,
        row.due.isoformat() if row.due else "",
    ]


def _told(row: RegisterRow) -> str:
    return (
        f"{row.risk}: {_bands(row)}. Control: {row.control or EMPTY}. "
        f"Owner: {row.owner or EMPTY}. Trigger: {row.trigger or EMPTY}."
    )
