"""Loops and the words of their debriefs, as their owner may see them."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import UnknownId
from interviewer.store.engine import Database
from interviewer.store.interview_rows import is_id
from interviewer.store.tables import DebriefRow, LoopRow


class KeptLoop(NamedTuple):
    """One loop as stored."""

    id: str
    track: str
    plan: dict[str, Any]
    created_at: dt.datetime


class KeptWords(NamedTuple):
    """The words of a debrief, and the hash of the facts they were written for."""

    facts_sha256: str
    words: dict[str, Any]


class LoopRows:
    """The loops of all owners; no query leaves the owner out."""

    def __init__(self, database: Database, *, clock: Callable[[], dt.datetime]) -> None:
        """Takes an open database and a clock that gives aware times."""
        self._database = database
        self._clock = clock

    async def add(self, loop_id: str, owner: str, track: str, plan: dict[str, Any]) -> None:
        """Keeps a new loop.

        Raises:
            StoreError: The database failed; nothing was written.
        """
        row = LoopRow(id=loop_id, owner=owner, track=track, plan=plan, created_at=self._clock())

        async def keep(session: AsyncSession) -> None:
            session.add(row)

        await self._database.write(keep)

    async def load(self, loop_id: str, *, owner: str) -> KeptLoop:
        """One loop.

        Raises:
            UnknownId: No such loop, or another owner's; the message does not tell which.
            StoreError: The database failed.
        """
        columns = [getattr(LoopRow, name) for name in KeptLoop._fields]
        query = select(*columns).where(LoopRow.id == loop_id, LoopRow.owner == owner)

        async def found(session: AsyncSession) -> Any:
            return (await session.execute(query)).one_or_none()

        row = await self._database.read(found) if is_id(loop_id) else None
        if row is None:
            raise UnknownId(f"there is no loop {loop_id[:80]!r}: check the id against your list")
        return KeptLoop(*row)

    async def listing(self, owner: str, limit: int = 50) -> tuple[KeptLoop, ...]:
        """An owner's loops, the newest first.

        Raises:
            StoreError: The database failed.
        """
        columns = [getattr(LoopRow, name) for name in KeptLoop._fields]
        query = (
            select(*columns)
            .where(LoopRow.owner == owner)
            .order_by(LoopRow.created_at.desc(), LoopRow.id)
            .limit(limit)
        )

        async def found(session: AsyncSession) -> Any:
            return (await session.execute(query)).all()

        return tuple(KeptLoop(*row) for row in await self._database.read(found))

    async def keep_words(
        self, loop_id: str, facts_sha256: str, words: dict[str, Any], *, owner: str
    ) -> None:
        """Keeps the words of a debrief in place of earlier ones.

        Raises:
            UnknownId: No such loop of this owner.
            StoreError: The database failed; the earlier words stand.
        """
        await self.load(loop_id, owner=owner)
        row = DebriefRow(
            loop_id=loop_id,
            owner=owner,
            facts_sha256=facts_sha256,
            words=words,
            at=self._clock(),
        )

        async def keep(session: AsyncSession) -> None:
            await session.execute(
                delete(DebriefRow).where(DebriefRow.loop_id == loop_id, DebriefRow.owner == owner)
            )
            session.add(row)

        await self._database.write(keep)

    async def words(self, loop_id: str, *, owner: str) -> KeptWords | None:
        """The words kept last, if any.

        Raises:
            StoreError: The database failed.
        """
        query = select(DebriefRow.facts_sha256, DebriefRow.words).where(
            DebriefRow.loop_id == loop_id, DebriefRow.owner == owner
        )

        async def found(session: AsyncSession) -> Any:
            return (await session.execute(query)).one_or_none()

        row = await self._database.read(found)
        return None if row is None else KeptWords(*row)
