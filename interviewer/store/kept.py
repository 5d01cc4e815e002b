"""Critiques and regrades that are kept: documents of one owner, in order of time."""

import datetime as dt
import uuid
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.critique import Critique
from interviewer.domain.regrade import Regrade
from interviewer.store.engine import Database
from interviewer.store.tables import CritiqueRow, RegradeRow


class KeptCritique(NamedTuple):
    """A critique with its id and time (aware, UTC)."""

    id: str
    at: dt.datetime
    critique: Critique


class Kept:
    """Critiques outside interviews, and interviews graded again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add_critique(self, found: Critique, at: dt.datetime, *, owner: str) -> str:
        """Stores a critique; gives its id."""
        critique_id = str(uuid.uuid4())
        row = {
            "id": critique_id,
            "owner": owner,
            "question": found.question,
            "payload": found.model_dump(mode="json"),
            "at": at,
        }

        async def add(session: AsyncSession) -> None:
            await session.execute(insert(CritiqueRow), [row])

        await self._database.write(add)
        return critique_id

    async def critiques(self, owner: str) -> tuple[KeptCritique, ...]:
        """The owner's critiques, oldest first."""
        query = (
            select(CritiqueRow.id, CritiqueRow.at, CritiqueRow.payload)
            .where(CritiqueRow.owner == owner)
            .order_by(CritiqueRow.at, CritiqueRow.id)
        )

        async def found(session: AsyncSession) -> tuple[KeptCritique, ...]:
            rows = (await session.execute(query)).all()
            return tuple(KeptCritique(i, at, Critique.model_validate(doc)) for i, at, doc in rows)

        return await self._database.read(found)

    async def add_regrade(self, regrade: Regrade, *, owner: str) -> None:
        """Stores a regrade beside the interview's own grades.

        Raises:
            sqlalchemy.exc.IntegrityError: The interview is not the owner's.
        """
        row = {
            "id": str(uuid.uuid4()),
            "interview_id": regrade.interview,
            "owner": owner,
            "at": regrade.at,
            "payload": regrade.model_dump(mode="json"),
        }

        async def add(session: AsyncSession) -> None:
            await session.execute(insert(RegradeRow), [row])

        await self._database.write(add)

    async def regrades(self, interview_id: str, *, owner: str) -> tuple[Regrade, ...]:
        """The regrades of an interview, oldest first."""
        query = (
            select(RegradeRow.payload)
            .where(RegradeRow.owner == owner, RegradeRow.interview_id == interview_id)
            .order_by(RegradeRow.at, RegradeRow.id)
        )

        async def found(session: AsyncSession) -> tuple[Regrade, ...]:
            return tuple(Regrade.model_validate(row) for row in await session.scalars(query))

        return await self._database.read(found)
