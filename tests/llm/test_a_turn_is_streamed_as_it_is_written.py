import asyncio
import gc
import time
from contextlib import suppress

import pytest

from interviewer.errors import ModelOutputInvalid, ModelUnavailable
from interviewer.llm.chat import Message, TurnStream
from tests.llm.calls import ASKED, a_chat
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket


async def read(stream: TurnStream) -> str:
    return "".join([piece async for piece in stream])


async def test_words_arrive_while_the_server_still_writes(server: ScriptedServer) -> None:
    server.say("one two three four five six")
    server.tokens_per_s = 50
    async with a_chat(server) as chat, chat.stream(ASKED) as stream:
        pieces, unfinished = [], 0
        async for piece in stream:
            pieces.append(piece)
            unfinished += server.requests[0].finished_at is None
    assert "".join(pieces) == stream.text == "one two three four five six"
    assert unfinished > 2


async def test_the_usage_is_the_servers_count(server: ScriptedServer) -> None:
    long = [Message("system", "Stay with the rubric. " * 400), *ASKED]
    async with a_chat(server) as chat:
        await read(chat.stream(long))
        stream = chat.stream(long)
        await read(stream)
    seen = server.requests[1]
    assert seen.body["stream_options"] == {"include_usage": True}
    assert stream.usage.prompt_tokens == seen.prompt_tokens
    assert stream.usage.completion_tokens > 0
    assert stream.usage.cached_tokens == seen.cached_tokens > 1024
    assert (stream.usage.calls, stream.usage.cost_usd) == (1, None)
    assert not stream.usage_is_estimated


@pytest.mark.parametrize("fault", ["no_usage", "cut"])
async def test_what_the_server_does_not_count_is_estimated(
    server: ScriptedServer, fault: str
) -> None:
    server.fault(fault)
    async with a_chat(server) as chat:
        stream = chat.stream(ASKED)
        with suppress(ModelUnavailable):
            await read(stream)
        assert stream.usage_is_estimated
        assert stream.usage.prompt_tokens > 10
        assert stream.usage.completion_tokens == -(-len(stream.text) // 4)
        assert chat.limit.used == stream.usage


async def test_a_rate_limit_is_waited_out_as_long_as_asked(server: ScriptedServer) -> None:
    server.fault("429", retry_after_s=0.3)
    async with a_chat(server, deadline_s=3) as chat:
        stream = chat.stream(ASKED)
        assert await read(stream) == server.requests[1].reply
    waited_s = server.requests[1].started_at - server.requests[0].started_at
    assert 0.3 <= waited_s < 1.3


@pytest.mark.parametrize("retry_after_s", [120, 2])
async def test_a_wait_that_cannot_pay_is_not_begun(
    server: ScriptedServer, retry_after_s: float
) -> None:
    server.fault("429", times=2, retry_after_s=retry_after_s)
    started = time.monotonic()
    async with a_chat(server, tries=5, deadline_s=1) as chat:
        with pytest.raises(ModelUnavailable, match="Slow down"):
            await anext(aiter(chat.stream(ASKED)))
    assert time.monotonic() - started < 0.9
    assert len(server.requests) == 1


async def test_a_passing_fault_is_not_noticed(server: ScriptedServer) -> None:
    for fault in ("500", "empty"):
        server.fault(fault)
    async with a_chat(server, tries=3, deadline_s=5) as chat:
        stream = chat.stream(ASKED)
        assert await read(stream)
    assert len(server.requests) == 3


async def test_nothing_is_said_twice_once_a_word_was_shown(server: ScriptedServer) -> None:
    server.fault("cut")
    async with a_chat(server, tries=3) as chat:
        stream = chat.stream(ASKED)
        with pytest.raises(ModelUnavailable):
            await read(stream)
    assert stream.text
    assert len(server.requests) == 1


async def test_the_deadline_counts_the_whole_reply_however_steady(server: ScriptedServer) -> None:
    server.fault("slow_drip", every_s=0.1, text="word " * 100)
    started = time.monotonic()
    async with a_chat(server, deadline_s=0.7, read_timeout_s=5) as chat:
        stream = chat.stream(ASKED)
        with pytest.raises(ModelUnavailable) as caught:
            await read(stream)
    assert caught.value.kind == "deadline"
    assert 0.6 < time.monotonic() - started < 1.7
    assert stream.text.startswith("word")
    assert server.wait_until(lambda: server.requests[0].disconnected)


async def test_cancelling_the_turn_stops_the_server(server: ScriptedServer) -> None:
    server.tokens_per_s = 20
    server.say("word " * 200)
    async with a_chat(server, deadline_s=30, read_timeout_s=30) as chat:
        stream = chat.stream(ASKED)
        task = asyncio.create_task(read(stream))
        await asyncio.to_thread(server.wait_until, lambda: bool(stream.text))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        gone = await asyncio.to_thread(server.wait_until, lambda: server.requests[0].disconnected)
    assert gone
    assert stream.usage.completion_tokens > 0


async def test_leaving_the_loop_early_stops_the_server(server: ScriptedServer) -> None:
    server.tokens_per_s = 20
    server.say("word " * 200)
    async with a_chat(server, deadline_s=30, read_timeout_s=30) as chat:
        async with chat.stream(ASKED) as stream:
            async for _piece in stream:
                break
        assert stream.usage.calls == 1
        gone = await asyncio.to_thread(server.wait_until, lambda: server.requests[0].disconnected)
    assert gone


async def test_a_server_without_stream_options_is_asked_without(server: ScriptedServer) -> None:
    server.fault("400", text="Unrecognized request argument supplied: stream_options")
    async with a_chat(server, tries=2) as chat:
        for _ in range(2):
            stream = chat.stream(ASKED)
            assert await read(stream)
            assert stream.usage.calls == 1
    assert ["stream_options" in request.body for request in server.requests] == [True, False, False]


async def test_the_limit_of_output_tokens_is_sent_by_the_name_all_servers_know(
    server: ScriptedServer,
) -> None:
    async with a_chat(server, max_output_tokens=77, temperature=0.2) as chat:
        await read(chat.stream(ASKED))
    body = server.requests[0].body
    assert (body["max_tokens"], body["temperature"]) == (77, 0.2)
    assert "max_completion_tokens" not in body


async def test_many_turns_at_once_share_one_chat(server: ScriptedServer) -> None:
    server.latency_s = 0.3
    async with a_chat(server, deadline_s=20, read_timeout_s=20) as chat:
        await chat.warm()
        started = time.monotonic()
        replies = await asyncio.gather(*(read(chat.stream(ASKED)) for _ in range(10)))
    assert all(replies)
    assert time.monotonic() - started < 2.5


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the first loop's connection, left open
def test_a_chat_outlives_the_event_loop_it_began_in(server: ScriptedServer) -> None:
    chat = a_chat(server, tries=1)

    async def one(*, last: bool) -> str:
        try:
            return await read(chat.stream(ASKED))
        finally:
            if last:
                await chat.aclose()

    assert asyncio.run(one(last=False)) == asyncio.run(one(last=True))
    gc.collect()


async def test_html_is_no_reply_even_as_a_stream(server: ScriptedServer) -> None:
    server.fault("html_200")
    async with a_chat(server) as chat:
        with pytest.raises(ModelOutputInvalid, match="/v1") as caught:
            await anext(aiter(chat.stream(ASKED)))
    assert not caught.value.retryable
