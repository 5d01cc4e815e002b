"""Run as a program: waits for a line on standard input, opens the database, appends.

Usage: opener.py URL INTERVIEW_ID [EVENTS [LENGTH]]. Prints "ready", then one JSON line: the
error's class and message, or nulls, the last number stored, and whether Alembic was imported.
"""

import asyncio
import datetime as dt
import json
import sys
from collections.abc import AsyncIterator
from typing import Any, Literal

from pydantic import BaseModel, TypeAdapter

from interviewer.errors import InterviewerError
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog


class Said(BaseModel):
    type: Literal["said"] = "said"
    at: dt.datetime
    text: str


async def write(url: str, interview_id: str, events: int, length: int) -> AsyncIterator[int]:
    """Gives each sequence number as it is acknowledged."""
    event = Said(at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), text="x" * length)
    async with Database(url) as database:
        log = EventLog(database, TypeAdapter(Said))
        last = await log.create(interview_id, "ada", "t", "r", "offline", [event])
        yield last
        while last < events:
            try:
                last = await log.append(interview_id, [event], last, owner="ada")
            except InterviewerError:
                assert len(await log.load(interview_id, owner="ada")) == last
                raise
            yield last


async def report(outcome: dict[str, object], *arguments: Any) -> None:
    try:
        async for outcome["stored"] in write(*arguments):
            pass
    except InterviewerError as error:
        outcome |= {"error": type(error).__name__, "message": str(error)}


def main(url: str, interview_id: str, events: str = "1", length: str = "10") -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    outcome: dict[str, object] = {"error": None, "message": None, "stored": 0}
    asyncio.run(report(outcome, url, interview_id, int(events), int(length)))
    outcome["alembic"] = "alembic" in sys.modules
    sys.stdout.write(json.dumps(outcome) + "\n")


main(*sys.argv[1:])
