"""Grading: the model's verdicts, or the offline ones where it fails, beside the conversation."""

import asyncio
import logging
from functools import partial

from interviewer.domain.assessment import Assessment
from interviewer.domain.clarifying import with_facts_asked
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.measured import as_spoken, with_measured
from interviewer.domain.shown import with_artefact
from interviewer.domain.usage import spent_by
from interviewer.domain.verdict import Met, Verdict
from interviewer.engines.offline.listener import Listener
from interviewer.errors import ModelError
from interviewer.interviews.performance import Engine, fallback_for
from interviewer.interviews.record import Record

logger = logging.getLogger(__name__)


class Grader:
    """Grades closed exchanges, in the background or at once; each exactly once in the log."""

    def __init__(self, record: Record, engine: Engine, offline: Engine, listener: Listener) -> None:
        self._record = record
        self._engine = engine
        self._offline = offline
        self._listener = listener
        self._running: dict[tuple[str, str], asyncio.Task[None]] = {}

    def grade_later(self, interview_id: str, interview: Interview, owner: str) -> None:
        """Starts grading what is closed, not graded yet and not being graded."""
        for exchange in interview.ungraded:
            key = (interview_id, exchange.question.id)
            if key in self._running:
                continue
            grading = self._grade(interview_id, exchange, owner, interview.started.round)
            task = asyncio.create_task(grading)
            self._running[key] = task
            task.add_done_callback(partial(self._finished, key))

    async def settle(self, interview_id: str | None = None) -> None:
        """Waits for what runs in the background, for one interview or for all."""
        while waiting := [
            task
            for (graded_id, _), task in self._running.items()
            if interview_id in (None, graded_id)
        ]:
            await asyncio.gather(*waiting, return_exceptions=True)

    async def graded(self, interview_id: str, owner: str) -> Interview:
        """The interview with every closed exchange graded."""
        await self.settle(interview_id)
        while True:
            interview = await self._record.load(interview_id, owner)
            if not interview.ungraded:
                return interview
            first = interview.ungraded[0]
            await self._grade(interview_id, first, owner, interview.started.round)

    async def assess(self, exchange: Exchange, round_id: str) -> Assessment:
        """The assessment of an exchange, by the engine or by the one that stands in."""
        found = await assessed(as_spoken(exchange), self._engine, self._offline)
        if self._engine.hears_claims and found.engine == self._engine.name:
            claims = tuple(c.model_copy(update={"round": round_id}) for c in found.checkable)
        else:
            claims = self._listener.claims(exchange, round_id)
        return self.completed(exchange, found.model_copy(update={"checkable": claims}))

    @staticmethod
    def completed(exchange: Exchange, found: Assessment) -> Assessment:
        """Findings on a closed exchange, with what its moves, its code and its artefact tell."""
        asked = with_facts_asked(exchange.question, found, exchange)
        return with_artefact(with_measured(asked, exchange), exchange)

    async def _grade(
        self, interview_id: str, exchange: Exchange, owner: str, round_id: str
    ) -> None:
        found = await self.assess(exchange, round_id)
        await self._record.add_grade(interview_id, exchange.question.id, found, owner)

    def _finished(self, key: tuple[str, str], task: asyncio.Task[None]) -> None:
        self._running.pop(key, None)
        if not task.cancelled() and (error := task.exception()):
            # Grading is repeated when the scorecard is asked for, so nothing is lost.
            logger.warning("grading in the background failed: %s", error)


async def assessed(exchange: Exchange, engine: Engine, offline: Engine) -> Assessment:
    """Assesses an exchange with the engine, or offline with the reason noted."""
    if not exchange.answers:
        return unanswered(exchange)
    if engine.name == offline.name:
        return await offline.assessor.assess(exchange)
    try:
        return await engine.assessor.assess(exchange)
    except ModelError as error:
        update = {"fallback": fallback_for(error, "grading"), "usage": spent_by(error)}
    return (await offline.assessor.assess(exchange)).model_copy(update=update)


def unanswered(exchange: Exchange) -> Assessment:
    """The assessment of a question without any answer: passed is a no, cut off is not assessed."""
    passed = exchange.was_passed
    why = "You passed on the question." if passed else "The round ended before an answer."
    met = Met.NO if passed else None
    verdicts = tuple(Verdict(point=p.id, met=met, why=why) for p in exchange.question.points)
    return Assessment(engine="offline", verdicts=verdicts)
