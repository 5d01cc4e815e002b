"""What another task or process appends while a turn is being said must not lose that turn, nor be
said twice."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.engines.offline.speaker import OfflineSpeaker, spoken
from interviewer.engines.protocols import Scene, Speech
from interviewer.interviews.performance import Engine
from interviewer.interviews.updates import Done
from interviewer.store.engine import Database
from tests.builders import ANSWER
from tests.engines.parts import a_reader
from tests.interviews.parts import (
    OWNER,
    a_conductor,
    asked_in,
    begun,
    events_of,
    graded_in,
    play,
    short_questions,
    turn,
    updates,
)

Hook = Callable[[], Awaitable[None]]


class Slow:
    """An engine named like a model that waits for a test's hooks before it speaks or grades."""

    name = "model"

    def __init__(self) -> None:
        self.before_speaking: Hook | None = None
        self.before_grading: Hook | None = None
        self._reader = a_reader()

    def say(self, scene: Scene) -> Speech:
        async def pieces(_: Speech) -> AsyncIterator[str]:
            if self.before_speaking is not None:
                await self.before_speaking()
            yield spoken(scene)

        return Speech(pieces, model="slow")

    async def assess(self, exchange: Exchange) -> Assessment:
        if self.before_grading is not None:
            await self.before_grading()
        return await self._reader.assess(exchange)

    @property
    def engine(self) -> Engine:
        return Engine(self.name, self, self)


async def test_a_grade_that_arrives_while_the_next_turn_is_said_does_not_lose_the_turn(
    database: Database,
) -> None:
    slow = Slow()
    conductor = a_conductor(
        database, catalog=short_questions("drift", "limits", "log"), engine=slow.engine
    )
    interview_id = await begun(conductor)
    speaking = asyncio.Event()

    async def grading_waits() -> None:
        await speaking.wait()

    async def speaking_waits() -> None:
        speaking.set()
        await conductor.settle()

    slow.before_grading = grading_waits
    await updates(conductor.answer(interview_id, ANSWER, owner=OWNER))
    slow.before_speaking = speaking_waits
    taken = await turn(conductor.answer(interview_id, ANSWER, owner=OWNER))
    assert taken.question == "log"
    slow.before_speaking = slow.before_grading = None
    await play(conductor, interview_id, [ANSWER])
    interview = await conductor.graded(interview_id, owner=OWNER)
    assert interview.is_over
    events = await events_of(database, interview_id)
    assert asked_in(events) == ["drift", "limits", "log"]
    assert sorted(graded_in(events)) == ["drift", "limits", "log"]


async def test_a_grade_that_takes_several_turns_is_asked_for_once(database: Database) -> None:
    slow = Slow()
    catalog = short_questions("drift", "limits", "log", follow_ups=2)
    conductor = a_conductor(database, catalog=catalog, engine=slow.engine)
    interview_id = await begun(conductor)
    go_on, asked_for = asyncio.Event(), []

    async def grading_waits() -> None:
        asked_for.append("a grade")
        await go_on.wait()

    slow.before_grading = grading_waits
    await updates(conductor.skip(interview_id, owner=OWNER))
    for _ in range(3):
        await updates(conductor.answer(interview_id, "We look at it daily.", owner=OWNER))
    events = await events_of(database, interview_id)
    assert asked_in(events) == ["drift", "limits", "log"]
    await updates(conductor.answer(interview_id, "We look at it daily.", owner=OWNER))
    await updates(conductor.answer(interview_id, "We look at it daily.", owner=OWNER))
    go_on.set()
    await conductor.graded(interview_id, owner=OWNER)
    assert asked_for == ["a grade"], "the passed question needs none, `limits` one"


async def test_a_report_waits_for_its_own_interview_only(database: Database) -> None:
    slow = Slow()
    conductor = a_conductor(database, catalog=short_questions("drift"), engine=slow.engine)
    mine, other = await begun(conductor), await begun(conductor)
    await play(conductor, mine, [ANSWER])
    await conductor.settle()
    never = asyncio.Event()

    async def grading_waits() -> None:
        await never.wait()

    slow.before_grading = grading_waits
    await play(conductor, other, [ANSWER])
    try:
        interview = await asyncio.wait_for(conductor.graded(mine, owner=OWNER), timeout=10)
    finally:
        never.set()
    assert interview.ungraded == ()
    await conductor.settle()


async def test_ending_while_the_interviewer_speaks_ends_with_one_farewell(
    database: Database,
) -> None:
    slow = Slow()
    conductor = a_conductor(database, engine=slow.engine)
    interview_id = await begun(conductor)
    speaking, ended = asyncio.Event(), asyncio.Event()

    async def until_ended() -> None:
        speaking.set()
        await ended.wait()

    slow.before_speaking = until_ended
    answering = asyncio.create_task(
        updates(conductor.answer(interview_id, "We look at it daily.", owner=OWNER))
    )
    await speaking.wait()
    ending = asyncio.create_task(updates(conductor.end(interview_id, owner=OWNER)))
    while "end_requested" not in [e.type for e in await events_of(database, interview_id)]:  # noqa: ASYNC110
        await asyncio.sleep(0.001)  # another task appends
    slow.before_speaking = None
    ended.set()
    await answering
    told = await ending
    assert told[-1] == Done(state="over")
    events = await events_of(database, interview_id)
    assert [e.move.kind for e in events if e.type == "move_made"] == ["ask", "wrap"]


async def test_two_conductors_take_one_turn_and_show_the_same_one(
    database: Database, url: str
) -> None:
    async with Database(url) as elsewhere:
        catalog = short_questions("drift", "limits", "log", follow_ups=1)
        one = a_conductor(database, catalog=catalog)
        two = a_conductor(elsewhere, catalog=catalog)
        interview_id = await begun(one)
        while not (await one.load(interview_id, owner=OWNER)).is_over:
            stream = one.answer(interview_id, "We look at it daily.", owner=OWNER)
            await anext(stream)
            rest = asyncio.create_task(updates(stream))
            shown = await turn(two.advance(interview_id, owner=OWNER))
            mine = next(u for u in await rest if u.kind == "turn")
            assert mine == shown
        events = await events_of(database, interview_id)
        assert asked_in(events) == graded_in(events) == ["drift", "limits", "log"]
        kinds = [e.move.kind for e in events if e.type == "move_made"]
        assert kinds.count("wrap") == 1
        await two.settle()


async def test_two_conductors_that_both_speak_slowly_store_one_turn(
    database: Database, url: str
) -> None:
    async with Database(url) as elsewhere:
        both = asyncio.Barrier(2)
        engines = [Slow(), Slow()]
        catalog = short_questions("drift", "limits")
        conductors = [
            a_conductor(where, catalog=catalog, engine=slow.engine)
            for where, slow in zip((database, elsewhere), engines, strict=True)
        ]
        interview_id = await begun(conductors[0])
        stream = conductors[0].answer(interview_id, ANSWER, owner=OWNER)
        for slow in engines:

            async def wait_for_both() -> None:
                await both.wait()

            slow.before_speaking = wait_for_both
        await anext(stream)
        turns = await asyncio.gather(
            updates(stream), updates(conductors[1].advance(interview_id, owner=OWNER))
        )
        assert turns[0][-2] == turns[1][-2], "both show the turn that was stored"
        await asyncio.gather(*(c.graded(interview_id, owner=OWNER) for c in conductors))
        events = await events_of(database, interview_id)
        assert asked_in(events) == ["drift", "limits"]
        assert graded_in(events) == ["drift"]


async def test_grading_from_two_places_at_once_stores_each_grade_once(
    database: Database, url: str
) -> None:
    async with Database(url) as elsewhere:
        catalog = short_questions("drift", "limits", "log")
        slow = Slow()
        conductor = a_conductor(database, catalog=catalog, engine=slow.engine)
        other = a_conductor(elsewhere, catalog=catalog, engine=Slow().engine)
        interview_id = await begun(conductor)
        await play(conductor, interview_id, [ANSWER])
        reports = await asyncio.gather(
            *(c.graded(interview_id, owner=OWNER) for c in (conductor, other, conductor, other))
        )
        assert all(interview.ungraded == () for interview in reports)
        graded = graded_in(await events_of(database, interview_id))
        assert sorted(graded) == ["drift", "limits", "log"]


async def test_an_interviewer_whose_listener_left_can_be_asked_again(database: Database) -> None:
    conductor = a_conductor(database, speaker=OfflineSpeaker())
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0)
    stream = conductor.advance(interview_id, owner=OWNER)
    await anext(stream)
    await anext(stream)
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator
    taken = await turn(conductor.advance(interview_id, owner=OWNER))
    assert taken.question == "drift"
    assert asked_in(await events_of(database, interview_id)) == ["drift"]
