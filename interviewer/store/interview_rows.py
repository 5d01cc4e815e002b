"""Queries on interviews as their owner may see them."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import UnknownId
from interviewer.store.tables import EventRow, InterviewRow


class Listed(NamedTuple):
    """One interview in a list."""

    id: str
    track: str
    round: str
    engine: str
    state: str
    title: str
    created_at: dt.datetime
    updated_at: dt.datetime


def is_id(interview_id: str) -> bool:
    """Whether this could be an interview's id; PostgreSQL cannot even look for U+0000."""
    return 0 < len(interview_id) <= 36 and interview_id.isprintable()


async def last_seq(session: AsyncSession, interview_id: str, owner: str) -> int:
    """The last sequence number of a log, 0 while it is empty.

    Raises:
        UnknownId: No such interview, or another owner's; the message does not tell which.
    """
    last = (
        select(func.coalesce(func.max(EventRow.seq), 0))
        .where(EventRow.interview_id == interview_id)
        .scalar_subquery()
    )
    query = select(last).where(InterviewRow.id == interview_id, InterviewRow.owner == owner)
    found = await session.scalar(query) if is_id(interview_id) else None
    if found is None:
        raise UnknownId(f"there is no interview {interview_id!r}: check the id against your list")
    return int(found)


async def latest(session: AsyncSession, owner: str, limit: int) -> tuple[Listed, ...]:
    """An owner's interviews, the one touched last first."""
    columns = [getattr(InterviewRow, name) for name in Listed._fields]
    rows = (
        select(*columns)
        .where(InterviewRow.owner == owner)
        .order_by(InterviewRow.updated_at.desc(), InterviewRow.id)
        .limit(limit)
    )
    return tuple(Listed(*row) for row in await session.execute(rows))
