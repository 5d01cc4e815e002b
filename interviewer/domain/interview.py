"""The interview as a fold over its events, and the rule that chooses the next move's moment.

`replay(events)` rebuilds everything; nothing here reads a clock or decides what to say.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import assert_never

from interviewer.domain.artefact_events import ArtefactChecked, ArtefactHandedIn
from interviewer.domain.coded import Coded, coded
from interviewer.domain.events import (
    AnswerGiven,
    CodeSubmitted,
    CodeTested,
    EndRequested,
    Event,
    HintGiven,
    InterviewStarted,
    MoveMade,
    PlannedQuestion,
    QuerySubmitted,
    QueryTested,
    QuestionGraded,
    TurnPassed,
)
from interviewer.domain.exchange import Exchange, Turn
from interviewer.domain.handing import handed
from interviewer.domain.moves import Ask, Move, Wrap, goes_on
from interviewer.domain.timing import active_time
from interviewer.domain.usage import Usage
from interviewer.domain.value import Value
from interviewer.errors import RuleBroken

__all__ = ["Exchange", "Interview", "Turn", "apply", "replay"]


class Interview(Value):
    """Where an interview stands."""

    started: InterviewStarted
    exchanges: tuple[Exchange, ...] = ()
    farewell: Turn | None = None
    end_requested: bool = False
    moments: tuple[datetime, ...] = ()
    waited: timedelta = timedelta()
    """Time between an answer and the interviewer's next words: the machine's, not the candidate's."""
    speaking_usage: Usage = Usage()
    seq: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the round has been wrapped up."""
        return self.farewell is not None

    @property
    def current(self) -> Exchange | None:
        """The exchange on the question asked last."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def remaining(self) -> tuple[PlannedQuestion, ...]:
        """Planned questions not asked yet."""
        asked = {exchange.question.id for exchange in self.exchanges}
        return tuple(q for q in self.started.plan if q.id not in asked)

    @property
    def awaits_candidate(self) -> bool:
        """Whether the next word is the candidate's."""
        if self.is_over or self.end_requested or self.current is None:
            return False
        last = self.current.last_spoken
        return last.speaker == "interviewer" and not (last.move and goes_on(last.move))

    @property
    def moves(self) -> tuple[Move, ...]:
        """All moves of the round so far, in order."""
        return tuple(move for exchange in self.exchanges for move in exchange.moves)

    @property
    def told(self) -> tuple[str, ...]:
        """Ids of the hidden facts of the case that were told so far."""
        return tuple(dict.fromkeys(fact for e in self.exchanges for fact in e.told))

    def time_used(self, now: datetime | None = None) -> timedelta:
        """The candidate's time so far, or up to an aware `now`; breaks and waiting left out."""
        moments = self.moments if now is None else (*self.moments, now)
        return active_time(moments) - self.waited

    def time_left(self, now: datetime) -> timedelta:
        """What is left of the round's minutes; negative once they are used up."""
        return timedelta(minutes=self.started.minutes) - self.time_used(now)

    @property
    def closed(self) -> tuple[Exchange, ...]:
        """Exchanges that will not change any more, so that they can be graded."""
        return self.exchanges if self.is_over else self.exchanges[:-1]

    @property
    def ungraded(self) -> tuple[Exchange, ...]:
        """Closed exchanges without an assessment."""
        return tuple(e for e in self.closed if e.assessment is None)


def replay(events: Iterable[Event], known: Interview | None = None) -> Interview:
    """Folds a whole log, or what was added to one since it was `known`.

    Raises:
        RuleBroken: The log does not begin with `InterviewStarted`, or breaks a rule of the round.
    """
    interview = known
    for event in events:
        interview = apply(interview, event)
    if interview is None:
        raise RuleBroken("an interview without events cannot be replayed")
    return interview


def apply(interview: Interview | None, event: Event) -> Interview:
    """Returns the interview after one more event.

    Raises:
        RuleBroken: The event may not happen now, for example an answer after the end.
    """
    if isinstance(event, InterviewStarted):
        if interview is not None:
            raise RuleBroken("the interview has already started")
        return Interview(started=event, moments=(event.at,), seq=1)
    if interview is None:
        raise RuleBroken(f"{event.type} came before the interview started")
    after = _applied(interview, event)
    if isinstance(event, QuestionGraded):
        return after.model_copy(update={"seq": interview.seq + 1})
    waited = interview.waited
    if isinstance(event, MoveMade | CodeTested | QueryTested | ArtefactChecked):
        waited += active_time((interview.moments[-1], event.at))
    return after.model_copy(
        update={
            "moments": (*interview.moments, event.at),
            "waited": waited,
            "seq": interview.seq + 1,
        }
    )


def _applied(interview: Interview, event: Event) -> Interview:
    match event:
        case MoveMade():
            return _move_made(interview, event)
        case AnswerGiven():
            said = Turn(speaker="candidate", text=event.text, at=event.at, cut_off=event.cut_off)
            return _said(interview, said)
        case TurnPassed():
            return _said(interview, Turn(speaker="candidate", text="", at=event.at, passed=True))
        case CodeSubmitted() | CodeTested() | QuerySubmitted() | QueryTested() | HintGiven():
            return _coded(interview, event)
        case ArtefactHandedIn() | ArtefactChecked():
            return _handed(interview, event)
        case EndRequested():
            if interview.is_over:
                raise RuleBroken("the round has already ended")
            return interview.model_copy(update={"end_requested": True})
        case QuestionGraded():
            return _graded(interview, event)
        case InterviewStarted():
            raise RuleBroken("the interview has already started")
        case _:
            assert_never(event)


def _move_made(interview: Interview, event: MoveMade) -> Interview:
    if interview.is_over:
        raise RuleBroken("the round has ended: the interviewer has nothing more to say")
    if interview.awaits_candidate:
        raise RuleBroken("the interviewer must wait for the candidate")
    interview = interview.model_copy(
        update={"speaking_usage": interview.speaking_usage + event.usage}
    )
    turn = Turn(
        speaker="interviewer",
        text=event.said,
        at=event.at,
        move=event.move,
        persona=event.persona or interview.started.persona,
        notice=event.fallback.message if event.fallback else None,
        engine=event.engine,
    )
    if isinstance(event.move, Wrap):
        return interview.model_copy(update={"farewell": turn})
    if isinstance(event.move, Ask):
        if event.question is None:
            raise RuleBroken("an Ask must carry its question")
        if any(e.question.id == event.question.id for e in interview.exchanges):
            raise RuleBroken(f"question {event.question.id!r} was already asked")
        asked = Exchange(question=event.question, turns=(turn,), coding=event.coding, sql=event.sql)
        return interview.model_copy(update={"exchanges": (*interview.exchanges, asked)})
    return _with_turn(interview, turn)


def _said(interview: Interview, turn: Turn) -> Interview:
    if interview.is_over or interview.end_requested:
        raise RuleBroken("the round has ended: no answer can be given any more")
    if not interview.awaits_candidate:
        raise RuleBroken("the interviewer has not asked anything yet: wait for the next turn")
    return _with_turn(interview, turn)


def _coded(interview: Interview, event: Coded) -> Interview:
    exchanges = list(interview.exchanges)
    places = [i for i, e in enumerate(exchanges) if e.question.id == event.question]
    if not places:
        raise RuleBroken(f"question {event.question!r} was never asked")
    is_open = interview.awaits_candidate and places[0] == len(exchanges) - 1
    if not is_open and not isinstance(event, CodeTested | QueryTested):
        raise RuleBroken("the question is closed: nothing can be sent for it any more")
    exchanges[places[0]] = coded(exchanges[places[0]], event)
    return interview.model_copy(update={"exchanges": tuple(exchanges)})


def _handed(interview: Interview, event: ArtefactHandedIn | ArtefactChecked) -> Interview:
    exchanges = {exchange.question.id: exchange for exchange in interview.exchanges}
    current = interview.current
    is_open = interview.awaits_candidate and current and current.question.id == event.question
    if event.question not in exchanges or not (is_open or isinstance(event, ArtefactChecked)):
        raise RuleBroken("the question is closed: nothing can be handed in for it any more")
    exchanges[event.question] = handed(exchanges[event.question], event)
    return interview.model_copy(update={"exchanges": tuple(exchanges.values())})


def _with_turn(interview: Interview, turn: Turn) -> Interview:
    current = interview.current
    if current is None:
        raise RuleBroken("nothing has been asked yet")
    grown = current.model_copy(update={"turns": (*current.turns, turn)})
    return interview.model_copy(update={"exchanges": (*interview.exchanges[:-1], grown)})


def _graded(interview: Interview, event: QuestionGraded) -> Interview:
    if event.question not in {e.question.id for e in interview.closed}:
        raise RuleBroken(f"question {event.question!r} is still open or was never asked")
    exchanges = []
    for exchange in interview.exchanges:
        if exchange.question.id != event.question:
            exchanges.append(exchange)
            continue
        if exchange.assessment is not None:
            raise RuleBroken(f"question {event.question!r} is already graded")
        exchanges.append(exchange.model_copy(update={"assessment": event.assessment}))
    return interview.model_copy(update={"exchanges": tuple(exchanges)})
