"""Conducting one round: what was said is stored first, then read, then answered.

A process may die between any two lines here. The log then ends with the candidate's answer or with
the interviewer's turn; `advance` goes on from either. A model call may be repeated by that, an
answer is never lost, no question is put twice, no exchange is graded twice.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from weakref import WeakValueDictionary

from interviewer.domain.assessment import Assessment
from interviewer.domain.catalog import Catalog
from interviewer.domain.drill_moves import conducted_move
from interviewer.domain.events import (
    AnswerGiven,
    EndRequested,
    Event,
    InterviewStarted,
    MoveMade,
    QuestionGraded,
    TurnPassed,
)
from interviewer.domain.interview import Interview, apply
from interviewer.domain.moves import Ask, Move
from interviewer.domain.question import Question
from interviewer.domain.timing import Clock
from interviewer.engines.hygiene import checked_answer
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.protocols import Scene
from interviewer.errors import WrongSequence
from interviewer.interviews.grading import Grader
from interviewer.interviews.performance import Engine, Spoken, perform
from interviewer.interviews.planning import planned
from interviewer.interviews.record import Record
from interviewer.interviews.updates import Done, MoveChosen, TurnTaken, Update
from interviewer.store.event_log import EventLog
from interviewer.store.interview_rows import Listed


class Conductor:
    """Runs rounds for any number of candidates; keeps no state but the log's."""

    def __init__(
        self,
        *,
        log: EventLog[Event],
        catalog: Catalog,
        engine: Engine,
        offline: Engine,
        reader: OfflineAssessor,
        clock: Clock,
        version: str,
        lines: Callable[[str, str], Sequence[str]] = lambda _owner, _kind: (),
    ) -> None:
        """Takes its parts.

        Args:
            log: Of all interviews.
            catalog: The seeds.
            engine: Speaks and grades.
            offline: Stands in for it.
            reader: Reads every answer at once, to choose the next move.
            clock: Gives aware times.
            version: Of the product, for the log.
            lines: Quotable lines of an owner's documents of a kind (`resume`, `job`).
        """
        self._lines = lines
        self._log = log
        self._record = Record(log, clock)
        self._grader = Grader(self._record, engine, offline)
        self._catalog = catalog
        self._engine = engine
        self._offline = offline
        self._reader = reader
        self._clock = clock
        self._version = version
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def start(self, track: str, round_id: str, *, owner: str, seed: int | None = None) -> str:
        """Opens an interview and returns its id; nothing has been said yet.

        Args:
            track: Id of the track.
            round_id: Id of one of its rounds.
            owner: Whose interview it is.
            seed: Order of the questions and variants of lines; 0 keeps the authored order, None
                draws one.

        Raises:
            UnknownId: No such track or round.
        """
        round_ = self._catalog.round(track, round_id)
        interview_id = str(uuid.uuid4())
        if seed is None:
            seed = uuid.UUID(interview_id).int % 2**31 or 1
        questions = [self._catalog.question(q) for q in round_.questions]
        plan = planned(questions, partial(self._lines, owner), seed)
        started = InterviewStarted(
            at=self._clock(),
            track=track,
            round=round_id,
            title=round_.title,
            persona=round_.personas[0],
            engine=self._engine.name,
            minutes=round_.minutes,
            plan=plan,
            bar=round_.bar,
            seed=seed,
            version=self._version,
        )
        await self._log.create(
            interview_id, owner, track, round_id, self._engine.name, [started], title=round_.title
        )
        return interview_id

    async def load(self, interview_id: str, *, owner: str) -> Interview:
        """The interview as it stands.

        Raises:
            UnknownId: There is none of that id and owner.
        """
        return await self._record.load(interview_id, owner)

    async def answer(
        self, interview_id: str, text: str, *, owner: str, idempotency_key: str | None = None
    ) -> AsyncIterator[Update]:
        """Stores an answer, then takes the interviewer's turn.

        Raises:
            AnswerTooLong, NotText: The answer was refused; nothing was stored.
            RuleBroken: It is not the candidate's turn, or the round is over.
            InputError: The idempotency key was used with another answer.
        """
        checked_answer(text)
        # Both need the text only, so they need not wait until it is stored.
        heard = asyncio.gather(
            asyncio.to_thread(self._reader.hear, text), asyncio.to_thread(self._reader.skim, text)
        )
        try:
            answered = AnswerGiven(at=self._clock(), text=text)
            known = await self._record.add(interview_id, answered, owner, idempotency_key)
            async for update in self._advance(interview_id, owner, known, heard):
                yield update
        finally:
            await heard

    async def skip(self, interview_id: str, *, owner: str) -> AsyncIterator[Update]:
        """Declines the last question or follow-up, then takes the interviewer's turn."""
        known = await self._record.add(interview_id, TurnPassed(at=self._clock()), owner)
        async for update in self._advance(interview_id, owner, known):
            yield update

    async def end(self, interview_id: str, *, owner: str) -> AsyncIterator[Update]:
        """Ends the round at the candidate's wish."""
        known = await self._record.add(interview_id, EndRequested(at=self._clock()), owner)
        async for update in self._advance(interview_id, owner, known):
            yield update

    async def advance(self, interview_id: str, *, owner: str) -> AsyncIterator[Update]:
        """Takes the interviewer's turn if it is due; harmless otherwise."""
        async for update in self._advance(interview_id, owner):
            yield update

    async def _advance(
        self,
        interview_id: str,
        owner: str,
        known: Interview | None = None,
        heard: Awaitable[object] | None = None,
    ) -> AsyncIterator[Update]:
        """Takes the turn on the interview just read, unless somebody else is taking one."""
        lock = self._locks.setdefault(interview_id, asyncio.Lock())
        if lock.locked():
            known = None
        async with lock:
            interview = known or await self.load(interview_id, owner=owner)
            if heard is not None:
                await heard
            reading = await self._reading(interview)
            move = conducted_move(interview, reading, self._clock())
            if move is None:
                turn = _last_turn(interview)
                if turn is not None:
                    yield turn
                yield Done(state="over" if interview.is_over else "awaiting-answer")
                return
            spoken: Spoken | None = None
            scene = self._scene(interview, move)
            yield _chosen(interview, scene)
            async for piece in perform(scene, self._engine, self._offline):
                if isinstance(piece, Spoken):
                    spoken = piece
                else:
                    yield piece
            if spoken is None:
                raise RuntimeError("a speaker ended without a turn")
            await self._take_turn(interview_id, interview, scene, spoken, reading, owner)
        interview = await self.load(interview_id, owner=owner)
        self._grader.grade_later(interview_id, interview, owner)
        turn = _last_turn(interview)
        if turn is not None:
            yield turn
        yield Done(state="over" if interview.is_over else "awaiting-answer")

    async def graded(self, interview_id: str, *, owner: str) -> Interview:
        """The interview with every closed exchange graded, grading now what is still open."""
        return await self._grader.graded(interview_id, owner)

    async def save_draft(self, interview_id: str, text: str, *, owner: str) -> None:
        """Keeps what is typed so far, and hears it, so that the answer is read sooner."""
        await self._log.save_draft(interview_id, text, owner=owner)
        await asyncio.to_thread(self._reader.hear, text)

    async def draft(self, interview_id: str, *, owner: str) -> str:
        """What was typed and not sent; empty if nothing was."""
        kept = await self._log.draft(interview_id, owner=owner)
        return kept.text if kept else ""

    async def listing(self, owner: str) -> tuple[Listed, ...]:
        """The owner's interviews, the one touched last first."""
        return await self._log.listing(owner)

    async def ping(self) -> None:
        """Asks the database for nothing in particular.

        Raises:
            StoreError: It does not answer.
        """
        await self._log.listing("nobody", limit=1)

    async def settle(self) -> None:
        """Waits for grading that runs in the background."""
        await self._grader.settle()

    def _scene(self, interview: Interview, move: Move) -> Scene:
        asked = self._asked(interview, move.question) if isinstance(move, Ask) else None
        current = interview.current.question if interview.current else None
        return Scene(
            interview=interview,
            persona=self._catalog.persona(interview.started.persona),
            move=move,
            question=asked or current,
        )

    def _asked(self, interview: Interview, question_id: str) -> Question:
        plan = next((q for q in interview.started.plan if q.id == question_id), None)
        if plan is not None and plan.question is not None:
            return plan.question
        question = self._catalog.question(question_id).as_asked
        return question if plan is None or plan.line is None else question.filled(plan.line)

    async def _reading(self, interview: Interview) -> Assessment | None:
        current = interview.current
        if current is None or interview.awaits_candidate or not current.answers:
            return None
        return await self._reader.assess(current)

    async def _take_turn(
        self,
        interview_id: str,
        interview: Interview,
        scene: Scene,
        spoken: Spoken,
        reading: Assessment | None,
        owner: str,
    ) -> None:
        """Appends the turn, unless somebody else took it or the candidate acted meanwhile."""
        latest = interview
        while latest.moments == interview.moments:  # nothing but grades was added
            with suppress(WrongSequence):
                await self._append_turn(interview_id, latest, scene, spoken, reading, owner)
                return
            latest = await self.load(interview_id, owner=owner)

    async def _append_turn(
        self,
        interview_id: str,
        interview: Interview,
        scene: Scene,
        spoken: Spoken,
        reading: Assessment | None,
        owner: str,
    ) -> None:
        now = self._clock()
        made = MoveMade(
            at=now,
            move=scene.move,
            said=spoken.text,
            question=scene.question if isinstance(scene.move, Ask) else None,
            engine=spoken.engine,
            model=spoken.model,
            prompt=spoken.prompt,
            usage=spoken.usage,
            fallback=spoken.fallback,
        )
        after = apply(interview, made)
        events: list[Event] = [made]
        if self._engine.name == self._offline.name:
            # The instant reading is the offline grade: store both at once.
            for exchange in after.ungraded:
                is_current = interview.current is not None and (
                    exchange.question.id == interview.current.question.id
                )
                assessment = reading if is_current and reading is not None else None
                if assessment is None or exchange.turns[-1].passed:
                    assessment = await self._grader.assess(exchange)
                graded = QuestionGraded(
                    at=now, question=exchange.question.id, assessment=assessment
                )
                events.append(graded)
                after = apply(after, graded)
        await self._log.append(
            interview_id,
            events,
            interview.seq,
            owner=owner,
            state="over" if after.is_over else None,
        )


def _chosen(interview: Interview, scene: Scene) -> MoveChosen:
    asked = len(interview.exchanges) + (1 if isinstance(scene.move, Ask) else 0)
    return MoveChosen(
        move=scene.move.kind,
        question=scene.question.id if scene.question else None,
        number=asked,
        of=len(interview.started.plan),
    )


def _last_turn(interview: Interview) -> TurnTaken | None:
    current = interview.current
    turn = interview.farewell or (current.turns[-1] if current else None)
    if turn is None or turn.move is None:
        return None
    return TurnTaken(
        move=turn.move.kind,
        question=current.question.id if current else None,
        text=turn.text,
        notice=turn.notice,
        engine=turn.engine,
    )
