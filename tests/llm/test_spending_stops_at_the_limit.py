import asyncio

import pytest

from interviewer.errors import SettingError, SpendLimitReached
from interviewer.llm.chat import Prices
from interviewer.llm.usage import SpendLimit, Usage
from tests.llm.calls import ASKED, Verdicts, a_chat
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket

PRICES = Prices(prompt_usd=1.0, cached_usd=0.1, completion_usd=10.0)


async def test_no_request_is_sent_once_the_tokens_are_used_up(server: ScriptedServer) -> None:
    limit = SpendLimit(max_tokens=20)
    async with a_chat(server, limit) as one, a_chat(server, limit) as other:
        async for _piece in one.stream(ASKED):
            pass
        with pytest.raises(SpendLimitReached, match="the limit is 20"):
            await other.structured(ASKED, Verdicts)
        with pytest.raises(SpendLimitReached):
            await anext(aiter(other.stream(ASKED)))
    assert len(server.requests) == 1
    assert limit.used.calls == 1


async def test_dollars_are_counted_from_the_prices(server: ScriptedServer) -> None:
    async with a_chat(server, prices=PRICES) as chat:
        usage = (await chat.structured(ASKED, Verdicts)).usage
    assert usage.cost_usd == pytest.approx(
        (usage.prompt_tokens * 1.0 + usage.completion_tokens * 10.0) / 1e6
    )
    limit = SpendLimit(max_usd=0.5, used=Usage(cost_usd=0.5))
    async with a_chat(server, limit, prices=PRICES) as chat:
        with pytest.raises(SpendLimitReached, match="USD"):
            await chat.structured(ASKED, Verdicts)


async def test_the_repair_counts_and_is_not_sent_beyond_the_limit(server: ScriptedServer) -> None:
    server.fault("off_schema")
    async with a_chat(server, SpendLimit(max_tokens=10)) as chat:
        with pytest.raises(SpendLimitReached):
            await chat.structured(ASKED, Verdicts)
    assert len(server.requests) == 1


def test_a_limit_in_dollars_needs_prices(server: ScriptedServer) -> None:
    with pytest.raises(SettingError, match="set its prices"):
        a_chat(server, SpendLimit(max_usd=1))


async def test_calls_at_the_same_time_do_not_all_pass_below_the_limit(
    server: ScriptedServer,
) -> None:
    limit = SpendLimit(max_tokens=40)
    async with a_chat(server, limit) as chat:
        asked = [chat.structured(ASKED, Verdicts) for _ in range(30)]
        replies = await asyncio.gather(*asked, return_exceptions=True)
    refused = sum(isinstance(reply, SpendLimitReached) for reply in replies)
    assert refused >= 25
    assert len(server.requests) == 30 - refused


def test_a_call_that_ended_no_longer_counts_as_under_way() -> None:
    limit, expected = SpendLimit(max_tokens=100), Usage(prompt_tokens=60)
    refused = pytest.raises(SpendLimitReached)
    with limit.call(expected), limit.call(expected), refused, limit.call(expected):
        pass
    with limit.call(expected):
        limit.add(Usage(prompt_tokens=30))
    assert limit.used.prompt_tokens == 30
    with limit.call(expected):
        pass
