"""A stage for simulated loops: real parts, real SQLite, the shared vectors, and a clock of its own."""

import datetime as dt
import random
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from interviewer.bootstrap.product import Product
from interviewer.domain.catalog import Catalog
from interviewer.domain.events import EVENT
from interviewer.domain.interview import Interview
from interviewer.domain.question import Quality, Question
from interviewer.domain.rubric import Signal
from interviewer.domain.timing import speaking_seconds
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.offline.scribe import OfflineScribe
from interviewer.engines.offline.speaker import OfflineSpeaker
from interviewer.interviews.conduct import Conductor
from interviewer.interviews.debrief import Debriefs, LoopReport
from interviewer.interviews.loop import Loops
from interviewer.interviews.performance import Engine
from interviewer.interviews.updates import Update
from interviewer.paths import shipped
from interviewer.store.catalog_files import load_committee
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.loop_rows import LoopRows
from tests.simulation.candidates import LACKING, PLAIN, Candidate, lacking

OWNER = "simulated"
_LISTENING = dt.timedelta(seconds=8)
"""How long the interviewer takes to speak; it is not counted."""


class StageClock:
    """A clock that the words on stage move on."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def hear(self, text: str) -> None:
        """Lets as much time pass as the text takes to say."""
        self.now += dt.timedelta(seconds=max(2.0, speaking_seconds(text)))

    def wait(self) -> None:
        """Lets the interviewer speak."""
        self.now += _LISTENING


class Played(NamedTuple):
    """A loop after its end."""

    report: LoopReport
    rounds: tuple[Interview, ...]


class Stage:
    """Plays loops with simulated candidates."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        reader: OfflineAssessor,
        sat: Catalog | None = None,
    ) -> None:
        """Takes its parts.

        Args:
            database: Open.
            catalog: With the examples, from which candidates answer.
            reader: The offline assessor.
            sat: The seeds that the product has, if they are not those.
        """
        self.clock = StageClock()
        self._reader = reader
        self.catalog = catalog
        product = sat or catalog
        offline = Engine("offline", OfflineSpeaker(), reader)
        committee = load_committee(shipped("seeds"))
        rows = LoopRows(database, clock=self.clock)
        self.conductor = Conductor(
            log=EventLog(database, EVENT, clock=self.clock),
            catalog=product,
            engine=offline,
            offline=offline,
            reader=reader,
            clock=self.clock,
            version="simulation",
        )
        self.loops = Loops(
            rows=rows,
            conductor=self.conductor,
            catalog=product,
            clock=self.clock,
            version="simulation",
        )
        scribe = OfflineScribe(committee)
        self.debriefs = Debriefs(
            loops=self.loops,
            rows=rows,
            catalog=product,
            committee=committee,
            scribe=scribe,
            offline=scribe,
        )

    async def play(self, track: str, candidate: Candidate, seed: int) -> Played:
        """Plays a whole loop to its debrief."""
        loop_id = await self.loops.start(track, owner=OWNER, seed=seed)
        await self.go_on(loop_id, candidate, seed)
        report = await self.debriefs.report(loop_id, owner=OWNER)
        state = await self.loops.state(loop_id, owner=OWNER)
        rounds = [await self.conductor.load(r.interview, owner=OWNER) for r in state.rounds]
        return Played(report, tuple(rounds))

    async def go_on(
        self, loop_id: str, candidate: Candidate, seed: int, *, rounds: int | None = None
    ) -> None:
        """Sits what is left of a loop, or so many rounds of it."""
        chance = random.Random(seed)
        while rounds is None or rounds > 0:
            opened = await self.loops.open_next(loop_id, owner=OWNER)
            if opened is None:
                return
            await self._sit(opened.interview, candidate, chance)
            rounds = None if rounds is None else rounds - 1

    async def _sit(self, interview_id: str, candidate: Candidate, chance: random.Random) -> None:
        await _all(self.conductor.advance(interview_id, owner=OWNER))
        while not (interview := await self.conductor.load(interview_id, owner=OWNER)).is_over:
            self.clock.wait()
            current = interview.current
            assert current is not None
            text = candidate(self.catalog.question(current.question.id), interview, chance)
            self.clock.hear(text or "")
            acted = (
                self.conductor.skip(interview_id, owner=OWNER)
                if text is None
                else self.conductor.answer(interview_id, text, owner=OWNER)
            )
            await _all(acted)

    def candidate(self, name: str) -> Candidate:
        """The candidate of that name."""
        if name in PLAIN:
            return PLAIN[name]
        return lacking(LACKING[name], cache(partial(self._without, LACKING[name])))

    def _without(self, signal: Signal, question_id: str) -> str:
        """The strong example without the sentences in which the reader finds the signal."""
        question = self.catalog.question(question_id)
        answer = next(e.answer for e in question.examples if e.quality is Quality.STRONG)
        for _ in range(_MOST_CUTS):
            carried = self._carriers(question, signal, answer)
            kept = [
                s for s in _SENTENCE.split(answer) if not any(s in q or q in s for q in carried)
            ]
            if not carried or not kept:
                break
            answer = " ".join(kept)
        return answer

    def _carriers(self, question: Question, signal: Signal, answer: str) -> list[str]:
        """The words in which the reader finds a point of the signal made."""
        found = self._reader.read(question.as_asked, [answer])
        verdicts = [found.verdict(p.id) for p in question.points if p.signal is signal]
        return [v.quote.text for v in verdicts if v is not None and v.quote is not None]


_MOST_CUTS = 6
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


async def _all(updates: AsyncIterator[Update]) -> None:
    async for _ in updates:
        pass


@asynccontextmanager
async def staged(product: Product, folder: Path) -> AsyncIterator[Stage]:
    """A stage on a database of its own."""
    async with Database(f"sqlite:///{folder / 'simulation.db'}") as database:
        yield Stage(database, product.catalog, product.reader)


def asked(interview: Interview) -> Sequence[str]:
    """Ids of the questions asked, in order."""
    return [exchange.question.id for exchange in interview.exchanges]
