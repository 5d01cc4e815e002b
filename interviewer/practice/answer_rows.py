"""Rows of answers to critique in bulk, read one by one from JSONL or CSV.

A row that cannot be used is handed on as a problem with its line number: one bad row never stops
the rest, and the whole file is never in memory.
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from interviewer.engines.hygiene import MOST_CHARACTERS
from interviewer.errors import InputError

COLUMNS = ("id", "question", "answer")
MOST_LINE_BYTES = 1_000_000
"""A longer line is skipped unread: no answer of the permitted length needs a tenth of it."""
_MOST_ID = 200


class Row(NamedTuple):
    """One answer."""

    line: int
    id: str
    question: str
    answer: str

    @property
    def sha256(self) -> str:
        """Of question and answer, 16 digits: tells a repeat from a change."""
        return hashlib.sha256(f"{self.question}\0{self.answer}".encode()).hexdigest()[:16]


class BadRow(NamedTuple):
    """A row that cannot be graded, and why."""

    line: int
    id: str | None
    problem: str


def read_rows(file: Path) -> Iterator[Row | BadRow]:
    """Every row in order, each id once.

    Raises:
        InputError: The file cannot be read, is of another kind, or lacks a column.
    """
    kind = file.suffix.lower()
    if kind not in _READERS:
        raise InputError(f"{file.name} is neither .jsonl nor .csv")
    try:
        yield from _once(_READERS[kind](file))
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None


def count_rows(file: Path) -> int:
    """About how many rows there are, for a progress bar: lines that are not empty.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        with file.open("rb") as lines:
            found = sum(1 for line in lines if line.strip())
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    return max(0, found - (file.suffix.lower() == ".csv"))


def _once(rows: Iterator[Row | BadRow]) -> Iterator[Row | BadRow]:
    seen: dict[int, int] = {}
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        # Eight bytes an id: a set of strings would grow with the file.
        key = int.from_bytes(hashlib.sha256(row.id.encode()).digest()[:8])
        if key in seen:
            yield BadRow(row.line, row.id, f"the id was used on line {seen[key]} already")
            continue
        seen[key] = row.line
        yield row


def _lines(file: Path) -> Iterator[tuple[int, str | None, str]]:
    """Number, text and, where there is no text, what is wrong with it."""
    with file.open("rb") as raw:
        number = 0
        while line := raw.readline(MOST_LINE_BYTES):
            number += 1
            if len(line) == MOST_LINE_BYTES and not line.endswith(b"\n"):
                while (rest := raw.readline(MOST_LINE_BYTES)) and not rest.endswith(b"\n"):
                    pass
                yield number, None, f"the line is longer than {MOST_LINE_BYTES:,} bytes"
                continue
            try:
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8"), ""
            except UnicodeDecodeError:
                yield number, None, "the line is not UTF-8 text: save the file as UTF-8"


def _from_jsonl(file: Path) -> Iterator[Row | BadRow]:
    for number, text, problem in _lines(file):
        if text is None:
            yield BadRow(number, None, problem)
        elif text.strip():
            yield _from_json(number, text)


def _from_json(number: int, text: str) -> Row | BadRow:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return BadRow(number, None, "the line is not JSON")
    if not isinstance(found, dict):
        return BadRow(number, None, "the line is not a JSON object")
    return _row(number, [found.get(column) for column in COLUMNS])


def _from_csv(file: Path) -> Iterator[Row | BadRow]:
    bad: list[BadRow] = []

    def decoded() -> Iterator[str]:
        for number, text, problem in _lines(file):
            if text is None:
                bad.append(BadRow(number, None, problem))
            else:
                yield text.replace("\0", "")

    csv.field_size_limit(MOST_LINE_BYTES)
    reader = csv.reader(decoded(), strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise InputError(f"{file.name}:1: {error}") from None
    if missing := [column for column in COLUMNS if column not in header]:
        raise InputError(
            f"{file.name}:1: there is no column {', '.join(missing)}; needed: {', '.join(COLUMNS)}"
        )
    places = [header.index(column) for column in COLUMNS]
    while True:
        yield from bad
        before, skipped = reader.line_num, len(bad)
        bad.clear()
        try:
            cells = next(reader)
        except StopIteration:
            yield from bad
            return
        except csv.Error as error:
            yield BadRow(before + skipped + 1, None, f"the line is not CSV: {error}")
            continue
        if cells:
            yield _cut(before + 1, cells, places)


def _cut(number: int, cells: Sequence[str], places: Sequence[int]) -> Row | BadRow:
    if len(cells) <= max(places):
        return BadRow(number, None, f"the row has {len(cells)} cells, too few")
    return _row(number, [cells[place] for place in places])


def _row(number: int, values: Sequence[object]) -> Row | BadRow:
    row_id = values[0] if isinstance(values[0], str | int) else None
    name = None if row_id is None else str(row_id).strip()[:_MOST_ID]
    for column, value in zip(COLUMNS, values, strict=True):
        if column == "id" and not name:
            return BadRow(number, None, "the row has no id")
        if column != "id" and (not isinstance(value, str) or not value.strip()):
            return BadRow(number, name, f"{column!r} is missing or no text")
    question, answer = str(values[1]).strip(), str(values[2])
    if len(answer) > MOST_CHARACTERS:
        return BadRow(
            number, name, f"the answer has {len(answer):,} characters; at most {MOST_CHARACTERS:,}"
        )
    return Row(number, str(name), question, answer)


_READERS = {".jsonl": _from_jsonl, ".csv": _from_csv}
