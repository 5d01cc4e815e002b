"""The record of interviews: reading the log as interviews, and appending what may happen now.

Several writers may want the same place in a log (the candidate, the grader, another process). Each
append is therefore decided on a freshly loaded interview, and decided anew when another came first.
"""

from collections import OrderedDict
from contextlib import suppress

from interviewer.domain.assessment import Assessment
from interviewer.domain.events import Event, QuestionGraded
from interviewer.domain.interview import Interview, apply, replay
from interviewer.domain.timing import Clock
from interviewer.errors import RuleBroken, WrongSequence
from interviewer.store.event_log import EventLog

_MOST_KNOWN = 32
"""Interviews kept in memory, those read last: a round in progress is read three times a turn."""

_TRIES = 8
"""How often an append is decided anew when somebody else appended first."""


class Record:
    """The event log, seen as interviews."""

    def __init__(self, log: EventLog[Event], clock: Clock) -> None:
        self.log = log
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], Interview] = OrderedDict()

    async def load(self, interview_id: str, owner: str) -> Interview:
        """The interview as it stands.

        A log only grows, so what was read of it before is not read again.

        Raises:
            UnknownId: There is none of that id and owner.
        """
        known = self._known.pop((interview_id, owner), None)
        try:
            stored = await self.log.load(interview_id, owner=owner, after=known.seq if known else 0)
        except WrongSequence:  # another database was put in its place
            known = None
            stored = await self.log.load(interview_id, owner=owner)
        interview = replay((entry.event for entry in stored), known)
        self._known[interview_id, owner] = interview
        if len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)
        return interview

    async def add(
        self, interview_id: str, event: Event, owner: str, idempotency_key: str | None = None
    ) -> Interview:
        """Appends what the candidate did; gives the interview as it then stands.

        Raises:
            RuleBroken: It may not happen now; nothing was stored.
            InputError: The idempotency key was used for something else.
            WrongSequence: Others kept appending first.
        """
        for _ in range(_TRIES):
            interview = await self.load(interview_id, owner)
            try:
                after = apply(interview, event)
            except RuleBroken as broken:
                if idempotency_key is None:
                    raise
                await self._repeated(interview_id, event, owner, idempotency_key, broken)
                return await self.load(interview_id, owner)
            with suppress(WrongSequence):
                seq = await self.log.append(
                    interview_id,
                    [event],
                    interview.seq,
                    owner=owner,
                    idempotency_key=idempotency_key,
                )
                # A lower number is that of the first time the request came.
                return after if seq == after.seq else await self.load(interview_id, owner)
        raise WrongSequence(f"interview {interview_id!r} is busy: load it and try again")

    async def _repeated(
        self, interview_id: str, event: Event, owner: str, key: str, broken: RuleBroken
    ) -> None:
        """A repeated request is recognised by its key even when its turn has passed."""
        try:
            await self.log.append(interview_id, [event], -1, owner=owner, idempotency_key=key)
        except WrongSequence:
            raise broken from None

    async def add_grade(
        self, interview_id: str, question: str, assessment: Assessment, owner: str
    ) -> None:
        """Appends the assessment of an exchange, unless it has one already."""
        event = QuestionGraded(at=self._clock(), question=question, assessment=assessment)
        for _ in range(_TRIES):
            interview = await self.load(interview_id, owner)
            if all(exchange.question.id != question for exchange in interview.ungraded):
                return
            with suppress(WrongSequence):
                await self.log.append(interview_id, [event], interview.seq, owner=owner)
                return
        raise WrongSequence(f"interview {interview_id!r} is busy: load it and try again")
