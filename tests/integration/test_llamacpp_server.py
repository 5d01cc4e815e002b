"""The model client against a server nobody here wrote: llama.cpp's, with a random model."""

from collections.abc import Iterator
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from interviewer.errors import ModelOutputInvalid, ModelRefused
from interviewer.llm.chat import Chat, ChatSettings, Message
from tests.llamacpp import LlamaServer, missing_packages

pytestmark = [
    pytest.mark.integration,
    pytest.mark.enable_socket,
    pytest.mark.skipif(
        bool(missing_packages()),
        reason=f"not installed: {', '.join(missing_packages())} (dependency group `integration`)",
    ),
]

ASKED = [
    Message("system", "You are a strict interviewer for a bank. " * 20),
    Message("user", "Ask me about model drift."),
]


class PointVerdict(BaseModel):
    reason: str = Field(max_length=40)
    quote: str | None = Field(max_length=30)
    met: Literal["yes", "partly", "no"]
    confidence: int = Field(ge=0, le=9)


class Verdicts(BaseModel):
    verdicts: list[PointVerdict] = Field(min_length=2, max_length=3)


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with LlamaServer(tmp_path_factory.mktemp("llamacpp")) as server:
        yield server.base_url


def a_chat(base_url: str, max_output_tokens: int = 400) -> Chat:
    return Chat(
        ChatSettings(
            model="tiny",
            base_url=base_url,
            deadline_s=30,
            temperature=0.7,
            max_output_tokens=max_output_tokens,
        )
    )


async def test_text_streams_and_tokens_are_counted(base_url: str) -> None:
    async with a_chat(base_url) as chat:
        first, second = chat.stream(ASKED), chat.stream(ASKED)
        pieces = [piece async for piece in first]
        async for _piece in second:
            pass
    assert len(pieces) > 1
    assert first.text == "".join(pieces)
    assert first.usage.prompt_tokens > 200
    assert first.usage.completion_tokens >= len(pieces) // 2
    assert not first.usage_is_estimated
    assert second.usage.cached_tokens > 200


async def test_structured_replies_fit_the_schema_every_time(base_url: str) -> None:
    async with a_chat(base_url) as chat:
        replies = [await chat.structured(ASKED, Verdicts) for _ in range(5)]
    assert {(reply.mode, reply.attempts) for reply in replies} == {("json_schema", 1)}
    assert all(2 <= len(reply.value.verdicts) <= 3 for reply in replies)
    assert all(reply.usage.completion_tokens > 10 for reply in replies)


async def test_a_reply_cut_at_the_limit_is_said(base_url: str) -> None:
    async with a_chat(base_url, max_output_tokens=5) as chat:
        with pytest.raises(ModelOutputInvalid) as caught:
            await chat.structured(ASKED, Verdicts)
    assert caught.value.kind == "length"


async def test_a_prompt_beyond_the_context_is_refused_with_its_cause(base_url: str) -> None:
    async with a_chat(base_url) as chat:
        with pytest.raises(ModelRefused) as caught:
            await anext(aiter(chat.stream([Message("user", "drift " * 20_000)])))
    assert caught.value.kind == "context_length"
