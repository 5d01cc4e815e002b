"""A reply as an instance of a Pydantic model, from servers that can do more or less of it.

The ways down: `json_schema` (the server enforces the schema), `json_object` (it enforces JSON, the
schema stands in the prompt), `text` (it enforces nothing). Other providers than OpenAI's protocol
use LangChain's own method (`provider`), then `text`.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from interviewer.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from interviewer.llm.connection import Connection
from interviewer.llm.failures import caught, described, failure_of, is_about_format
from interviewer.llm.json_reply import Parsed, parse_reply
from interviewer.llm.message import CUT, WITHHELD, Message, ending_of, text_of
from interviewer.llm.schema import response_format, schema_text
from interviewer.llm.usage import SpendLimit, Usage, estimated_usage, reported_usage
from interviewer.llm.waiting import pause_s

T = TypeVar("T", bound=BaseModel)

_LOG = logging.getLogger(__name__)
_REPLY_KEPT_CHARS = 8_000
"""Longest bad reply shown back to the model for repair."""


@dataclass(frozen=True, slots=True)
class Structured(Generic[T]):
    """A reply that fits its schema."""

    value: T
    usage: Usage
    mode: str
    """`json_schema`, `json_object`, `text` or `provider`."""
    attempts: int
    """Requests sent, retries and the repair included."""
    usage_is_estimated: bool = False


class Modes:
    """Which ways of asking the server accepts; what one call learns, the next one uses."""

    def __init__(self, *, is_openai: bool) -> None:
        first = ["json_schema", "json_object"] if is_openai else ["provider"]
        self._left = [*first, "text"]

    @property
    def left(self) -> tuple[str, ...]:
        """Not known to fail, the strictest first."""
        return tuple(self._left)

    def begin_at(self, mode: str) -> None:
        """Forget every way that is stricter than `mode`."""
        if mode in self._left:
            self._left = self._left[self._left.index(mode) :]


class StructuredCall(Generic[T]):
    """One call: the way down through the modes, the retries, and one repair."""

    def __init__(
        self, connection: Connection, limit: SpendLimit, modes: Modes, schema: type[T]
    ) -> None:
        self._connection = connection
        self._limit = limit
        self._modes = modes
        self._schema = schema
        self._end = 0.0
        self._attempts = 0
        self._usage = Usage()
        self._is_estimated = False

    async def run(self, messages: Sequence[Message]) -> Structured[T]:
        """The reply. See `Chat.structured` for the errors."""
        try:
            return await self._reply(messages)
        except ModelError as error:
            error.spent = self._usage
            raise

    async def _reply(self, messages: Sequence[Message]) -> Structured[T]:
        await self._connection.model()
        settings = self._connection.settings
        self._end = asyncio.get_running_loop().time() + settings.deadline_s
        refused: ModelError | None = None
        for mode in self._modes.left:
            try:
                value = await self._in_mode(mode, messages)
            except ModelRefused as exc:
                if not is_about_format(exc):
                    raise
                _LOG.info("%s does not take %s: %s", settings.where, mode, exc)
                refused = refused or exc
                continue
            if refused is not None:
                self._modes.begin_at(mode)
            return Structured(value, self._usage, mode, self._attempts, self._is_estimated)
        assert refused is not None  # noqa: S101
        raise refused

    async def _in_mode(self, mode: str, messages: Sequence[Message]) -> T:
        asked = list(messages)
        if mode in ("json_object", "text"):
            asked = _with_schema(asked, schema_text(self._schema))
        text, parsed = await self._ask(mode, asked)
        if mode == "json_schema" and not parsed.is_bare and text.strip():
            # A server that enforced the schema would have sent nothing around the JSON.
            self._modes.begin_at("json_object")
        if parsed.value is None:
            _LOG.info(
                "reply of %s off the schema: %s", self._connection.settings.where, parsed.problem
            )
            text, parsed = await self._ask(mode, _repair(asked, text, parsed, self._schema))
        if parsed.value is None:
            kind = "off_schema" if parsed.is_bare else "bad_json"
            what = f"the reply does not fit {self._schema.__name__}: {parsed.problem}"
            raise described(ModelOutputInvalid, kind, self._connection.settings, what)
        value: T = parsed.value
        return value

    async def _ask(self, mode: str, messages: Sequence[Message]) -> tuple[str, Parsed]:
        settings = self._connection.settings
        loop = asyncio.get_running_loop()
        failures = caught(is_openai=self._connection.is_openai)
        for attempt in range(1, settings.tries + 1):
            expected = estimated_usage(messages, "", settings.prices)
            deadline = asyncio.timeout_at(self._end)
            with self._limit.call(expected):
                self._attempts += 1
                try:
                    async with deadline:
                        return await self._request(mode, messages)
                except failures as exc:
                    failure = failure_of(exc, settings)
            if deadline.expired():
                what = f"no reply within {settings.deadline_s:g} s"
                raise described(ModelUnavailable, "deadline", settings, what)
            wait_s = pause_s(failure, attempt, settings.tries, self._end - loop.time())
            if wait_s is None:
                raise failure.error
            _LOG.info("attempt %d failed, again in %.1f s: %s", attempt, wait_s, failure.error)
            await asyncio.sleep(wait_s)
        raise AssertionError("the last attempt returns or raises")

    async def _request(self, mode: str, messages: Sequence[Message]) -> tuple[str, Parsed]:
        model = await self._connection.model()
        sent = [(message.role, message.content) for message in messages]
        if mode == "provider":
            asking = model.with_structured_output(self._schema, include_raw=True)
            reply: Any = await asking.ainvoke(sent)
            raw, ready = reply["raw"], reply["parsed"]
        else:
            raw, ready = await model.ainvoke(sent, **self._options(mode)), None
        text = text_of(raw)
        self._account(raw, messages, text)
        self._check_ending(raw)
        if isinstance(ready, self._schema):
            return text, Parsed(ready, "", is_bare=True)
        return text, parse_reply(text, self._schema)

    def _options(self, mode: str) -> dict[str, Any]:
        if not self._connection.is_openai:
            return {}
        formats: dict[str, Any] = {}
        if mode == "json_schema":
            bounds = self._connection.settings.base_url is not None
            formats = {"response_format": response_format(self._schema, bounds=bounds)}
        elif mode == "json_object":
            formats = {"response_format": {"type": "json_object"}}
        left_s = max(0.1, self._end - asyncio.get_running_loop().time())
        # In the body and not as an argument, which would switch LangChain to a path that raises on
        # endings itself. The reply comes in one piece, so silence is no sign of trouble: the read
        # time-out gives way to the deadline.
        return {"extra_body": self._connection.body(**formats), "timeout": left_s + 1}

    def _account(self, raw: Any, messages: Sequence[Message], text: str) -> None:
        prices = self._connection.settings.prices
        reports = [raw.usage_metadata] if getattr(raw, "usage_metadata", None) else []
        usage = reported_usage(reports, prices)
        if usage is None:
            self._is_estimated = True
            usage = estimated_usage(messages, text, prices)
        self._usage = self._usage + usage
        self._limit.add(usage)

    def _check_ending(self, raw: Any) -> None:
        settings, ending = self._connection.settings, ending_of(raw.response_metadata)
        if raw.additional_kwargs.get("refusal"):
            raise described(ModelRefused, "refusal", settings, "the model declined to answer")
        if ending.is_filtered:
            raise described(ModelRefused, "content_filter", settings, WITHHELD)
        if ending.is_cut:
            raise described(ModelOutputInvalid, "length", settings, CUT)


def _with_schema(messages: list[Message], schema: str) -> list[Message]:
    """The messages with the schema at their very end, where it disturbs no cached prefix."""
    asked = (
        "Reply with one JSON object and nothing else. It must be valid against this JSON schema:\n"
        f"{schema}"
    )
    if messages and messages[-1].role == "user":
        last = messages[-1]
        return [*messages[:-1], Message("user", f"{last.content}\n\n{asked}")]
    return [*messages, Message("user", asked)]


def _repair(
    messages: list[Message], text: str, parsed: Parsed, schema: type[BaseModel]
) -> list[Message]:
    shown = [Message("assistant", text[:_REPLY_KEPT_CHARS])] if text.strip() else []
    wanted = Message(
        "user",
        f"That reply cannot be used: {parsed.problem}. Send the whole JSON object again, corrected,"
        f" and nothing else. It must be valid against this JSON schema:\n{schema_text(schema)}",
    )
    return [*messages, *shown, wanted]
