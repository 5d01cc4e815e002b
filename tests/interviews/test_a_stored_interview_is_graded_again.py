from collections.abc import AsyncIterator

import pytest

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.domain.regrade import Regrade
from interviewer.domain.verdict import Met
from interviewer.engines.protocols import Assessor
from interviewer.errors import InputError, ModelUnavailable
from interviewer.interviews.regrading import regraded
from interviewer.llm.chat import Chat
from interviewer.store.engine import Database
from tests.builders import ANSWER, NOON
from tests.engines.parts import (
    a_model_assessor,
    a_reader,
    all_points,
    grades_with,
    verdicts_reply,
)
from tests.interviews.parts import OWNER, a_conductor, begun, events_of, play, short_questions
from tests.llm.calls import a_chat
from tests.scripted_server import ScriptedServer

QUOTE = "Dana in analytics owns the alert"


@pytest.fixture
async def chat(server: ScriptedServer) -> AsyncIterator[Chat]:
    async with a_chat(server) as opened:
        yield opened


async def a_round(database: Database, chat: Chat | None = None) -> str:
    conductor = a_conductor(database, catalog=short_questions("drift"), chat=chat)
    interview = await begun(conductor)
    await play(conductor, interview, [ANSWER])
    await conductor.graded(interview, owner=OWNER)
    return interview


async def again(
    database: Database, interview_id: str, assessor: Assessor, times: int = 3
) -> Regrade:
    interview = await a_conductor(database).load(interview_id, owner=OWNER)
    return await regraded(interview_id, interview, assessor, times, lambda: NOON)


async def test_the_offline_engine_says_the_same_each_time_and_says_so(database: Database) -> None:
    interview = await a_round(database)
    before = await events_of(database, interview)
    found = await again(database, interview, a_reader())
    (question,) = found.questions
    assert found.deterministic
    assert "always gives the same verdicts" in found.note
    assert len(set(question.scores)) == 1
    assert question.scores[0] == question.stored_score
    assert {p.agreement for p in question.points} == {1.0}
    assert question.stored_by == question.graded_by
    assert await events_of(database, interview) == before


@pytest.mark.enable_socket
async def test_readings_of_a_model_that_differ_show_their_spread(
    database: Database, server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(grades_with(verdicts_reply(all_points("yes", QUOTE))))
    interview = await a_round(database, chat)
    replies = iter(["yes", "no", "yes"])
    server.respond_with(
        lambda body: verdicts_reply(
            all_points("yes", QUOTE)
            | {"cost": (met := next(replies), QUOTE if met == "yes" else "")}
        )
    )
    found = await again(database, interview, a_model_assessor(chat))
    (question,) = found.questions
    cost = next(p for p in question.points if p.point == "cost")
    assert sorted(met or "" for met in cost.readings) == [Met.NO, Met.YES, Met.YES]
    assert (cost.stored, cost.agreement) == (Met.YES, 0.667)
    assert not found.deterministic
    assert question.stored_by is not None
    assert question.stored_by.prompts[0].id == "grading/exchange"
    assert len(question.stored_by.rubric) == 64
    assert question.usage.calls == 3


class Flaky:
    """A model's assessor of which every other call fails."""

    name = "model"

    def __init__(self, works: bool) -> None:
        self._works = works

    async def assess(self, exchange: Exchange) -> Assessment:
        self._works = not self._works
        if self._works:
            raise ModelUnavailable("the server is overloaded")
        found = await a_reader().assess(exchange)
        return found.model_copy(update={"engine": "model"})


async def test_a_reading_that_fails_is_counted_and_never_replaced_by_the_offline_engine(
    database: Database,
) -> None:
    interview = await a_round(database)
    (question,) = (await again(database, interview, Flaky(works=False), times=3)).questions
    assert (len(question.scores), question.failed) == (1, 2)
    assert question.graded_by.engine == "model"
    with pytest.raises(ModelUnavailable):
        await again(database, interview, Flaky(works=False), times=1)


async def test_too_many_times_and_too_little_to_read_are_refused(database: Database) -> None:
    interview = await a_round(database)
    for times in (0, 21):
        with pytest.raises(InputError, match="-n must be"):
            await again(database, interview, a_reader(), times)
    open_round = await begun(a_conductor(database))
    with pytest.raises(InputError, match="no answered question"):
        await again(database, open_round, a_reader())
