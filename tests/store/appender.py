"""Run as a program: appends to one interview for ever, printing each acknowledged number.

Usage: appender.py URL INTERVIEW_ID. It creates the interview if it is new.
"""

import asyncio
import datetime as dt
import sys
from typing import Literal

from pydantic import BaseModel, TypeAdapter

from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog


class Said(BaseModel):
    type: Literal["said"] = "said"
    at: dt.datetime
    text: str


def said(number: int) -> Said:
    return Said(at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC), text=f"{number} " + "x" * 800)


async def main(url: str, interview_id: str) -> None:
    async with Database(url) as database:
        log = EventLog(database, TypeAdapter(Said))
        last = await log.create(interview_id, "ada", "t", "r", "offline", [said(1)])
        while True:
            last = await log.append(interview_id, [said(last + 1)], last, owner="ada")
            sys.stdout.write(f"{last}\n")
            sys.stdout.flush()


asyncio.run(main(*sys.argv[1:]))
