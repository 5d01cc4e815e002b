"""A board in the making: rows of text, with what can be said of them before all is in order.

A draft is whatever was typed. Its first rows that are in order make a board already, so that
findings and picture do not vanish while the next row is being written.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact, Trouble, checked_rows
from interviewer.domain.artefacts.checks import findings
from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.artefacts.kinds import kind_of
from interviewer.domain.value import Value
from interviewer.errors import InputError, NotText
from interviewer.workbench.boards.csv_form import write_csv
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.json_form import write_json
from interviewer.workbench.boards.markdown_form import write_markdown
from interviewer.workbench.boards.writing import write_board

Cells = dict[str, str]
"""One row of a draft: every column of its kind, with what was typed there."""

MOST_TYPED = 20_000
"""Characters of one cell that are kept; a cell in order has far fewer."""
MOST_OF_A_DRAFT = 1_000_000
"""Characters of all cells together."""

_PART = "part"
_GIVEN = {_PART, "when", "gain_unit", "risk_unit"}
"""Columns that stand in a row nobody has written in yet."""


class CheckedDraft(Value):
    """What can be said of a draft.

    Attributes:
        rows: How many rows it has, without empty ones at its end.
        board: The board of its first rows that are in order; None if the first is not.
        is_whole: Whether these are all rows.
        wrong: What was typed and cannot stand.
        open: What is needed and still empty.
        findings: What a risk officer would stop at in `board`.
    """

    rows: int
    board: Artefact | None = None
    is_whole: bool = False
    wrong: tuple[Trouble, ...] = ()
    open: tuple[Trouble, ...] = ()
    findings: tuple[Finding, ...] = ()


def has_parts(kind: type[Artefact]) -> bool:
    """Whether it is a sheet: one row for each of its parts, no more and no fewer."""
    return _PART in kind.row.columns()


def parts_of(kind: type[Artefact]) -> tuple[str, ...]:
    """The parts of a sheet, in order; none for other kinds."""
    if not has_parts(kind):
        return ()
    return tuple(kind.row.model_fields[_PART].annotation or ())  # type: ignore[arg-type]


def empty_row(kind: type[Artefact], **cells: str) -> Cells:
    """A row with nothing in it but these cells."""
    return dict.fromkeys(kind.row.columns(), "") | cells


def draft_rows(kind_id: str, rows: Sequence[Mapping[str, Any]] = ()) -> list[Cells]:
    """Rows to edit: those given as text, and what a board of the kind begins with.

    Raises:
        UnknownId: There is no such kind.
        InputError: There are too many rows or characters; NotText, if some do not print.
    """
    kind = kind_of(kind_id)
    made = [{name: _text(row.get(name)) for name in kind.row.columns()} for row in rows]
    _bounded(made)
    if has_parts(kind):
        given = [row[_PART].strip().casefold() for row in made]
        made += [empty_row(kind, part=it) for it in parts_of(kind) if it not in given]
        order = {part: number for number, part in enumerate(parts_of(kind))}
        return sorted(made, key=lambda row: order.get(row[_PART].strip().casefold(), len(order)))
    if made:
        return made
    begun = {"when": "before"} if "when" in kind.row.columns() else {}
    return [empty_row(kind, **begun)]


def checked_draft(kind_id: str, rows: Sequence[Cells]) -> CheckedDraft:
    """Checks a draft.

    Args:
        kind_id: Its kind.
        rows: As `draft_rows` gives them.

    Raises:
        UnknownId: There is no such kind.
    """
    kind = kind_of(kind_id)
    kept = list(rows)
    while kept and not has_parts(kind) and _is_blank(kept[-1]):
        kept.pop()
    if not kept:
        return CheckedDraft(rows=0)
    found: list[Trouble] = []
    first = kept
    while first:
        checked = checked_rows(kind, first)
        if isinstance(checked, Artefact):
            board, whole = checked, len(first) == len(kept)
            return _sorted(kept, found, board, is_whole=whole)
        found += [trouble for trouble in checked if trouble not in found]
        in_rows = [trouble.row for trouble in checked]
        first = first[: min((row or 1 for row in in_rows), default=1) - 1]
    return _sorted(kept, found, None, is_whole=False)


def written_draft(kind_id: str, rows: Sequence[Cells], form: Format) -> str:
    """The draft as text, also where it is not in order yet; empty rows at its end are left out."""
    checked = checked_draft(kind_id, rows)
    if checked.board is not None and checked.is_whole:
        return write_board(checked.board, form)
    kind = kind_of(kind_id)
    cells = tuple(rows[: max(1, checked.rows)])
    match form:
        case Format.CSV:
            return write_csv(kind, cells)
        case Format.JSON:
            return write_json(kind, [dict(row) for row in cells])
        case Format.MARKDOWN:
            return write_markdown(kind, cells)


def _sorted(
    rows: list[Cells], found: list[Trouble], board: Artefact | None, *, is_whole: bool
) -> CheckedDraft:
    """Troubles apart: a cell that is empty is open, anything else is wrong."""

    def is_open(trouble: Trouble) -> bool:
        if trouble.row is None or trouble.row > len(rows) or trouble.field is None:
            return False
        return not rows[trouble.row - 1].get(trouble.field, "").strip()

    return CheckedDraft(
        rows=len(rows),
        board=board,
        is_whole=is_whole,
        wrong=tuple(trouble for trouble in found if not is_open(trouble)),
        open=tuple(filter(is_open, found)),
        findings=findings(board) if board is not None else (),
    )


def _is_blank(row: Cells) -> bool:
    return not any(value.strip() for name, value in row.items() if name not in _GIVEN)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _bounded(rows: list[Cells]) -> None:
    if len(rows) > MOST_ROWS:
        raise InputError(f"a board has at most {MOST_ROWS} rows, and this one has {len(rows):,}")
    total = 0
    for number, row in enumerate(rows, 1):
        for name, value in row.items():
            total += len(value)
            if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
                raise NotText(f"row {number}, {name}: it holds characters that are not text")
            if len(value) > MOST_TYPED:
                raise InputError(
                    f"row {number}, {name}: it has {len(value):,} characters, over {MOST_TYPED:,}"
                )
    if total > MOST_OF_A_DRAFT:
        raise InputError(f"the board has {total:,} characters and may have {MOST_OF_A_DRAFT:,}")
