"""A bulk critique through a queue: rows out to workers, grades back into the file."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterator
from itertools import groupby
from pathlib import Path

from interviewer.practice.answer_rows import Row, count_rows
from interviewer.practice.bulk import Bulk, Progress
from interviewer.practice.graded_rows import GradedRow
from interviewer.store.batches import Batches, Waiting

CHUNK = 8
"""Lines of one job: those from a multiple of this number on, so that a second run names the same."""
_PUT_AT_ONCE = 512
_COLLECTED_AT_ONCE = 256
_LOOK_S = 0.5
_SILENT_S = 15.0
"""After so long without a grade whoever waits is told that no worker may be running."""

Defer = Callable[[list[list[int]]], Awaitable[None]]
"""Takes lists of lines, one a job; a job that is waiting already is not added again."""


def batch_of(out: Path) -> str:
    """Names the batch after its output, so that the same command goes on with it."""
    return hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:32]


class QueuedBulk(Bulk):
    """One run over one file whose rows are graded by `interviewer worker` processes."""

    def __init__(self, source: Path, out: Path, batches: Batches, defer: Defer) -> None:
        super().__init__(source, out, batch=1, concurrency=1)
        self._batches = batches
        self._defer = defer

    async def run_queued(
        self,
        progress: Progress = lambda _done, _of, _usage: None,
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        """Hands out every row that is not in the output, and collects until none is left.

        Args:
            progress: As for `run`.
            waiting: Called once if nothing comes back for a while.

        Raises:
            InputError: A file cannot be used.
            BulkStopped: The output cannot be written.
            StoreError: The database failed; the same command goes on.
        """
        of = count_rows(self._source)
        with self.writing():
            known = self._known()
            await self._hand_out(self._todo(known))
            silent = 0.0
            while await self._batches.count():
                if await self._collect():
                    silent = 0.0
                    progress(self.summary.rows, of, self.summary.usage)
                    continue
                await asyncio.sleep(_LOOK_S)
                silent += _LOOK_S
                if silent == _SILENT_S:
                    waiting()

    async def _hand_out(self, rows: Iterator[Row]) -> None:
        kept: list[Row] = []
        for row in rows:
            kept.append(row)
            # Cut between jobs, so that every job has all of its lines.
            if len(kept) >= _PUT_AT_ONCE and row.line % CHUNK == CHUNK - 1:
                await self._put(kept)
                kept = []
        if kept:
            await self._put(kept)

    async def _put(self, rows: list[Row]) -> None:
        await self._batches.put([Waiting(r.line, r.id, r.question, r.answer) for r in rows])
        lines = [row.line for row in rows]
        await self._defer([list(job) for _, job in groupby(lines, lambda line: line // CHUNK)])

    async def _collect(self) -> bool:
        """Writes grades that have come back, then forgets their rows; in this order."""
        found = await self._batches.graded(_COLLECTED_AT_ONCE)
        done = self._lines_written
        self._write([GradedRow(**graded) for line, graded in found if line not in done])
        done.update(line for line, _ in found)
        await self._batches.remove([line for line, _ in found])
        return bool(found)
