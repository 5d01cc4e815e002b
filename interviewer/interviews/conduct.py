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

from interviewer.domain.catalog import Catalog
from interviewer.domain.claims import RememberedClaim
from interviewer.domain.drill_moves import conducted_move
from interviewer.domain.events import (
    AnswerGiven,
    EndRequested,
    Event,
    InterviewStarted,
    TurnPassed,
)
from interviewer.domain.follow_ups import may_be_cut_off
from interviewer.domain.handed import Handed
from interviewer.domain.interview import Interview
from interviewer.domain.moves import goes_on as speaks_on
from interviewer.domain.timing import Clock
from interviewer.engines.hygiene import checked_answer
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.offline.feature_list import feature_list
from interviewer.engines.offline.listener import Listener
from interviewer.errors import RuleBroken
from interviewer.interviews.artefact_turns import ArtefactTurns
from interviewer.interviews.grading import Grader
from interviewer.interviews.performance import Engine, Spoken, perform
from interviewer.interviews.planning import MOST_REMEMBERED, planned, seated
from interviewer.interviews.record import Record
from interviewer.interviews.turns import Turns, chosen, last_turn
from interviewer.interviews.updates import Done, Update
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
        listener: Listener | None = None,
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
            listener: Hears claims, lists and questions; by default on words alone.
        """
        self._lines = lines
        self._log = log
        self._record = Record(log, clock)
        listener = listener or Listener()
        self._grader = Grader(self._record, engine, offline, listener)
        self._artefacts = ArtefactTurns(self._record, catalog.sketch_parts, clock)
        self._catalog = catalog
        self._engine = engine
        self._offline = offline
        self._reader = reader
        self._clock = clock
        self._version = version
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._turns = Turns(
            record=self._record,
            grader=self._grader,
            catalog=catalog,
            reader=reader,
            listener=listener,
            clock=clock,
            grades_at_once=engine.name == offline.name,
        )

    async def start(
        self,
        track: str,
        round_id: str,
        *,
        owner: str,
        seed: int | None = None,
        interview_id: str | None = None,
        remembered: Sequence[RememberedClaim] = (),
    ) -> str:
        """Opens an interview and returns its id; nothing has been said yet.

        Args:
            track: Id of the track.
            round_id: Id of one of its rounds.
            owner: Whose interview it is.
            seed: Order of the questions and variants of lines; 0 keeps the authored order, None
                draws one.
            interview_id: A UUID that was set aside for it; None draws one.
            remembered: Claims of the candidate's earlier rounds (`memory.remembered_claims`), the
                oldest first, for this round's personas to test. The last `MOST_REMEMBERED` are
                kept in the log; the earlier rounds are not read again.

        Raises:
            UnknownId: No such track or round.
            InputError: The id is taken.
        """
        round_ = self._catalog.round(track, round_id)
        interview_id = interview_id or str(uuid.uuid4())
        if seed is None:
            seed = uuid.UUID(interview_id).int % 2**31 or 1
        questions = [self._catalog.question(q) for q in round_.questions]
        started = InterviewStarted(
            at=self._clock(),
            track=track,
            round=round_id,
            title=round_.title,
            persona=round_.personas[0],
            engine=self._engine.name,
            minutes=round_.minutes,
            plan=planned(round_, questions, partial(self._lines, owner), seed),
            bar=round_.bar,
            seed=seed,
            version=self._version,
            panel=seated([self._catalog.persona(p) for p in round_.personas]),
            remembered=tuple(remembered)[-MOST_REMEMBERED:],
            case=round_.case,
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

    async def hand_in(self, interview_id: str, kind: str, content: str, *, owner: str) -> Handed:
        """Stores what is handed in for the open question, reads it, stores what came of it.

        Call `advance` afterwards: after a page the interviewer speaks; a board or a sketch lies on
        the table until the candidate answers, and another one may be handed in instead.

        Args:
            interview_id: Of the interview.
            kind: What the open question asks for (`Exchange.question.artefact`).
            content: A board as CSV, JSON (`{"rows": [...]}`) or Markdown form, a sketch as Mermaid,
                a page as text; at most 100,000 characters, of a page 20,000.
            owner: Whose interview it is.

        Returns:
            What was read. With `problems` it counts for nothing and is kept in the log. Its
            `findings` are the interviewer's to ask about: do not show them during the round.

        Raises:
            InputError: Nothing is in it, it is too long or no text, or another kind was asked for;
                nothing was stored.
            RuleBroken: No question is open, or the one that is asks for no artefact.
        """
        return await self._artefacts.hand_in(interview_id, kind, content, owner=owner)

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
            interview = await self._artefacts.read(interview_id, interview, owner)
            if heard is not None:
                await heard
            reading = await self._turns.reading(interview)
            goes_on = True
            while goes_on:
                move = conducted_move(self._askable(interview), reading, self._clock())
                if move is None:
                    break
                scene = self._turns.scene(interview, move)
                yield chosen(interview, scene)
                spoken: Spoken | None = None
                async for piece in perform(scene, self._engine, self._offline):
                    if isinstance(piece, Spoken):
                        spoken = piece
                    else:
                        yield piece
                if spoken is None:
                    raise RuntimeError("a speaker ended without a turn")
                await self._turns.store(interview_id, interview, scene, spoken, reading, owner)
                interview = await self.load(interview_id, owner=owner)
                # A hand-over is a turn of its own, and the colleague speaks next.
                goes_on = speaks_on(move) and not interview.is_over
                if goes_on and (turn := last_turn(interview)) is not None:
                    yield turn
        self._grader.grade_later(interview_id, interview, owner)
        if (turn := last_turn(interview)) is not None:
            yield turn
        yield Done(state="over" if interview.is_over else "awaiting-answer")

    async def graded(self, interview_id: str, *, owner: str) -> Interview:
        """The interview with every closed exchange graded, grading now what is still open."""
        return await self._grader.graded(interview_id, owner)

    async def save_draft(self, interview_id: str, text: str, *, owner: str) -> None:
        """Keeps what is typed so far, and hears it, so that the answer is read sooner."""
        await self._log.save_draft(interview_id, text, owner=owner)
        await asyncio.to_thread(self._reader.hear, text)

    async def typing(self, interview_id: str, text: str, *, owner: str) -> AsyncIterator[Update]:
        """Keeps what is typed so far; a persona who interrupts may cut in on it.

        Then the text is stored as an answer that was cut off, the draft is empty, and the updates
        are those of the interviewer's turn. Otherwise there are none.

        Raises:
            AnswerTooLong, NotText: What is typed cannot be an answer; nothing was kept.
            UnknownId: There is no interview of that id and owner.
        """
        checked_answer(text)
        await self.save_draft(interview_id, text, owner=owner)
        if feature_list(text) is None:
            return
        if not may_be_cut_off(await self.load(interview_id, owner=owner)):
            return
        cut_off = AnswerGiven(at=self._clock(), text=text, cut_off=True)
        # The candidate may have sent the answer in this very moment: then it stands as it is.
        with suppress(RuleBroken):
            known = await self._record.add(interview_id, cut_off, owner)
            await self._log.save_draft(interview_id, "", owner=owner)
            async for update in self._advance(interview_id, owner, known):
                yield update

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

    def _askable(self, interview: Interview) -> Interview:
        """Without planned questions that the bank no longer has: they cannot be put any more."""
        started = interview.started
        if started.drill is not None:  # its question may be the candidate's own
            return interview
        plan = tuple(q for q in started.plan if q.id in self._catalog.questions)
        if len(plan) == len(started.plan):
            return interview
        return interview.model_copy(update={"started": started.model_copy(update={"plan": plan})})
