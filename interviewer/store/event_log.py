"""An interview's events in order, appended and never changed, plus the half-typed answer.

Two writers may know the same last event; one of them wins. The primary key (interview, sequence
number) decides, so this holds between tasks, processes and machines.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import InputError, StoreError, WrongSequence
from interviewer.store.drafts import Draft, kept_draft, statement_for
from interviewer.store.engine import Database
from interviewer.store.idempotency import AppendRequest
from interviewer.store.interview_rows import Listed, is_id, last_seq, latest
from interviewer.store.tables import EventRow, InterviewRow

EventT = TypeVar("EventT", bound=BaseModel)

ACTIVE = "active"
_NEWER = {"union_tag_invalid", "extra_forbidden", "literal_error"}


class StoredEvent(NamedTuple, Generic[EventT]):
    """An event, its place in the log (from 1) and when it was stored (aware, UTC)."""

    seq: int
    at: dt.datetime
    event: EventT


def utc_now() -> dt.datetime:
    """The system's clock, aware, in UTC."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 (the default Clock itself)


class EventLog(Generic[EventT]):
    """The events of all interviews."""

    def __init__(
        self,
        database: Database,
        adapter: TypeAdapter[EventT],
        *,
        clock: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        """Takes an open database.

        Args:
            database: Open.
            adapter: Of the union of events, told apart by their field `type`.
            clock: Gives aware times.
        """
        self._database = database
        self._adapter = adapter
        self._clock = clock

    async def create(
        self,
        interview_id: str,
        owner: str,
        track: str,
        round: str,
        engine: str,
        events: Sequence[EventT],
        *,
        title: str = "",
    ) -> int:
        """Opens a log with its first events; gives the last sequence number.

        Raises:
            InputError: The id is taken, empty or too long.
            StoreError: The database failed; nothing was written.
        """
        if not is_id(interview_id):
            raise InputError(f"{interview_id!r} cannot be an interview's id; use a UUID")
        now = self._clock()
        row = InterviewRow(
            id=interview_id,
            owner=owner,
            track=track,
            round=round,
            engine=engine,
            state=ACTIVE,
            created_at=now,
            updated_at=now,
            title=title,
        )

        async def create(session: AsyncSession) -> None:
            session.add(row)
            await session.flush()
            await self._insert(session, interview_id, owner, self._payloads(events), 0, now)

        try:
            await self._database.write(create)
        except IntegrityError as error:
            raise InputError(
                f"the interview id {interview_id!r} is taken; use a new one"
            ) from error
        return len(events)

    async def append(
        self,
        interview_id: str,
        events: Sequence[EventT],
        expected_seq: int,
        *,
        owner: str,
        idempotency_key: str | None = None,
        state: str | None = None,
    ) -> int:
        """Appends all events or none; gives the new last sequence number.

        Args:
            interview_id: As given to `create`.
            events: At least one.
            expected_seq: The last sequence number the caller has seen.
            owner: The interview's.
            idempotency_key: At most 200 characters, chosen by the client. A repeat with the same
                events (their field `at` apart, which a repeat cannot share) gives the sequence
                number of the first time and appends nothing.
            state: The interview's new state in lists, if it changes.

        Raises:
            WrongSequence: Somebody else appended first: load, decide again.
            UnknownId: No such interview of this owner.
            InputError: The key was used for something else, or cannot be a key.
            StoreError: The database failed; nothing was written.
        """
        payloads = self._payloads(events)
        if not payloads:
            raise ValueError("there is no event to append")
        request = AppendRequest(interview_id, owner, idempotency_key, payloads)

        async def add(session: AsyncSession) -> int:
            earlier = await request.earlier_seq(session)
            if earlier is not None:
                return earlier
            if await last_seq(session, interview_id, owner) != expected_seq:
                raise _wrong_sequence(interview_id, expected_seq)
            now = self._clock()
            await request.remember(session, expected_seq + len(payloads), now)
            await self._insert(session, interview_id, owner, payloads, expected_seq, now)
            changed = {"updated_at": now} | ({} if state is None else {"state": state})
            await session.execute(
                update(InterviewRow).where(InterviewRow.id == interview_id).values(changed)
            )
            return expected_seq + len(payloads)

        try:
            return await self._database.write(add)
        except (IntegrityError, WrongSequence) as error:
            # The same request may have been the one that came first.
            earlier = await self._database.read(request.earlier_seq)
            if earlier is not None:
                return earlier
            if isinstance(error, WrongSequence):
                raise
            raise _wrong_sequence(interview_id, expected_seq) from error

    async def load(
        self, interview_id: str, *, owner: str, after: int = 0
    ) -> tuple[StoredEvent[EventT], ...]:
        """The log in order.

        Args:
            interview_id: Whose log.
            owner: Who must own it.
            after: Sequence number of an event that the caller knows already, with all before it;
                0 for the whole log.

        Raises:
            WrongSequence: The log does not reach as far as `after`.
            UnknownId: No such interview, or another owner's; the message does not tell which.
            StoreError: Written by a newer version, damaged, or the database failed.
        """
        rows = (
            select(EventRow.seq, EventRow.at, EventRow.type, EventRow.payload)
            .where(
                EventRow.interview_id == interview_id,
                EventRow.owner == owner,
                EventRow.seq > after,
            )
            .order_by(EventRow.seq)
        )

        async def found(session: AsyncSession) -> Sequence[Any]:
            last = await last_seq(session, interview_id, owner)
            if last < after:
                raise _wrong_sequence(interview_id, after)
            if last == after:
                return ()
            return (await session.execute(rows)).all()

        return tuple(
            StoredEvent(seq, at, self._event(interview_id, seq, kind, payload))
            for seq, at, kind, payload in await self._database.read(found)
        )

    async def listing(self, owner: str, limit: int = 50) -> tuple[Listed, ...]:
        """An owner's interviews, the one touched last first.

        Raises:
            StoreError: The database failed.
        """
        return await self._database.read(lambda session: latest(session, owner, limit))

    async def save_draft(self, interview_id: str, text: str, *, owner: str) -> None:
        """Keeps what is typed so far in place of what was kept before; empty text removes it.

        Raises:
            UnknownId: No such interview of this owner.
            NotText: The text holds a null character or half a surrogate pair.
            StoreError: The database failed; nothing was written.
        """
        keep_or_remove = statement_for(
            interview_id, text, owner=owner, now=self._clock(), sqlite=self._database.is_sqlite
        )

        async def keep(session: AsyncSession) -> None:
            await last_seq(session, interview_id, owner)
            await session.execute(keep_or_remove)

        await self._database.write(keep)

    async def draft(self, interview_id: str, *, owner: str) -> Draft | None:
        """What was typed and not sent, if anything.

        Raises:
            UnknownId: No such interview of this owner.
            StoreError: The database failed.
        """

        async def kept(session: AsyncSession) -> Draft | None:
            await last_seq(session, interview_id, owner)
            return await kept_draft(session, interview_id, owner)

        return await self._database.read(kept)

    def _payloads(self, events: Sequence[EventT]) -> list[dict[str, Any]]:
        return [self._adapter.dump_python(event, mode="json") for event in events]

    async def _insert(
        self,
        session: AsyncSession,
        interview_id: str,
        owner: str,
        payloads: Sequence[dict[str, Any]],
        after: int,
        now: dt.datetime,
    ) -> None:
        rows = [
            {
                "interview_id": interview_id,
                "seq": seq,
                "owner": owner,
                "type": payload["type"],
                "payload": payload,
                "at": now,
            }
            for seq, payload in enumerate(payloads, start=after + 1)
        ]
        if rows:
            await session.execute(insert(EventRow), rows)

    def _event(self, interview_id: str, seq: int, kind: str, payload: dict[str, Any]) -> EventT:
        try:
            return self._adapter.validate_python(payload)
        except ValidationError as error:
            kinds = {problem["type"] for problem in error.errors(include_input=False)}
            where = f"event {seq} ({kind!r}) of interview {interview_id!r}"
            if kinds & _NEWER:
                raise StoreError(
                    f"{where} was written by a newer version of the product: update it to read on"
                ) from None
            raise StoreError(
                f"{where} is damaged ({', '.join(sorted(kinds))}): restore a copy of the database"
            ) from None


def _wrong_sequence(interview_id: str, expected_seq: int) -> WrongSequence:
    return WrongSequence(
        f"interview {interview_id!r} has moved on from event {expected_seq}: load it and try again"
    )
