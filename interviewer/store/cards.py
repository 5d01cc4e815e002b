"""Cards, their reviews, and which interviews are drills."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.domain.card import Card, Review
from interviewer.errors import UnknownId
from interviewer.store.engine import Database
from interviewer.store.tables import CardRow, DrillRow, InterviewRow, ReviewRow

_TRIES = 4
Change = Callable[[Card | None], tuple[Card, Review]]
"""Gives a card after a review, and the review; None stands for a card that does not exist yet."""


class CardBox:
    """The cards of all owners."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def cards(self, owner: str) -> tuple[Card, ...]:
        """The owner's cards, the one due first in front."""
        query = (
            select(CardRow.payload)
            .where(CardRow.owner == owner)
            .order_by(CardRow.due, CardRow.question)
        )

        async def found(session: AsyncSession) -> tuple[Card, ...]:
            return tuple(Card.model_validate(row) for row in await session.scalars(query))

        return await self._database.read(found)

    async def card(self, question: str, *, owner: str) -> Card:
        """One card.

        Raises:
            UnknownId: The owner has no card of this question.
        """
        return await self._database.read(lambda session: _card(session, question, owner))

    async def change(self, question: str, change: Callable[[Card], Card], *, owner: str) -> Card:
        """Replaces a card by what becomes of it; gives the new one.

        Raises:
            UnknownId: The owner has no card of this question.
        """

        async def replace(session: AsyncSession) -> Card:
            card = change(await _card(session, question, owner, lock=True))
            await _keep(session, card, owner)
            return card

        return await self._database.write(replace)

    async def remember(self, drill: str, question: str, at: dt.datetime, *, owner: str) -> None:
        """Notes that an interview is a drill, so that it is reviewed even if a process dies."""
        row = {"interview_id": drill, "owner": owner, "question": question, "at": at}

        async def note(session: AsyncSession) -> None:
            await session.execute(insert(DrillRow), [row])

        await self._database.write(note)

    async def review(self, drill: str, question: str, change: Change, *, owner: str) -> Review:
        """Stores a review and what became of the card, both or neither, once for each drill.

        Returns:
            The review; that of the first time if the drill was reviewed before.
        """

        async def add(session: AsyncSession) -> Review:
            earlier = await _review(session, drill, owner)
            if earlier is not None:
                return earlier
            try:
                old = await _card(session, question, owner, lock=True)
            except UnknownId:
                old = None
            card, review = change(old)
            row = {
                "interview_id": drill,
                "owner": owner,
                "question": question,
                "at": review.at,
                "payload": review.model_dump(mode="json"),
            }
            await session.execute(insert(ReviewRow), [row])
            await _keep(session, card, owner, is_new=old is None)
            return review

        for _ in range(_TRIES):
            # Fails if another process reviewed the same drill, or made the same card, meanwhile.
            with suppress(IntegrityError):
                return await self._database.write(add)
        return await self._database.write(add)

    async def reviewed(self, drill: str, *, owner: str) -> Review | None:
        """The review of a drill, if there is one."""
        return await self._database.read(lambda session: _review(session, drill, owner))

    async def reviews(self, owner: str) -> tuple[Review, ...]:
        """The owner's review log, oldest first."""
        query = (
            select(ReviewRow.payload)
            .where(ReviewRow.owner == owner)
            .order_by(ReviewRow.at, ReviewRow.interview_id)
        )

        async def found(session: AsyncSession) -> tuple[Review, ...]:
            return tuple(Review.model_validate(row) for row in await session.scalars(query))

        return await self._database.read(found)

    async def unreviewed(self, owner: str) -> tuple[str, ...]:
        """Drills that are over and were not reviewed, as after a crash."""
        query = (
            select(DrillRow.interview_id)
            .join(InterviewRow, InterviewRow.id == DrillRow.interview_id)
            .outerjoin(ReviewRow, ReviewRow.interview_id == DrillRow.interview_id)
            .where(DrillRow.owner == owner, InterviewRow.state == "over")
            .where(ReviewRow.interview_id.is_(None))
            .order_by(DrillRow.at)
        )

        async def found(session: AsyncSession) -> tuple[str, ...]:
            return tuple(await session.scalars(query))

        return await self._database.read(found)


def _where(question: str, owner: str) -> Any:
    return (CardRow.owner == owner) & (CardRow.question == question)


async def _card(session: AsyncSession, question: str, owner: str, *, lock: bool = False) -> Card:
    query = select(CardRow.payload).where(_where(question, owner))
    # SQLite ignores it: its writers are one at a time anyhow.
    found = await session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise UnknownId(f"there is no card of {question!r}: `interviewer cards list` names them")
    return Card.model_validate(found)


async def _keep(session: AsyncSession, card: Card, owner: str, *, is_new: bool = False) -> None:
    # An update, never a delete and an insert: whoever waits for the row's lock then finds it.
    content = {"due": card.memory.due, "payload": card.model_dump(mode="json")}
    if is_new:
        row = {"owner": owner, "question": card.question, **content}
        await session.execute(insert(CardRow), [row])
    else:
        await session.execute(update(CardRow).where(_where(card.question, owner)).values(content))


async def _review(session: AsyncSession, drill: str, owner: str) -> Review | None:
    query = select(ReviewRow.payload).where(
        ReviewRow.interview_id == drill, ReviewRow.owner == owner
    )
    found = await session.scalar(query)
    return None if found is None else Review.model_validate(found)
