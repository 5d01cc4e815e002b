"""Reading a board from CSV, JSON or a Markdown form: every problem with its line and field.

Nothing of a file is trusted: sizes are bounded, text must be UTF-8, every cell is validated.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact, Trouble, checked_rows
from interviewer.domain.artefacts.kinds import KINDS, kind_of
from interviewer.domain.problem import Problem
from interviewer.domain.value import Value
from interviewer.workbench.boards.csv_form import read_csv
from interviewer.workbench.boards.incoming import Format, Incoming, RawRow, column
from interviewer.workbench.boards.json_form import read_json
from interviewer.workbench.boards.markdown_form import kind_named, read_markdown

MOST_BYTES = 1_000_000
MOST_PROBLEMS = 20

_SUFFIXES = {".csv": Format.CSV, ".tsv": Format.CSV, ".json": Format.JSON, ".md": Format.MARKDOWN}


class ReadBoard(Value):
    """A board, or what must be corrected before it is one.

    Attributes:
        kind: Its kind; None where it could not be told.
        board: None if there are problems.
        rows: As they were written, also where there are problems; none if they could not be told apart.
        problems: At most `MOST_PROBLEMS`, in the order of the file.
        notices: What was taken differently from how it was written.
    """

    kind: str | None = None
    board: Artefact | None = None
    rows: tuple[dict[str, Any], ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


def decoded(name: str, data: bytes) -> str | Problem:
    """The bytes as text, or why they are none."""
    if len(data) > MOST_BYTES:
        return Problem(name, 1, "-", f"is over {MOST_BYTES:,} bytes")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(name, 1, "-", "is UTF-16: save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start]
        return Problem(name, line, "-", f"is not UTF-8 text (byte 0x{bad:02x})")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return Problem(name, line, "-", "holds a zero byte: it is not a text file")
    return text


def read_board(
    name: str, data: bytes | str, *, kind: str | None = None, form: Format | None = None
) -> ReadBoard:
    """Reads a board.

    Args:
        name: Of the file, for its format and for messages.
        data: What stands in it.
        kind: What it should be; by default what it names, or what its columns fit.
        form: How it is written; by default by the name's ending, else by how it begins.

    Raises:
        UnknownId: There is no such kind.
    """
    if kind is not None:
        kind_of(kind)
    # A lone surrogate can come in over JSON; the cell that holds it is refused by name.
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if isinstance(data, str) and len(raw) <= MOST_BYTES and "\0" not in data:
        text: str | Problem = data.removeprefix("\ufeff")
    else:
        text = decoded(name, raw)
    if isinstance(text, Problem):
        return ReadBoard(kind=kind, problems=(text,))
    form = form or _form(name, text)
    told = kind or _told(form, text)
    if told is None:
        return ReadBoard(problems=(Problem(name, 1, "-", _UNTOLD),))
    return _validated(kind_of(told), name, _read(kind_of(told), name, text, form))


def read_rows(kind: str, rows: Sequence[Mapping[str, Any]], name: str = "board") -> ReadBoard:
    """Reads a board from rows that are already apart, such as those of a page's table.

    Raises:
        UnknownId: There is no such kind.
    """
    raw = tuple(
        RawRow(line=number, cells={column(key): value for key, value in row.items()})
        for number, row in enumerate(rows[: MOST_ROWS + 1], 1)
    )
    return _validated(kind_of(kind), name, Incoming(rows=raw))


_UNTOLD = f"which board is this? Say it with the kind: {', '.join(KINDS)}"


def _form(name: str, text: str) -> Format:
    for suffix, form in _SUFFIXES.items():
        if name.lower().endswith(suffix):
            return form
    start = text.lstrip()[:1]
    if start in ("{", "["):
        return Format.JSON
    return Format.MARKDOWN if start in ("<", "#") else Format.CSV


def _told(form: Format, text: str) -> str | None:
    """The kind that a file names, or the one whose needed columns it has and no other's."""
    if form is Format.MARKDOWN:
        named = kind_named(text)
        return named if named in KINDS else None
    if form is Format.JSON:
        found = read_json(None, "-", text)
        if found.kind in KINDS:
            return found.kind
        given = set(found.rows[0].cells) if found.rows else set()
    else:
        first = text.lstrip().split("\n", 1)[0]
        for separator in ";\t":
            first = first.replace(separator, ",")
        given = {column(cell.strip().strip('"')) for cell in first.split(",")}
    fitting = [kind for kind in KINDS.values() if _fits(kind, given)]
    return fitting[0].kind if fitting else None


def _fits(kind: type[Artefact], given: set[str]) -> bool:
    fields = kind.row.model_fields
    needed = {name for name, field in fields.items() if field.is_required()}
    return needed <= given <= set(fields)


def _read(kind: type[Artefact], name: str, text: str, form: Format) -> Incoming:
    match form:
        case Format.CSV:
            return read_csv(kind, name, text)
        case Format.JSON:
            return read_json(kind, name, text)
        case Format.MARKDOWN:
            return read_markdown(kind, name, text)


def _validated(kind: type[Artefact], name: str, found: Incoming) -> ReadBoard:
    problems = found.problems
    if not problems and found.kind not in (None, kind.kind):
        wrong = f"it is a {str(found.kind)[:40]!r}, not a {kind.kind!r}"
        problems = (Problem(name, 1, "kind", wrong),)
    if problems:
        return ReadBoard(kind=kind.kind, problems=problems[:MOST_PROBLEMS], notices=found.notices)
    rows = tuple(row.cells for row in found.rows)
    checked = checked_rows(kind, rows)
    if isinstance(checked, Artefact):
        return ReadBoard(kind=kind.kind, board=checked, rows=rows, notices=found.notices)
    placed = tuple(_placed(name, trouble, found.rows) for trouble in checked[:MOST_PROBLEMS])
    return ReadBoard(kind=kind.kind, rows=rows, problems=placed, notices=found.notices)


def _placed(name: str, trouble: Trouble, rows: tuple[RawRow, ...]) -> Problem:
    field = trouble.field or "-"
    if trouble.row is None or trouble.row > len(rows):
        return Problem(name, 1, field, trouble.message)
    row = rows[trouble.row - 1]
    line = row.lines.get(field, row.line)
    return Problem(name, line, field, f"row {trouble.row}: {trouble.message}")
