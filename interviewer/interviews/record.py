"""The record of interviews: reading the log as interviews, and appending what may happen now.

Several writers may want the same place in a log (the candidate, the grader, another process). Each
append is therefore decided on a freshly loaded interview, and decided anew when another came first.
"""

from contextlib import suppress

from interviewer.domain.assessment import Assessment
from interviewer.domain.events import Event, QuestionGraded
from interviewer.domain.interview import Interview, apply, replay
from interviewer.domain.timing import Clock
from interviewer.errors import RuleBroken, WrongSequence
from interviewer.store.event_log import EventLog

_TRIES = 8
"""How often an append is decided anew when somebody else appended first."""


class Record:
    """The event log, seen as interviews."""

    def __init__(self, log: EventLog[Event], clock: Clock) -> None:
        self.log = log
        self._clock = clock

    async def load(self, interview_id: str, owner: str) -> Interview:
        """The interview as it stands.

        Raises:
            UnknownId: There is none of that id and owner.
        """
        stored = await self.log.load(interview_id, owner=owner)
        return replay(entry.event for entry in stored)

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
