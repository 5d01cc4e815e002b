"""Run as a program: for each line on standard input, a child goes on with an interview until it is
over or somebody kills it.

Usage: interviewee.py URL INTERVIEW_ID ENGINE, ENGINE being `offline` or `model` (grades in the
background). A child prints `pid N`, then `stored N` when its N-th act is known to be stored, `turn N`
when it was replied to, and `over` at the end. After a child is gone the program prints `gone`.
Forked children share what was imported, so that dozens can be killed in a few seconds.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.engines.offline.speaker import spoken
from interviewer.engines.protocols import Scene, Speech
from interviewer.errors import RuleBroken
from interviewer.interviews.performance import Engine
from interviewer.interviews.updates import TurnTaken, Update
from interviewer.store.engine import Database
from tests.engines.parts import a_reader
from tests.interviews.parts import OWNER, a_conductor, short_questions

QUESTIONS = tuple(f"q{number}" for number in range(8))
PAUSE_S = 0.002


class Slow:
    """Says authored lines with pauses and grades offline after one, to be killed in between."""

    name = "model"

    def __init__(self) -> None:
        self._reader = a_reader()

    def say(self, scene: Scene) -> Speech:
        async def pieces(_: Speech) -> AsyncIterator[str]:
            for word in spoken(scene).split(" "):
                await asyncio.sleep(PAUSE_S / 4)
                yield f"{word} "

        return Speech(pieces)

    async def assess(self, exchange: Exchange) -> Assessment:
        await asyncio.sleep(PAUSE_S * 4)
        return await self._reader.assess(exchange)


def act_text(number: int) -> str | None:
    """What the candidate says as the N-th act, from 1; None is a pass."""
    match number % 5:
        case 0:
            return None
        case 1:
            return f"Act {number}: I don't know."
        case _:
            return f"Act {number}: we look at it every day and Dana owns the alert."


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


async def told(number: int, updates: AsyncIterator[Update]) -> None:
    """Prints what happens to the candidate's N-th act."""
    first = True
    async for update in updates:
        if first:
            tell(f"stored {number}")
        first = False
        if isinstance(update, TurnTaken):
            tell(f"turn {number}")


async def go_on(url: str, interview_id: str, engine: str) -> None:
    tell(f"pid {os.getpid()}")
    async with Database(url) as database:
        slow = Slow()
        chosen = Engine("model", slow, slow) if engine == "model" else None
        speaker = None if engine == "model" else slow
        conductor = a_conductor(
            database,
            catalog=short_questions(*QUESTIONS, follow_ups=1),
            engine=chosen,
            speaker=speaker,
        )
        async for _ in conductor.advance(interview_id, owner=OWNER):
            pass
        while not (interview := await conductor.load(interview_id, owner=OWNER)).is_over:
            acts = [
                turn
                for exchange in interview.exchanges
                for turn in exchange.turns
                if turn.speaker == "candidate"
            ]
            number = len(acts) + 1
            text = act_text(number)
            updates = (
                conductor.skip(interview_id, owner=OWNER)
                if text is None
                else conductor.answer(
                    interview_id, text, owner=OWNER, idempotency_key=f"act {number}"
                )
            )
            try:
                await told(number, updates)
            except RuleBroken:  # another process acted first
                await asyncio.sleep(PAUSE_S)
        await conductor.graded(interview_id, owner=OWNER)
    tell("over")


def main(url: str, interview_id: str, engine: str) -> None:
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(go_on(url, interview_id, engine))
            os._exit(0)
        os.waitpid(child, 0)
        tell("gone")


if __name__ == "__main__":
    main(*sys.argv[1:])
