"""Boards that their owners keep: rows of text, replaced as they are edited."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import UnknownId, WrongSequence
from interviewer.store.engine import Database
from interviewer.store.tables import BoardRow


class KeptBoard(NamedTuple):
    """A board as it was saved last.

    Attributes:
        id: Unlike any other.
        kind: One of the kinds of board.
        title: What its owner calls it.
        rows: One mapping a row, of column to what was typed.
        revision: From 1, one more with every save.
        saved_at: Aware, UTC.
    """

    id: str
    kind: str
    title: str
    rows: list[dict[str, str]]
    revision: int
    saved_at: dt.datetime


class ListedBoard(NamedTuple):
    """A board without its rows."""

    id: str
    kind: str
    title: str
    saved_at: dt.datetime


class BoardRows:
    """The boards of all owners; nobody sees another's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def listing(self, owner: str) -> tuple[ListedBoard, ...]:
        """The owner's boards, the one saved last in front."""
        query = (
            select(BoardRow.id, BoardRow.kind, BoardRow.title, BoardRow.saved_at)
            .where(BoardRow.owner == owner)
            .order_by(BoardRow.saved_at.desc(), BoardRow.id)
        )

        async def found(session: AsyncSession) -> tuple[ListedBoard, ...]:
            return tuple(ListedBoard(*row) for row in (await session.execute(query)).all())

        return await self._database.read(found)

    async def count(self, owner: str) -> int:
        """How many boards an owner keeps."""
        query = select(func.count()).select_from(BoardRow).where(BoardRow.owner == owner)

        async def counted(session: AsyncSession) -> int:
            return int(await session.scalar(query) or 0)

        return await self._database.read(counted)

    async def board(self, board_id: str, *, owner: str) -> KeptBoard:
        """One board.

        Raises:
            UnknownId: The owner keeps no such board.
        """
        query = select(BoardRow).where(BoardRow.id == board_id, BoardRow.owner == owner)

        async def found(session: AsyncSession) -> KeptBoard:
            row = None if "\0" in board_id else await session.scalar(query)
            if row is None:
                raise _unknown(board_id)
            return KeptBoard(row.id, row.kind, row.title, row.rows, row.revision, row.saved_at)

        return await self._database.read(found)

    async def add(self, board: KeptBoard, *, owner: str) -> None:
        """Stores a new board."""

        async def store(session: AsyncSession) -> None:
            await session.execute(insert(BoardRow), [{"owner": owner, **board._asdict()}])

        await self._database.write(store)

    async def save(
        self,
        board_id: str,
        title: str,
        rows: Sequence[dict[str, str]],
        *,
        revision: int,
        at: dt.datetime,
        owner: str,
    ) -> int:
        """Replaces title and rows; gives the new revision.

        Args:
            board_id: Which board.
            title: What it is called from now on.
            rows: All of its rows.
            revision: The one that was edited.
            at: Aware, UTC.
            owner: Whose board.

        Raises:
            UnknownId: The owner keeps no such board.
            WrongSequence: Somebody saved it since; nothing was replaced.
        """
        mine = (BoardRow.id == board_id, BoardRow.owner == owner)
        change = (
            update(BoardRow)
            .where(*mine, BoardRow.revision == revision)
            .values(title=title, rows=list(rows), revision=revision + 1, saved_at=at)
            .returning(BoardRow.revision)
        )

        async def store(session: AsyncSession) -> int:
            saved = (await session.execute(change)).scalar_one_or_none()
            if saved is not None:
                return saved
            if await session.scalar(select(BoardRow.revision).where(*mine)) is None:
                raise _unknown(board_id)
            raise WrongSequence(
                "this board was changed in another window since; nothing was overwritten"
            )

        return await self._database.write(store)

    async def forget(self, board_id: str, *, owner: str) -> None:
        """Deletes a board.

        Raises:
            UnknownId: The owner keeps no such board.
        """
        gone = (
            delete(BoardRow)
            .where(BoardRow.id == board_id, BoardRow.owner == owner)
            .returning(BoardRow.id)
        )

        async def remove(session: AsyncSession) -> None:
            if (await session.execute(gone)).one_or_none() is None:
                raise _unknown(board_id)

        await self._database.write(remove)


def _unknown(board_id: str) -> UnknownId:
    return UnknownId(f"you keep no board {board_id[:40]!r}")
