"""Rows of a file between whoever reads it and the workers that grade them.

A row's grade is written once: whoever comes second, as after a crash, changes nothing.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, null, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.store.engine import Database
from interviewer.store.tables import BatchRow


class Waiting(NamedTuple):
    """A row to be graded."""

    line: int
    row_id: str
    question: str
    answer: str


class Batches:
    """The rows of one owner's batch."""

    def __init__(
        self, database: Database, owner: str, batch: str, clock: Callable[[], dt.datetime]
    ) -> None:
        self._database = database
        self._owner = owner
        self._batch = batch
        self._clock = clock
        self._mine = (BatchRow.owner == owner, BatchRow.batch == batch)

    async def put(self, rows: Sequence[Waiting]) -> None:
        """Keeps rows; a line that is there already stays as it is."""
        insert: Any = sqlite_dialect.insert if self._database.is_sqlite else postgresql.insert
        now = self._clock()
        values = [
            {
                "owner": self._owner,
                "batch": self._batch,
                "at": now,
                "graded": null(),
                **row._asdict(),
            }
            for row in rows
        ]

        async def add(session: AsyncSession) -> None:
            await session.execute(insert(BatchRow).values(values).on_conflict_do_nothing())

        await self._database.write(add)

    async def ungraded(self, lines: Sequence[int]) -> list[Waiting]:
        """Those of the lines that have no grade yet."""
        wanted = select(BatchRow.line, BatchRow.row_id, BatchRow.question, BatchRow.answer).where(
            *self._mine, BatchRow.line.in_(lines), _has_no_grade()
        )

        async def found(session: AsyncSession) -> list[Waiting]:
            return [Waiting(*row) for row in (await session.execute(wanted)).all()]

        return await self._database.read(found)

    async def grade(self, line: int, graded: dict[str, Any]) -> bool:
        """Writes a grade; False where there is one already, or the row is gone."""
        first = (
            update(BatchRow)
            .where(*self._mine, BatchRow.line == line, _has_no_grade())
            .values(graded=graded)
        )

        async def write(session: AsyncSession) -> bool:
            done: Any = await session.execute(first)
            return bool(done.rowcount)

        return await self._database.write(write)

    async def graded(self, most: int) -> list[tuple[int, dict[str, Any]]]:
        """Up to so many rows with a grade: line and grade."""
        wanted: Select[Any] = (
            select(BatchRow.line, BatchRow.graded)
            .where(*self._mine, ~_has_no_grade())
            .order_by(BatchRow.line)
            .limit(most)
        )

        async def found(session: AsyncSession) -> list[tuple[int, dict[str, Any]]]:
            return [(row.line, row.graded) for row in (await session.execute(wanted)).all()]

        return await self._database.read(found)

    async def remove(self, lines: Sequence[int]) -> None:
        """Forgets rows whose grade has been taken over."""
        gone = delete(BatchRow).where(*self._mine, BatchRow.line.in_(lines))

        async def write(session: AsyncSession) -> None:
            await session.execute(gone)

        await self._database.write(write)

    async def count(self) -> int:
        """Rows that are still here, graded or not."""
        counted = select(func.count()).select_from(BatchRow).where(*self._mine)

        async def found(session: AsyncSession) -> int:
            return int((await session.execute(counted)).scalar_one())

        return await self._database.read(found)


def _has_no_grade() -> Any:
    # JSON has a null of its own, which is not SQL's; `put` writes the latter.
    return BatchRow.graded.is_(null())
