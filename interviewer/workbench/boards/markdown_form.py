"""Boards as Markdown: a heading a row, a line `- column: value` a cell.

Values are escaped on the way out, so that a page that renders the file shows them as text.
"""

import re

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact
from interviewer.domain.problem import Problem
from interviewer.workbench.boards.incoming import Incoming, RawRow, column, unknown_columns

_KIND = re.compile(r"<!--\s*board:\s*([a-z0-9-]{1,40})\s*-->")
_ROW = re.compile(r"##\s*Row\b", re.IGNORECASE)
_CELL = re.compile(r"[-*]\s+([^:]{1,60}):\s?(.*)")
_ESCAPABLE = r"\\`*_<>\[\]|&!#~$"
_SPECIAL = re.compile(f"[{_ESCAPABLE}]")
_ESCAPED = re.compile(rf"\\([{_ESCAPABLE}])")


def kind_named(text: str) -> str | None:
    """The kind that a form names in its comment."""
    found = _KIND.search(text[:2_000])
    return found.group(1) if found else None


def read_markdown(kind: type[Artefact], name: str, text: str) -> Incoming:
    """Reads the rows; a row whose cells are all empty is left out."""
    rows: list[RawRow] = []
    problems: list[Problem] = []
    current: tuple[int, dict[str, str], dict[str, int]] | None = None
    last: str | None = None
    for number, written in enumerate(text.splitlines(), 1):
        if _ROW.match(written):
            _keep(kind, current, rows, name, problems)
            current, last = (number, {}, {}), None
        elif current is not None and (cell := _CELL.match(written)):
            last = _put(current, cell, number, name, problems)
        elif current is not None and last and written.startswith((" ", "\t")) and written.strip():
            current[1][last] += f" {_unescaped(written.strip())}"
        elif current is not None and written.strip():
            message = "is no line `- column: value`; go on with a line by beginning it with a space"
            problems.append(Problem(name, number, "-", message))
    _keep(kind, current, rows, name, problems)
    if not rows and not problems:
        problems.append(Problem(name, 1, "-", "no row is filled in: rows begin with `## Row`"))
    return Incoming(rows=tuple(rows[: MOST_ROWS + 1]), problems=tuple(problems), kind=kind.kind)


def _put(
    current: tuple[int, dict[str, str], dict[str, int]],
    cell: re.Match[str],
    number: int,
    name: str,
    problems: list[Problem],
) -> str:
    field = column(cell.group(1))
    if field in current[1]:
        problems.append(Problem(name, number, field, "stands twice in this row"))
    current[1][field] = _unescaped(cell.group(2).strip())
    current[2][field] = number
    return field


def _keep(
    kind: type[Artefact],
    current: tuple[int, dict[str, str], dict[str, int]] | None,
    rows: list[RawRow],
    name: str,
    problems: list[Problem],
) -> None:
    if current is None or not any(value.strip() for value in current[1].values()):
        return
    line, cells, lines = current
    if message := unknown_columns(kind, list(cells)):
        problems.append(Problem(name, line, "-", message))
        return
    rows.append(RawRow(line=line, cells=cells, lines=lines))


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(r"\1", value)


def write_markdown(kind: type[Artefact], rows: tuple[dict[str, str], ...]) -> str:
    """Writes rows of text."""
    lines = [f"<!-- board: {kind.kind} -->", f"# {kind.title}"]
    if kind.note:
        lines += ["", kind.note]
    for number, row in enumerate(rows, 1):
        lines += ["", f"## Row {number}", ""]
        lines += [
            f"- {name}: {_escaped(row.get(name, ''))}".rstrip() for name in kind.row.columns()
        ]
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", value)


def legend(kind: type[Artefact]) -> str:
    """What to write in each column, for the head of a form."""
    needed = {name for name, field in kind.row.model_fields.items() if field.is_required()}
    return "\n".join(
        f"> {name}{' (needed)' if name in needed else ''}: {kind.row.hint(name)}. For example: "
        f"{kind.row.example(name)}  "
        for name in kind.row.columns()
    )
