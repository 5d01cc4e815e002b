"""Every fault that a model server can have: the offline engine stands in, says so, and no word of
the candidate's is lost."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from interviewer.domain.events import MoveMade, QuestionGraded
from interviewer.interviews.updates import Notice, Token, TurnTaken
from interviewer.llm.chat import Chat
from interviewer.llm.usage import SpendLimit
from interviewer.store.engine import Database
from tests.builders import ANSWER, POINT_IDS, a_question
from tests.engines.parts import all_points, grades_with, verdicts_reply
from tests.interviews.parts import (
    OWNER,
    a_conductor,
    answers_in,
    asked_in,
    begun,
    events_of,
    graded_in,
    play,
    short_questions,
    turn,
    updates,
)
from tests.llm.calls import a_chat
from tests.scripted_server import ScriptedServer
from tests.scripted_server.faults import NAMES

pytestmark = pytest.mark.enable_socket

SLOW = {"hang", "stall", "slow_drip"}
"""Faults that last until a time-out."""

SPOKEN_BY_THE_MODEL = {
    "fenced_json",
    "invented_quote",
    "no_json_object",
    "no_json_schema",
    "no_usage",
    "null_choices",
    "off_schema",
    "prose_json",
    "text",
    "truncated_json",
}
"""Faults that leave a streamed line usable."""

GRADED_BY_THE_MODEL = {
    "error_event",
    "fenced_json",
    "garbage_line",
    "no_finish_reason",
    "no_json_object",
    "no_json_schema",
    "no_usage",
    "prose_json",
    "text",
}
"""Faults that leave a reply in one piece usable."""

QUOTE = "Dana in analytics owns the alert"
LINE = "Let us stay with that for a moment."


def test_every_fault_is_known_here() -> None:
    assert SPOKEN_BY_THE_MODEL | GRADED_BY_THE_MODEL | SLOW < NAMES


@pytest.fixture
async def chat(server: ScriptedServer) -> AsyncIterator[Chat]:
    server.respond_with(grades_with(verdicts_reply(all_points("yes", QUOTE)), says=LINE))
    async with a_chat(server, tries=1) as opened:
        await opened.warm()
        yield opened


@pytest.fixture
async def hasty(server: ScriptedServer, chat: Chat) -> AsyncIterator[Chat]:
    """A chat that soon gives up."""
    async with a_chat(server, tries=1, deadline_s=0.4, read_timeout_s=0.2) as opened:
        await opened.warm()
        yield opened


async def a_played_round(
    database: Database, server: ScriptedServer, chat: Chat, fault: str
) -> list[Any]:
    """The log of a round during which every request met the fault."""
    conductor = a_conductor(
        database, catalog=short_questions("drift", "limits", follow_ups=1), chat=chat
    )
    if fault == "invented_quote":  # it changes what the server makes up, not what it is told
        server.respond_with(None)
    server.fault(fault, times=999)
    interview_id = await begun(conductor)
    await play(conductor, interview_id, ["We look at it daily.", ANSWER])
    await conductor.graded(interview_id, owner=OWNER)
    return await events_of(database, interview_id)


@pytest.mark.parametrize("fault", sorted(NAMES))
async def test_the_round_is_played_to_its_end(
    database: Database, server: ScriptedServer, chat: Chat, hasty: Chat, fault: str
) -> None:
    events = await a_played_round(database, server, hasty if fault in SLOW else chat, fault)
    turns = [event for event in events if isinstance(event, MoveMade)]
    grades = [event for event in events if isinstance(event, QuestionGraded)]

    assert answers_in(events) == ["We look at it daily.", ANSWER, ANSWER][: len(answers_in(events))]
    assert asked_in(events) == ["drift", "limits"]
    assert sorted(graded_in(events)) == ["drift", "limits"]
    assert turns[-1].move.kind == "wrap"
    for turn_made in turns:
        if turn_made.question is not None:
            assert turn_made.said.endswith(turn_made.question.text)
            assert turn_made.said.count(turn_made.question.text) == 1
        assert turn_made.said.strip()

    stood_in = {event.fallback is not None for event in turns}
    assert stood_in == {fault not in SPOKEN_BY_THE_MODEL}
    for turn_made in turns:
        if turn_made.fallback is None:
            assert (turn_made.engine, turn_made.model) == ("model", "scripted-1")
        else:
            assert (turn_made.engine, turn_made.model) == ("offline", None)
            assert "offline engine stands in" in turn_made.fallback.message
            assert turn_made.fallback.cause

    for grade in grades:
        found = grade.assessment
        assert {v.point for v in found.verdicts} == set(POINT_IDS)
        assert (found.fallback is None) == (fault in GRADED_BY_THE_MODEL)
        assert found.engine == ("model" if found.fallback is None else "offline")
        if found.fallback is not None:
            assert found.fallback.cause
            assert all(v.met is not None for v in found.verdicts)


async def test_one_fault_costs_one_turn(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    conductor = a_conductor(
        database, catalog=short_questions("drift", "limits", follow_ups=0), chat=chat
    )
    server.fault("500")
    interview_id = await begun(conductor)
    taken = await turn(conductor.answer(interview_id, ANSWER, owner=OWNER))
    assert (taken.engine, taken.notice) == ("model", None)
    assert taken.text == f"{LINE}\n\n{a_question('limits').text}"
    first = (await conductor.load(interview_id, owner=OWNER)).exchanges[0].turns[0]
    assert first.engine == "offline"
    assert first.notice is not None
    await conductor.settle()


async def test_half_a_line_is_replaced_by_a_whole_one(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    conductor = a_conductor(database, chat=chat)
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0)
    server.fault("cut", after_chunks=3)
    told = await updates(conductor.advance(interview_id, owner=OWNER))
    at = next(n for n, update in enumerate(told) if isinstance(update, Notice))
    before = "".join(u.text for u in told[:at] if isinstance(u, Token))
    after = "".join(u.text for u in told[at:] if isinstance(u, Token))
    assert before
    assert before.strip() in LINE
    taken = told[-2]
    assert isinstance(taken, TurnTaken)
    assert taken.text.split() == after.split()
    assert LINE[:8] not in taken.text
    assert taken.notice == told[at].message  # type: ignore[union-attr]  # it is the Notice


async def test_the_tokens_of_a_line_that_broke_off_are_counted(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    conductor = a_conductor(database, chat=chat)
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0)
    server.fault("cut", after_chunks=3)
    await updates(conductor.advance(interview_id, owner=OWNER))
    interview = await conductor.load(interview_id, owner=OWNER)
    assert interview.speaking_usage.calls == 1
    assert interview.speaking_usage.prompt_tokens > 0


async def test_the_model_s_grade_is_stored_with_what_it_cost(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    conductor = a_conductor(database, catalog=short_questions("drift"), chat=chat)
    interview_id = await begun(conductor)
    await play(conductor, interview_id, [ANSWER])
    interview = await conductor.graded(interview_id, owner=OWNER)
    found = interview.exchanges[0].assessment
    assert found is not None
    assert (found.engine, found.model, found.usage.calls) == ("model", "scripted-1", 1)
    assert {v.quote.text for v in found.verdicts if v.quote} == {QUOTE}
    assert interview.speaking_usage.calls == 2


async def test_a_used_up_budget_leaves_the_offline_engine(
    database: Database, server: ScriptedServer
) -> None:
    async with a_chat(server, SpendLimit(max_tokens=1), tries=1) as chat:
        conductor = a_conductor(database, catalog=short_questions("drift", "limits"), chat=chat)
        interview_id = await begun(conductor)
        await play(conductor, interview_id, [ANSWER])
        interview = await conductor.graded(interview_id, owner=OWNER)
    assert len(server.requests) == 1
    causes = {
        e.assessment.fallback.cause
        for e in interview.exchanges
        if e.assessment and e.assessment.fallback
    }
    assert causes == {"spend_limit"}
    assert interview.farewell is not None
    assert interview.farewell.engine == "offline"


async def test_an_answer_is_stored_before_the_model_is_called(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    conductor = a_conductor(database, chat=chat)
    interview_id = await begun(conductor)
    requests = len(server.requests)
    stream = conductor.answer(interview_id, ANSWER, owner=OWNER)
    await anext(stream)
    assert answers_in(await events_of(database, interview_id)) == [ANSWER]
    assert len(server.requests) == requests
    await updates(stream)


async def test_the_offline_reading_chooses_the_follow_up_whatever_the_model_says(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    offline = a_conductor(database)
    with_model = a_conductor(database, chat=chat)
    moves = []
    for conductor in (offline, with_model):
        interview_id = await begun(conductor)
        await updates(conductor.answer(interview_id, "We look at it daily.", owner=OWNER))
        interview = await conductor.load(interview_id, owner=OWNER)
        moves.append(interview.exchanges[0].moves[-1])
    assert moves[0] == moves[1]
