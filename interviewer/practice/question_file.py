"""Reading a list of questions from CSV or JSONL: every problem with its line and field.

Nothing of a file is trusted: sizes are bounded, text must be UTF-8, and a row is checked before
anything is made of it. All rows are read before any is used.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from interviewer.domain.problem import Problem
from interviewer.practice.listed_question import ListedQuestion

MOST_BYTES = 50_000_000
MOST_ROWS = 2_000
MOST_CELL = 20_000
"""Characters of one cell, or of one line of JSON; as of an answer."""
MOST_PROBLEMS = 20
COLUMNS = (
    "question",
    "id",
    "points",
    "criterion",
    "signal",
    "persona",
    "track",
    "round",
    "minutes",
)

_BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x00\x00\xfe\xff": "UTF-32"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_SEPARATOR = re.compile(r"\s*(?:\||\r?\n)\s*")


class Row:
    """One row with its place in the file."""

    def __init__(self, line: int, listed: ListedQuestion) -> None:
        self.line = line
        self.listed = listed


def read_questions(name: str, data: bytes) -> tuple[list[Row], list[Problem]]:
    """Reads a file: JSONL if its name ends in `.jsonl` or `.ndjson`, else CSV.

    Args:
        name: Of the file, for its kind and for messages.
        data: Its bytes.

    Returns:
        Rows, and at most `MOST_PROBLEMS` problems; with any, the rows should not be used.
    """
    problems: list[Problem] = []
    text = _text(name, data, problems)
    if text is None:
        return [], problems
    is_json = name.lower().endswith((".jsonl", ".ndjson"))
    raw = _json_rows(name, text, problems) if is_json else _csv_rows(name, text, problems)
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for line, content in raw:
        if len(rows) >= MOST_ROWS:
            problems.append(Problem(name, line, "-", f"a file may hold {MOST_ROWS:,} questions"))
            break
        listed = _listed(name, line, content, problems)
        if listed is None:
            continue
        if listed.id is not None and listed.id in seen:
            message = f"{listed.id!r} is already used in line {seen[listed.id]}"
            problems.append(Problem(name, line, "id", message))
        seen.setdefault(listed.id or f"line {line}", line)
        rows.append(Row(line, listed))
    if not rows and not problems:
        problems.append(Problem(name, 1, "-", "there is no question in it"))
    return rows, problems[:MOST_PROBLEMS]


def _text(name: str, data: bytes, problems: list[Problem]) -> str | None:
    if len(data) > MOST_BYTES:
        problems.append(Problem(name, 1, "-", f"is over {MOST_BYTES:,} bytes"))
        return None
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            problems.append(Problem(name, 1, "-", f"is {encoding}: save it as UTF-8"))
            return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start]
        problems.append(Problem(name, line, "-", f"is not UTF-8 text (byte 0x{bad:02x})"))
        return None


def _json_rows(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        if len(written) > MOST_CELL * 5:
            problems.append(Problem(name, line, "-", f"is over {MOST_CELL * 5:,} characters"))
            continue
        try:
            content = json.loads(written)
        except (ValueError, RecursionError) as error:
            why = getattr(error, "msg", "nested too deeply")
            problems.append(Problem(name, line, "-", f"is not JSON: {why}"))
            continue
        if isinstance(content, dict):
            yield line, _with_points(content)
        else:
            problems.append(Problem(name, line, "-", "is not a JSON object"))


def _with_points(content: dict[str, Any]) -> dict[str, Any]:
    """A point may be written as its statement alone."""
    points = content.get("points")
    if isinstance(points, list):
        content["points"] = [{"statement": p} if isinstance(p, str) else p for p in points]
    return content


def _csv_rows(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, Any]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(Problem(name, max(reader.line_num, line), "-", _csv_trouble(error)))
            return
        start, line = line, reader.line_num + 1
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            if not _header_holds(name, start, header, problems):
                return
        elif len(cells) > len(header):
            message = f"has {len(cells)} cells under {len(header)} columns: quote cells with commas"
            problems.append(Problem(name, start, "-", message))
        else:
            yield start, _of_cells(dict(zip(header, cells, strict=False)))


def _csv_trouble(error: csv.Error) -> str:
    if "field larger" in str(error):
        return f"a cell is over {MOST_CELL:,} characters"
    return f"is not CSV: {error}"


def _header_holds(name: str, line: int, header: list[str], problems: list[Problem]) -> bool:
    unknown = [column for column in header if column not in COLUMNS]
    if "question" not in header:
        message = f"the column `question` is missing; columns are {', '.join(COLUMNS)}"
    elif unknown:
        message = f"unknown column {unknown[0][:40]!r}; columns are {', '.join(COLUMNS)}"
    elif len(set(header)) < len(header):
        message = "a column stands twice"
    else:
        return True
    problems.append(Problem(name, line, "-", message))
    return False


def _of_cells(cells: dict[str, str]) -> dict[str, Any]:
    """A row of CSV as a row of JSON: empty cells left out, points cut at `|` and line ends."""
    content: dict[str, Any] = {key: cell for key, cell in cells.items() if cell.strip()}
    if (listed := content.get("points")) is not None and len(listed) <= MOST_CELL:
        statements = [part for part in _SEPARATOR.split(listed.strip()) if part]
        content["points"] = [{"statement": statement} for statement in statements]
    return content


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _strings(item)


def _listed(
    name: str, line: int, content: dict[str, Any], problems: list[Problem]
) -> ListedQuestion | None:
    for field, cell in content.items():
        if isinstance(cell, str) and len(cell) > MOST_CELL:
            problems.append(Problem(name, line, field, f"is over {MOST_CELL:,} characters"))
            return None
        if any(_CONTROL.search(text) for text in _strings(cell)):
            problems.append(Problem(name, line, field, "holds characters that are not text"))
            return None
    try:
        return ListedQuestion.model_validate(content)
    except ValidationError as error:
        for issue in error.errors(include_url=False, include_input=False):
            field = ".".join(str(part) for part in issue["loc"]) or "-"
            problems.append(Problem(name, line, field[:80], issue["msg"]))
        return None
