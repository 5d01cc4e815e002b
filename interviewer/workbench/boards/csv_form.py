"""Boards as CSV: one line a row, the columns by name."""

import csv
import io
from collections.abc import Iterator

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact
from interviewer.domain.problem import Problem
from interviewer.workbench.boards.formula import disarmed, is_formula, restored
from interviewer.workbench.boards.incoming import Incoming, RawRow, column, unknown_columns

_SEPARATORS = ",;\t"


def read_csv(kind: type[Artefact], name: str, text: str) -> Incoming:
    """Reads rows; commas, or semicolons or tabs if the header has those and no comma."""
    rows: list[RawRow] = []
    notices: list[str] = []
    header: list[str] | None = None
    try:
        for line, cells in _records(text):
            if header is None:
                header = [column(cell) for cell in cells]
                if message := unknown_columns(kind, header):
                    return Incoming(problems=(Problem(name, line, "-", message),))
            elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                message = (
                    f"has {len(cells)} cells under {len(header)} columns: put cells that hold the "
                    "separator between quotation marks"
                )
                return Incoming(problems=(Problem(name, line, "-", message),))
            else:
                rows.append(_row(line, header, cells, name, notices))
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        return Incoming(problems=(Problem(name, 1, "-", f"is not CSV: {error}"),))
    if header is None:
        return Incoming(problems=(Problem(name, 1, "-", "is empty"),))
    return Incoming(rows=tuple(rows), notices=tuple(notices))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = next((sign for sign in _SEPARATORS if sign in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    for cells in reader:
        start, line = line, reader.line_num + 1
        if any(cell.strip() for cell in cells):
            yield start, cells


def _row(line: int, header: list[str], cells: list[str], name: str, notices: list[str]) -> RawRow:
    kept: dict[str, str] = {}
    for field, cell in zip(header, cells, strict=False):
        bare = " ".join(cell.split())
        if is_formula(bare):
            notices.append(f"{name}:{line}: {field}: kept as text; no formula is calculated")
        kept[field] = restored(bare)
    return RawRow(line=line, cells=kept)


def write_csv(kind: type[Artefact], cells: tuple[dict[str, str], ...]) -> str:
    """Writes rows of text; what a spreadsheet would calculate is disarmed, except plain numbers."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    columns = kind.row.columns()
    writer.writerow(columns)
    for row in cells:
        writer.writerow([_safe(kind, name, row.get(name, "")) for name in columns])
    return buffer.getvalue()


def _safe(kind: type[Artefact], name: str, cell: str) -> str:
    return cell if kind.row.model_fields[name].annotation is float else disarmed(cell)
