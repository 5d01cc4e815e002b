"""What a candidate writes at the workbench and has not sent: code, queries, sketches.

One text for each place where it is written, replaced as it grows. A place is named by the product
(`code/PROBLEM`, `interviews/ID/QUESTION`), never by what a browser sends.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import AnswerTooLong
from interviewer.store.drafts import checked_draft
from interviewer.store.engine import Database
from interviewer.store.tables import WorkDraftRow

MOST_CHARACTERS = 100_000
"""Of a draft: five times what may be sent, so that what is too long can still be shortened."""


class WorkDrafts:
    """The drafts of all owners; nobody sees another's."""

    def __init__(self, database: Database, clock: Callable[[], dt.datetime]) -> None:
        """Takes an open database and what gives aware times."""
        self._database = database
        self._clock = clock

    async def keep(self, place: str, text: str, *, owner: str) -> None:
        """Keeps a text in place of what was kept there before; empty text removes it.

        Raises:
            NotText: It holds a null character or half a surrogate pair.
            AnswerTooLong: It is longer than `MOST_CHARACTERS`; what was kept before stays.
            StoreError: The database failed; nothing was written.
        """
        checked_draft(text)
        if len(text) > MOST_CHARACTERS:
            raise AnswerTooLong(
                f"it has {len(text):,} characters, and {MOST_CHARACTERS:,} are kept at most"
            )
        if not text:
            gone = delete(WorkDraftRow).where(
                WorkDraftRow.owner == owner, WorkDraftRow.place == place
            )
            await self._write(gone)
            return
        # Two windows may keep the first draft at once, so this cannot be a look-up and an insert.
        insert: Any = sqlite_dialect.insert if self._database.is_sqlite else postgresql.insert
        now = self._clock()
        await self._write(
            insert(WorkDraftRow)
            .values(owner=owner, place=place, text=text, saved_at=now)
            .on_conflict_do_update(
                index_elements=[WorkDraftRow.owner, WorkDraftRow.place],
                set_={"text": text, "saved_at": now},
            )
        )

    async def kept(self, place: str, *, owner: str) -> str:
        """What is kept there; empty if nothing is.

        Raises:
            StoreError: The database failed.
        """
        query = select(WorkDraftRow.text).where(
            WorkDraftRow.owner == owner, WorkDraftRow.place == place
        )

        async def found(session: AsyncSession) -> str:
            return await session.scalar(query) or ""

        return await self._database.read(found)

    async def _write(self, statement: Any) -> None:
        async def write(session: AsyncSession) -> None:
            await session.execute(statement)

        await self._database.write(write)
