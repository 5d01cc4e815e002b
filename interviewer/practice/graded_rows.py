"""The file of graded rows: appended to while a run goes on, and all there is to resume it from.

A row counts as done when its whole line is in the file. A process that was killed may leave half a
line at the end; it is cut off and the row graded again. Rows stand in the order in which they were
finished; `line` is their place in the input.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout
from pydantic import Field

from interviewer.domain.value import Value
from interviewer.errors import InputError

CELLS = (
    "line", "id", "sha256", "question", "overall", "score", "risk", "impact", "leadership", "yes", "partly", "no",
    "not_assessed", "red_flags", "out_of_date", "hygiene", "confidence", "may_be_gamed", "engine", "error",
)  # fmt: skip


class GradedRow(Value):
    """What came of one row: a critique, or the reason why there is none."""

    line: int
    id: str | None
    sha256: str | None = Field(description="Of question and answer; None for an unusable row.")
    question: str | None = None
    critique: dict[str, Any] | None = None
    error: str | None = None


class GradedFile:
    """The file, open for appending; use it as a context."""

    def __init__(self, path: Path) -> None:
        """Names the file; nothing is touched before the context is entered.

        Raises:
            InputError: It is of another kind than .jsonl and .csv.
        """
        if path.suffix.lower() not in (".jsonl", ".csv"):
            raise InputError(f"--out {path.name}: is neither .jsonl nor .csv")
        self.path = path
        self.is_csv = path.suffix.lower() == ".csv"
        self._lock = FileLock(path.with_name(f".{path.name}.lock"))
        self._file: BinaryIO | None = None

    def __enter__(self) -> "GradedFile":
        """Locks and opens the file, and cuts off half a line.

        Raises:
            InputError: Another run writes to it, or it cannot be written.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise InputError(f"{self.path} is being written by another run") from None
        except OSError as error:
            raise InputError(f"cannot write {self.path}: {error.strerror}") from None
        try:
            self._file = self.path.open("ab+")
            _cut_half_a_line(self._file)
        except OSError as error:
            self.__exit__()
            raise InputError(f"cannot write {self.path}: {error.strerror}") from None
        if self.is_csv and self._file.tell() == 0:
            self._file.write((",".join(CELLS) + "\n").encode())
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        self._lock.release()

    def done(self) -> Iterator[tuple[int, str | None, str | None, int | None, str | None]]:
        """Of every row in the file: line, id, sha256, overall level and error.

        Raises:
            InputError: A line is not one of ours, and would be taken for a grade.
        """
        with self.path.open("rb") as raw:
            lines = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            try:
                yield from (_of_csv(lines) if self.is_csv else _of_jsonl(lines))
            except (ValueError, KeyError, TypeError, csv.Error) as error:
                raise InputError(
                    f"{self.path} does not hold graded rows ({type(error).__name__}): name another --out"
                ) from None

    def add(self, rows: Iterable[GradedRow]) -> None:
        """Appends rows, all or, where the disk is full, as many as are whole.

        Raises:
            OSError: The disk is full or gone.
        """
        if self._file is None:
            raise RuntimeError("the file is not open")
        try:
            for row in rows:
                self._file.write(_csv_line(row) if self.is_csv else _json_line(row))
            self._file.flush()
        except OSError:
            self._give_up()
            raise

    def _give_up(self) -> None:
        """Closes without a further try to write what is buffered, and leaves whole lines."""
        file, self._file = self._file, None
        if file is None:
            return
        with suppress(OSError):
            file.close()
        with self.path.open("rb+") as again:
            _cut_half_a_line(again)


def _cut_half_a_line(file: BinaryIO) -> None:
    size = file.seek(0, io.SEEK_END)
    at = size
    while at > 0:
        step = min(at, 1 << 16)
        file.seek(at - step)
        newline = file.read(step).rfind(b"\n")
        if newline >= 0:
            at = at - step + newline + 1
            break
        at -= step
    if at < size:
        file.truncate(at)
    file.seek(0, io.SEEK_END)


def _json_line(row: GradedRow) -> bytes:
    return (json.dumps(row.model_dump(), ensure_ascii=False) + "\n").encode()


def _of_jsonl(
    lines: Iterable[str],
) -> Iterator[tuple[int, str | None, str | None, int | None, str | None]]:
    for line in lines:
        found = json.loads(line)
        level = (found["critique"] or {}).get("overall")
        yield int(found["line"]), found["id"], found["sha256"], level, found["error"]


def _of_csv(
    lines: Iterable[str],
) -> Iterator[tuple[int, str | None, str | None, int | None, str | None]]:
    for cells in csv.DictReader(lines):
        level = int(cells["overall"]) if cells["overall"] else None
        row_id = cells["id"].removeprefix("'") or None
        yield int(cells["line"]), row_id, cells["sha256"] or None, level, cells["error"] or None


def _csv_line(row: GradedRow) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow([_safe(cell) for cell in _cells(row)])
    return buffer.getvalue().encode()


def _safe(cell: object) -> object:
    """One line, and no formula: a spreadsheet would run what begins with one of these marks."""
    if not isinstance(cell, str):
        return "" if cell is None else cell
    flat = " ".join(cell.split())
    return f"'{flat}" if flat[:1] in tuple("=+-@") else flat


def _cells(row: GradedRow) -> list[object]:
    found = row.critique or {}
    points = [point["met"] for point in found.get("points", ())]
    signals = found.get("signals", {})
    return [
        row.line, row.id, row.sha256, row.question, found.get("overall"), found.get("score"),
        *(signals.get(signal) for signal in ("risk", "impact", "leadership")),
        *(points.count(met) if found else None for met in ("yes", "partly", "no", None)),
        "; ".join(flag["id"] for flag in found.get("red_flags", ())),
        "; ".join(flag["cited"] for flag in found.get("currency", ()) if not flag["acknowledged"]),
        "; ".join(flaw["kind"] for flaw in found.get("hygiene", ())),
        found.get("confidence"), found.get("may_be_gamed"), found.get("engine"), row.error,
    ]  # fmt: skip
