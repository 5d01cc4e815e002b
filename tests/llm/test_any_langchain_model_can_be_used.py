"""Providers other than OpenAI's protocol, played by LangChain's own fake models."""

from typing import Any

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable, RunnableLambda

from interviewer.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from interviewer.llm.chat import Chat, ChatSettings
from tests.llm.calls import ASKED, Verdicts

SETTINGS = ChatSettings(model="anthropic:claude-x", deadline_s=2, tries=1)
GOOD = '{"verdicts": []}'


def a_model(*replies: str, **metadata: Any) -> GenericFakeChatModel:
    return GenericFakeChatModel(
        messages=iter([AIMessage(content=text, response_metadata=metadata) for text in replies])
    )


async def test_its_words_are_streamed() -> None:
    stream = Chat(SETTINGS, model=a_model("What did it cost?")).stream(ASKED)
    assert "".join([piece async for piece in stream]) == "What did it cost?"
    assert stream.usage_is_estimated


async def test_without_a_structured_method_it_is_asked_in_words() -> None:
    chat = Chat(SETTINGS, model=a_model("no JSON", GOOD, GOOD))
    first, second = [await chat.structured(ASKED, Verdicts) for _ in range(2)]
    assert (first.mode, first.attempts) == ("text", 3)
    assert (second.mode, second.attempts) == ("text", 1)


class Structuring(GenericFakeChatModel):
    def with_structured_output(self, schema: Any, **kwargs: Any) -> Runnable[Any, Any]:
        raw = AIMessage(
            content="",
            usage_metadata={"input_tokens": 9, "output_tokens": 3, "total_tokens": 12},
            response_metadata={"stop_reason": "tool_use"},
        )
        return RunnableLambda(
            lambda _: {
                "raw": raw,
                "parsed": schema.model_validate_json(GOOD),
                "parsing_error": None,
            }
        )


async def test_its_own_structured_method_is_used_first() -> None:
    reply = await Chat(SETTINGS, model=Structuring(messages=iter([]))).structured(ASKED, Verdicts)
    assert (reply.mode, reply.attempts) == ("provider", 1)
    assert (reply.usage.prompt_tokens, reply.usage.completion_tokens) == (9, 3)


@pytest.mark.parametrize(
    ("reason", "error", "kind"),
    [("max_tokens", ModelOutputInvalid, "length"), ("refusal", ModelRefused, "content_filter")],
)
async def test_its_endings_are_understood(reason: str, error: type[ModelError], kind: str) -> None:
    chat = Chat(SETTINGS, model=a_model(GOOD, stop_reason=reason))
    chat._modes.begin_at("text")
    with pytest.raises(error) as caught:
        await chat.structured(ASKED, Verdicts)
    assert caught.value.kind == kind


class OverloadedByStatus(Exception):
    status_code = 529


class Unheard(Exception):
    pass


class Failing(GenericFakeChatModel):
    error: Any

    def _generate(self, *args: Any, **kwargs: Any) -> Any:
        raise self.error


@pytest.mark.parametrize(
    ("error", "kind"), [(OverloadedByStatus("busy"), "server"), (Unheard("odd"), "provider")]
)
async def test_an_exception_of_its_own_library_becomes_ours(error: Exception, kind: str) -> None:
    chat = Chat(SETTINGS, model=Failing(messages=iter([]), error=error))
    with pytest.raises(ModelUnavailable) as caught:
        await anext(aiter(chat.stream(ASKED)))
    assert caught.value.kind == kind
