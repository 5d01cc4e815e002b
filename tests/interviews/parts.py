"""Conductors assembled from real parts, and what a front end would do with them."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from interviewer.domain.catalog import Catalog
from interviewer.domain.currency import SupersededRule
from interviewer.domain.events import EVENT, AnswerGiven, Event, MoveMade, QuestionGraded
from interviewer.engines.offline.speaker import OfflineSpeaker
from interviewer.engines.protocols import Speaker
from interviewer.interviews.conduct import Conductor
from interviewer.interviews.performance import Engine
from interviewer.interviews.updates import TurnTaken, Update
from interviewer.llm.chat import Chat
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from tests.builders import NOON, a_catalog, a_question
from tests.engines.parts import a_model_assessor, a_model_speaker, a_reader

OWNER = "ada"


class Clock:
    """A clock that a test sets; it stands still otherwise."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def pass_minutes(self, minutes: float) -> None:
        """Lets so many minutes pass."""
        self.now += dt.timedelta(minutes=minutes)


def short_questions(*question_ids: str, follow_ups: int = 0) -> Catalog:
    """A round that asks these questions with few follow-ups."""
    return a_catalog(*(a_question(q, follow_ups=follow_ups) for q in question_ids))


def an_event_log(
    database: Database, clock: Callable[[], dt.datetime] | None = None
) -> EventLog[Event]:
    """The event log on a database."""
    return EventLog(database, EVENT, clock=clock or Clock())


def a_conductor(
    database: Database,
    *,
    catalog: Catalog | None = None,
    chat: Chat | None = None,
    engine: Engine | None = None,
    speaker: Speaker | None = None,
    clock: Callable[[], dt.datetime] | None = None,
    rules: Sequence[SupersededRule] = (),
) -> Conductor:
    """A conductor: offline, with a chat model, or with an engine of the test's own."""
    reader = a_reader(rules)
    offline = Engine("offline", speaker or OfflineSpeaker(), reader)
    if chat is not None:
        engine = Engine("model", a_model_speaker(chat), a_model_assessor(chat, rules))
    ticking = clock or Clock()
    return Conductor(
        log=an_event_log(database, ticking),
        catalog=catalog or a_catalog(),
        engine=engine or offline,
        offline=offline,
        reader=reader,
        clock=ticking,
        version="test",
    )


async def updates(stream: AsyncIterator[Update]) -> list[Update]:
    """All updates of one turn."""
    return [update async for update in stream]


async def turn(stream: AsyncIterator[Update]) -> TurnTaken:
    """The interviewer's turn that a stream of updates ends with."""
    taken = [update for update in await updates(stream) if isinstance(update, TurnTaken)]
    assert len(taken) == 1, "one turn is taken"
    return taken[0]


async def begun(conductor: Conductor, seed: int = 0) -> str:
    """An interview whose first question was put, in the authored order."""
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=seed)
    await turn(conductor.advance(interview_id, owner=OWNER))
    return interview_id


async def play(conductor: Conductor, interview_id: str, answers: Sequence[str]) -> None:
    """Answers until the round is over; the last answer is repeated if they do not suffice."""
    waiting = list(answers)
    while not (await conductor.load(interview_id, owner=OWNER)).is_over:
        text = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        await updates(conductor.answer(interview_id, text, owner=OWNER))


async def events_of(database: Database, interview_id: str) -> list[Any]:
    """The log as stored."""
    stored = await an_event_log(database).load(interview_id, owner=OWNER)
    assert [entry.seq for entry in stored] == list(range(1, len(stored) + 1))
    return [entry.event for entry in stored]


def asked_in(events: Sequence[Event]) -> list[str]:
    """Ids of the questions asked, in order."""
    return [e.move.question for e in events if isinstance(e, MoveMade) and e.move.kind == "ask"]


def graded_in(events: Sequence[Event]) -> list[str]:
    """Ids of the questions graded, in order."""
    return [e.question for e in events if isinstance(e, QuestionGraded)]


def answers_in(events: Sequence[Event]) -> list[str]:
    """What the candidate said, in order."""
    return [e.text for e in events if isinstance(e, AnswerGiven)]
