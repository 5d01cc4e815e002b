"""Questions that their owner imported."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.own_question import OwnQuestion
from interviewer.errors import UnknownId
from interviewer.store.engine import Database
from interviewer.store.tables import CardRow, OwnQuestionRow


class OwnQuestions:
    """The imported questions of all owners; nobody sees another's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, owner: str) -> tuple[OwnQuestion, ...]:
        """The owner's questions, by id."""
        query = (
            select(OwnQuestionRow.payload)
            .where(OwnQuestionRow.owner == owner)
            .order_by(OwnQuestionRow.id)
        )

        async def found(session: AsyncSession) -> tuple[OwnQuestion, ...]:
            return tuple(OwnQuestion.model_validate(row) for row in await session.scalars(query))

        return await self._database.read(found)

    async def keep(self, questions: Sequence[OwnQuestion], at: dt.datetime, *, owner: str) -> int:
        """Stores all or none; one of the same id is replaced. Gives how many were replaced."""
        ids = [own.question.id for own in questions]
        rows = [
            {
                "owner": owner,
                "id": own.question.id,
                "payload": own.model_dump(mode="json"),
                "at": at,
            }
            for own in questions
        ]

        async def store(session: AsyncSession) -> int:
            replaced = 0
            for start in range(0, len(ids), _AT_ONCE):
                removed = await session.execute(
                    delete(OwnQuestionRow)
                    .where(
                        OwnQuestionRow.owner == owner,
                        OwnQuestionRow.id.in_(ids[start : start + _AT_ONCE]),
                    )
                    .returning(OwnQuestionRow.id)
                )
                replaced += len(removed.all())
            if rows:
                await session.execute(insert(OwnQuestionRow), rows)
            return replaced

        return await self._database.write(store)

    async def forget(self, question: str, *, owner: str) -> None:
        """Removes a question and its card; drills of it stay in the log.

        Raises:
            UnknownId: The owner has imported no such question.
        """

        async def remove(session: AsyncSession) -> None:
            removed = await session.execute(
                delete(OwnQuestionRow)
                .where(OwnQuestionRow.owner == owner, OwnQuestionRow.id == question)
                .returning(OwnQuestionRow.id)
            )
            if not removed.all():
                raise UnknownId(f"you have imported no question {question!r}")
            await session.execute(
                delete(CardRow).where(CardRow.owner == owner, CardRow.question == question)
            )

        await self._database.write(remove)


_AT_ONCE = 500
"""Ids in one statement; SQLite takes 32,766 parameters, asyncpg 32,767."""
