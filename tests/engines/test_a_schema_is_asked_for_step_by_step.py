"""A server that can do less is asked for less, and one that cannot at all is stood in for."""

import pytest

from interviewer.domain.verdict import Met
from interviewer.engines.offline.speaker import OfflineSpeaker
from interviewer.errors import ModelOutputInvalid
from interviewer.interviews.grading import assessed
from interviewer.interviews.performance import Engine
from interviewer.llm.chat import Chat
from tests.builders import ANSWER, an_exchange
from tests.engines.parts import (
    a_model_assessor,
    a_model_speaker,
    a_reader,
    all_points,
    grades_with,
    verdicts_reply,
)
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket

QUOTE = "Dana in analytics owns the alert"
GOOD = verdicts_reply(all_points("yes", QUOTE))


@pytest.mark.parametrize(
    ("refused", "modes"),
    [
        ([], ["json_schema"]),
        (["no_json_schema"], ["json_schema", "json_object"]),
        (["no_json_schema", "no_json_object"], ["json_schema", "json_object", "text"]),
    ],
    ids=["json_schema", "json_object", "text"],
)
async def test_each_step_down_still_grades(
    server: ScriptedServer, chat: Chat, refused: list[str], modes: list[str]
) -> None:
    for fault in refused:
        server.fault(fault)
    server.respond_with(grades_with(GOOD))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert [request.mode for request in server.requests] == modes
    assert (found.engine, found.met("owner")) == ("model", Met.YES)
    asked = server.requests[-1].messages[-1]["content"]
    assert ('"properties"' in asked) == bool(refused), "without a schema the prompt holds it"


async def test_the_schema_wants_a_reason_before_a_quote_before_a_verdict(
    server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(grades_with(GOOD))
    await a_model_assessor(chat).assess(an_exchange(ANSWER))
    sent = server.requests[0].response_format
    assert sent is not None
    point = sent["json_schema"]["schema"]["$defs"]["PointVerdict"]
    assert list(point["properties"]) == ["point", "reason", "quote", "met"]
    assert point["properties"]["met"]["enum"] == ["yes", "partly", "no"]


@pytest.mark.parametrize("fault", ["off_schema", "truncated_json", "empty", "text"])
async def test_a_reply_in_plain_words_is_repaired_once_and_counted(
    server: ScriptedServer, chat: Chat, fault: str
) -> None:
    for refused in ("no_json_schema", "no_json_object"):
        server.fault(refused)
    server.fault(fault, text="The candidate did well." if fault == "text" else None)
    server.respond_with(grades_with(GOOD))
    found = await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert [request.mode for request in server.requests][-2:] == ["text", "text"]
    assert (found.met("owner"), found.usage.calls) == (Met.YES, 2)
    assert "cannot be used" in server.requests[-1].messages[-1]["content"]


async def test_after_one_failed_repair_that_answer_is_graded_offline_and_the_next_is_not(
    server: ScriptedServer, chat: Chat
) -> None:
    server.respond_with(grades_with(GOOD))
    server.say("The candidate did well.", "As I said, very well.")
    model = Engine("model", a_model_speaker(chat), a_model_assessor(chat))
    offline = Engine("offline", OfflineSpeaker(), a_reader())
    first = await assessed(an_exchange(ANSWER), model, offline)
    assert len(server.requests) == 2
    assert (first.engine, len(first.verdicts)) == ("offline", 5)
    assert first.fallback is not None
    assert first.fallback.cause == "bad_json"
    assert first.usage.calls == 2
    assert first.usage.prompt_tokens > 0
    second = await assessed(an_exchange(ANSWER), model, offline)
    assert (second.engine, second.fallback) == ("model", None)


async def test_nothing_is_sent_a_third_time(server: ScriptedServer, chat: Chat) -> None:
    server.fault("off_schema", times=5)
    with pytest.raises(ModelOutputInvalid) as caught:
        await a_model_assessor(chat).assess(an_exchange(ANSWER))
    assert (caught.value.kind, len(server.requests)) == ("off_schema", 2)
