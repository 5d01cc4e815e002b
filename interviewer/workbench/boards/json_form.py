"""Boards as JSON: `{"kind": ..., "rows": [...]}`, or the list of rows alone."""

import json
from typing import Any

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact
from interviewer.domain.problem import Problem
from interviewer.workbench.boards.incoming import Incoming, RawRow, column


def read_json(kind: type[Artefact] | None, name: str, text: str) -> Incoming:
    """Reads rows; the line of a row is not known in JSON, so rows are named by number."""
    del kind
    try:
        found = json.loads(text)
    except RecursionError:
        return _refused(name, 1, "is nested too deeply")
    except json.JSONDecodeError as error:
        return _refused(name, error.lineno, f"is not JSON: {error.msg}")
    except ValueError:
        return _refused(name, 1, "holds a number that is too long")
    named, rows = _parts(found)
    if not isinstance(rows, list):
        return _refused(name, 1, 'is neither a list of rows nor {"kind": ..., "rows": [...]}')
    wrong = next((i for i, row in enumerate(rows, 1) if not isinstance(row, dict)), None)
    if wrong is not None:
        return _refused(name, 1, f"row {wrong} is not an object of column and value")
    return Incoming(
        rows=tuple(
            RawRow(line=1, cells={column(str(key)): value for key, value in row.items()})
            for row in rows[: MOST_ROWS + 1]
        ),
        kind=named,
    )


def _parts(found: Any) -> tuple[str | None, Any]:
    if not isinstance(found, dict):
        return None, found
    kind = found.get("kind")
    return kind if isinstance(kind, str) else None, found.get("rows")


def _refused(name: str, line: int, message: str) -> Incoming:
    return Incoming(problems=(Problem(name, line, "-", message),))


def write_json(kind: type[Artefact], rows: list[dict[str, Any]]) -> str:
    """Writes the document."""
    document = {"kind": kind.kind, "rows": rows}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
