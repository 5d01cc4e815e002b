import time
import traceback
from collections.abc import Awaitable, Callable

import pytest

from interviewer.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from interviewer.llm.chat import Chat
from tests.llm.calls import ASKED, KEY, Verdicts, a_chat
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket

SLACK_S = 1.0  # the machine that runs the tests may be busy

BEFORE_THE_FIRST_WORD = [
    ("401", ModelRefused, "auth", 1),
    ("echo_key", ModelRefused, "auth", 1),
    ("403", ModelRefused, "permission", 1),
    ("404", ModelRefused, "not_found", 1),
    ("quota", ModelRefused, "quota", 1),
    ("context_length", ModelRefused, "context_length", 1),
    ("content_filter", ModelRefused, "content_filter", 1),
    ("429", ModelUnavailable, "rate_limit", 2),
    ("html_200", ModelOutputInvalid, "not_openai", 1),
    ("length", ModelOutputInvalid, "length", 1),
]
STREAMED = [
    ("400", ModelRefused, "bad_request", 1),
    ("500", ModelUnavailable, "server", 2),
    ("503_html", ModelUnavailable, "server", 2),
    ("hang", ModelUnavailable, "timeout", 1),
    ("stall", ModelUnavailable, "timeout", 1),
    ("slow_drip", ModelUnavailable, "deadline", 1),
    ("cut", ModelUnavailable, "connection", 1),
    ("error_event", ModelUnavailable, "stream_error", 1),
    ("no_finish_reason", ModelOutputInvalid, "truncated", 1),
    ("garbage_line", ModelOutputInvalid, "not_openai", 1),
    ("empty", ModelOutputInvalid, "empty", 2),
]
WHOLE = [
    ("400", ModelRefused, "bad_request", 3),  # once for each format
    ("500", ModelUnavailable, "server", 2),
    ("503_html", ModelUnavailable, "server", 2),
    ("hang", ModelUnavailable, "deadline", 1),
    ("slow_drip", ModelUnavailable, "deadline", 1),
    ("cut", ModelUnavailable, "connection", 2),
    ("refusal", ModelRefused, "refusal", 1),
    ("null_choices", ModelOutputInvalid, "not_openai", 1),
    ("empty", ModelOutputInvalid, "bad_json", 2),
    ("truncated_json", ModelOutputInvalid, "bad_json", 2),
    ("off_schema", ModelOutputInvalid, "off_schema", 2),
]


async def say(chat: Chat) -> str:
    async with chat.stream(ASKED) as stream:
        return "".join([piece async for piece in stream])


async def grade(chat: Chat) -> str:
    return (await chat.structured(ASKED, Verdicts)).value.model_dump_json()


@pytest.mark.parametrize(
    ("ask", "fault", "error", "kind", "requests"),
    [(say, *row) for row in BEFORE_THE_FIRST_WORD + STREAMED]
    + [(grade, *row) for row in BEFORE_THE_FIRST_WORD + WHOLE],
)
async def test_it_is_the_right_error_in_time_and_without_the_key(
    server: ScriptedServer,
    caplog: pytest.LogCaptureFixture,
    ask: Callable[[Chat], Awaitable[str]],
    fault: str,
    error: type[ModelError],
    kind: str,
    requests: int,
) -> None:
    caplog.set_level("DEBUG")
    deadline_s = 0.8 if kind == "deadline" else 5.0
    read_timeout_s = 0.4 if kind == "timeout" else 4.0
    tries = 1 if kind == "timeout" else 2
    async with a_chat(
        server, deadline_s=deadline_s, read_timeout_s=read_timeout_s, tries=tries
    ) as chat:
        await chat.warm()
        server.fault(fault, times=9)
        started = time.monotonic()
        with pytest.raises(error) as caught:
            await ask(chat)
        assert time.monotonic() - started < deadline_s + SLACK_S
    assert type(caught.value) is error
    assert caught.value.kind == kind
    assert len(server.requests) == requests
    assert server.requests[0].authorization == f"Bearer {KEY}"
    assert "scripted-1" in str(caught.value)
    assert KEY not in "".join(traceback.format_exception(caught.value)) + caplog.text
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


async def test_nobody_listens(server: ScriptedServer) -> None:
    async with a_chat(server, base_url="http://127.0.0.1:9/v1", tries=1) as chat:
        with pytest.raises(ModelUnavailable) as caught:
            await say(chat)
    assert caught.value.kind == "connection"
    assert caught.value.retryable


@pytest.mark.parametrize("text", ["Input should be 'text' or 'json_object' for response_format"])
async def test_a_format_refused_with_500_is_not_taken_for_a_fault(
    server: ScriptedServer, text: str
) -> None:
    server.fault("500", text=text)
    async with a_chat(server) as chat:
        reply = await chat.structured(ASKED, Verdicts)
    assert (reply.mode, reply.attempts) == ("json_object", 2)
