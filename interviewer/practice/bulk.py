"""Critique in bulk: rows in, graded rows out, as many at once as the grader takes.

What is in memory does not grow with the file: rows are read as they are needed, at most
`concurrency` batches are under way, and a finished batch is written at once.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from interviewer.domain.usage import Usage
from interviewer.errors import InterviewerError, SpendLimitReached
from interviewer.practice.answer_rows import BadRow, Row, count_rows, read_rows
from interviewer.practice.bulk_summary import BulkSummary
from interviewer.practice.graded_rows import GradedFile, GradedRow

Grade = Callable[[Sequence[Row]], Awaitable[Sequence[GradedRow]]]
"""Grades a batch: one graded row for each row, in any order.

Raises `SpendLimitReached` where the run must stop; anything else that is wrong with a row is in it.
"""
Progress = Callable[[int, int, Usage], None]
"""Told how many rows are done, of about how many, and what this run has used."""


class BulkStopped(InterviewerError):
    """The run ended before the file did; what is in the output counts.

    Attributes:
        summary: So far.
    """

    def __init__(self, message: str, summary: BulkSummary) -> None:
        super().__init__(message)
        self.summary = summary


class Bulk:
    """One run over one file of answers."""

    def __init__(self, source: Path, out: Path, *, batch: int, concurrency: int) -> None:
        """Names the files.

        Args:
            source: JSONL or CSV with id, question and answer.
            out: Where graded rows go; if it exists, the run goes on from it.
            batch: Rows handed to the grader together, from 1.
            concurrency: Batches under way at once, from 1.

        Raises:
            InputError: `out` is of a kind that cannot be written.
        """
        self._source = source
        self._graded = GradedFile(out)
        self._batch = batch
        self._concurrency = concurrency
        self.summary = BulkSummary()
        self._lines_written: set[int] = set()

    async def run(self, grade: Grade, progress: Progress = lambda _done, _of, _usage: None) -> None:
        """Grades every row that is not in the output yet.

        Raises:
            InputError: A file cannot be used.
            BulkStopped: The spend limit is used up, or the output cannot be written.
        """
        of = count_rows(self._source)
        with self.writing():
            todo = self._todo(self._known())
            pending: set[asyncio.Task[Sequence[GradedRow]]] = set()
            try:
                for batch in _batches(todo, self._batch):
                    if len(pending) >= self._concurrency:
                        pending = await self._next(pending)
                        progress(self.summary.rows, of, self.summary.usage)
                    pending.add(asyncio.ensure_future(grade(batch)))
                while pending:
                    pending = await self._next(pending)
                    progress(self.summary.rows, of, self.summary.usage)
            except SpendLimitReached as error:
                await self._last(pending)
                raise BulkStopped(str(error), self.summary) from None
            except BaseException:
                await _cancelled(pending)
                raise

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The output, open.

        Raises:
            BulkStopped: It cannot be written any more.
        """
        with self._graded:
            try:
                yield
            except OSError as error:
                reason = error.strerror or str(error)
                message = f"cannot write {self._graded.path}: {reason}; free some space"
                raise BulkStopped(message, self.summary) from None

    def _known(self) -> dict[int, int]:
        """By the hash of its id, the hash of each row that is done; unusable lines by number."""
        known: dict[int, int] = {}
        for line, row_id, sha256, level, error in self._graded.done():
            self.summary.add(line, level, error)
            self._lines_written.add(line)
            key = f"line {line}" if sha256 is None else f"id {row_id}"
            known[_hash(key)] = _hash(sha256 or "")
        self.summary.earlier = self.summary.rows - self.summary.failed
        return known

    def _todo(self, known: dict[int, int]) -> Iterator[Row]:
        """Rows to grade. What cannot be graded is written at once."""
        for row in read_rows(self._source):
            if isinstance(row, BadRow):
                if _hash(f"line {row.line}") not in known:
                    self._write(
                        [GradedRow(line=row.line, id=row.id, sha256=None, error=row.problem)]
                    )
                continue
            done = known.get(_hash(f"id {row.id}"))
            if done is None:
                yield row
            elif done != _hash(row.sha256):
                problem = f"{row.id!r} was graded with another answer: name another --out"
                self.summary.add(row.line, None, problem)

    async def _next(
        self, pending: set[asyncio.Task[Sequence[GradedRow]]]
    ) -> set[asyncio.Task[Sequence[GradedRow]]]:
        """Waits for a batch and writes all that are finished, also if one of them must stop the run."""
        finished, still = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        stop: BaseException | None = None
        for task in finished:
            if task.exception() is None:
                self._write(task.result())
            else:
                stop = stop or task.exception()
        if stop is not None:
            pending.intersection_update(still)
            raise stop
        return still

    async def _last(self, pending: set[asyncio.Task[Sequence[GradedRow]]]) -> None:
        """Keeps what was under way and came to an end: it is paid for."""
        for found in await asyncio.gather(*pending, return_exceptions=True):
            if not isinstance(found, BaseException):
                self._write(found)

    def _write(self, rows: Sequence[GradedRow]) -> None:
        self._graded.add(rows)
        for row in rows:
            found = row.critique or {}
            self.summary.add(row.line, found.get("overall"), row.error, row.question)
            if "usage" in found:
                self.summary.usage += Usage(**found["usage"])


async def _cancelled(pending: Iterable[asyncio.Task[Sequence[GradedRow]]]) -> None:
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)


def _batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
