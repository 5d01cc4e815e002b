"""Artefacts within a round: what is handed in is stored first, then read, and that is stored too.

A board or a sketch is no turn: it lies on the table while the candidate goes on. A page is the
answer, so that the interviewer speaks next.
"""

import asyncio
from collections.abc import Mapping

from interviewer.domain.artefact_events import ArtefactChecked, ArtefactHandedIn
from interviewer.domain.handed import TITLES, Handed
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.question import Question
from interviewer.domain.sketch import SketchPart, expected_parts
from interviewer.domain.timing import Clock
from interviewer.errors import InputError, RuleBroken, UnknownId
from interviewer.interviews.open_exchange import open_exchange
from interviewer.interviews.record import Record
from interviewer.workbench.artefacts import checked_artefact, checked_content


class ArtefactTurns:
    """Takes what is handed in."""

    def __init__(self, record: Record, parts: Mapping[str, SketchPart], clock: Clock) -> None:
        self._record = record
        self._parts = parts
        self._clock = clock

    async def hand_in(self, interview_id: str, kind: str, content: str, *, owner: str) -> Handed:
        """Stores an artefact, reads it, stores what came of it; see `Conductor.hand_in`."""
        interview = await self._record.load(interview_id, owner)
        question = wanted(interview, kind).id
        checked_content(kind, content)
        event = ArtefactHandedIn(at=self._clock(), question=question, kind=kind, content=content)
        after = await self._record.add(interview_id, event, owner)
        after = await self.read(interview_id, after, owner)
        exchange = next(e for e in after.exchanges if e.question.id == question)
        return exchange.handed[-1]

    async def read(self, interview_id: str, interview: Interview, owner: str) -> Interview:
        """The interview with everything read that was handed in for the question asked last."""
        current = interview.current
        if current is None:
            return interview
        for number, one in enumerate(current.handed, 1):
            if one.found is None:
                # A hundred rows take a moment, and everybody else's turn would wait.
                found = await asyncio.to_thread(
                    checked_artefact, one.kind, one.content, self._expected(current)
                )
                event = ArtefactChecked(
                    at=self._clock(), question=current.question.id, number=number, found=found
                )
                interview = await self._record.add(interview_id, event, owner)
        return interview

    def _expected(self, exchange: Exchange) -> tuple[SketchPart, ...]:
        # A part that was named when the question was asked may be gone from the seeds since.
        named = [name for name in exchange.question.parts if name in self._parts]
        return expected_parts(tuple(self._parts.values()), named)


def wanted(interview: Interview, kind: str | None = None) -> Question:
    """The open question, if it asks for an artefact, and for one of that kind.

    Raises:
        RuleBroken: No question is open, or it asks for no artefact.
        UnknownId: There is no such kind.
        InputError: It asks for another kind.
    """
    question = open_exchange(interview).question
    asked = question.artefact
    if asked is None:
        raise RuleBroken("the question that is open asks for nothing to hand in: answer in words")
    if kind is not None and kind not in TITLES:
        raise UnknownId(f"there is no artefact {kind[:40]!r}; there are {', '.join(TITLES)}")
    if kind not in (None, asked):
        raise InputError(
            f"the question that is open asks for a {TITLES[asked].lower()} ({asked}), not a "
            f"{TITLES[str(kind)].lower()} ({kind}): nothing was stored"
        )
    return question
