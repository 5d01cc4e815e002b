"""A request with a key: carried out once, however often it is sent."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import InputError
from interviewer.store.tables import IdempotencyRow

LONGEST_KEY = 200


class AppendRequest:
    """One append, recognised when it comes again; without a key it is never recognised."""

    def __init__(
        self, interview_id: str, owner: str, key: str | None, payloads: Sequence[dict[str, Any]]
    ) -> None:
        """Takes the request as sent.

        Raises:
            InputError: The key is empty, too long or not printable.
        """
        if key is not None and not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
            raise InputError(
                f"an Idempotency-Key has 1 to {LONGEST_KEY} printable characters, this one "
                f"{len(key)}: {key[:40]!r}"
            )
        self._interview_id = interview_id
        self._owner = owner
        self._key = key
        self._sha256 = _fingerprint(interview_id, payloads)

    async def earlier_seq(self, session: AsyncSession) -> int | None:
        """The sequence number of the first time, or None if this is the first time.

        Raises:
            InputError: The key stands for another request.
        """
        if self._key is None:
            return None
        found = await session.execute(
            select(IdempotencyRow.seq, IdempotencyRow.request_sha256).where(
                IdempotencyRow.owner == self._owner, IdempotencyRow.key == self._key
            )
        )
        row = found.one_or_none()
        if row is None:
            return None
        if row.request_sha256 != self._sha256:
            raise InputError(
                f"the Idempotency-Key {self._key!r} was used for another request: send a new key"
            )
        return int(row.seq)

    async def remember(self, session: AsyncSession, seq: int, now: dt.datetime) -> None:
        """Stores the key with its result, in the transaction that carries the request out."""
        if self._key is None:
            return
        await session.execute(
            insert(IdempotencyRow).values(
                owner=self._owner,
                key=self._key,
                interview_id=self._interview_id,
                seq=seq,
                request_sha256=self._sha256,
                at=now,
            )
        )


def _fingerprint(interview_id: str, payloads: Sequence[dict[str, Any]]) -> str:
    # `at` is our clock's, not the client's: a repeat of the same request has a later one.
    content = [{k: v for k, v in payload.items() if k != "at"} for payload in payloads]
    text = json.dumps([interview_id, content], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
