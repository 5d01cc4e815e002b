"""What a candidate has typed and not sent: one text per interview, replaced as it grows."""

import datetime as dt
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import UpdateBase

from interviewer.errors import NotText
from interviewer.store.tables import DraftRow


class Draft(NamedTuple):
    """What was typed and not sent, and when it was saved (aware, UTC)."""

    text: str
    saved_at: dt.datetime


def statement_for(
    interview_id: str, text: str, *, owner: str, now: dt.datetime, sqlite: bool
) -> UpdateBase:
    """The statement that keeps a draft, or removes it when the text is empty.

    Raises:
        NotText: The text holds a null character or half a surrogate pair.
    """
    checked_draft(text)
    if not text:
        return delete(DraftRow).where(
            DraftRow.interview_id == interview_id, DraftRow.owner == owner
        )
    # Two pages may save the first draft at once, so this cannot be a look-up and an insert.
    insert: Any = sqlite_dialect.insert if sqlite else postgresql.insert
    statement: UpdateBase = (
        insert(DraftRow)
        .values(interview_id=interview_id, owner=owner, text=text, saved_at=now)
        .on_conflict_do_update(
            index_elements=[DraftRow.interview_id], set_={"text": text, "saved_at": now}
        )
    )
    return statement


def checked_draft(text: str) -> None:
    """Refuses what no database can hold as text.

    Raises:
        NotText: It holds a null character or half a surrogate pair.
    """
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise NotText("the draft holds characters that are not text; nothing was saved")


async def kept_draft(session: AsyncSession, interview_id: str, owner: str) -> Draft | None:
    """The draft of an owner's interview, if there is one."""
    kept = select(DraftRow.text, DraftRow.saved_at).where(
        DraftRow.interview_id == interview_id, DraftRow.owner == owner
    )
    row = (await session.execute(kept)).one_or_none()
    return None if row is None else Draft(*row)
