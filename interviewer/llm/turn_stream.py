"""A reply read while it is written: one streamed call, with its deadline, retries and usage."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from interviewer.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from interviewer.llm.connection import Connection
from interviewer.llm.failures import caught, described, failure_of
from interviewer.llm.message import CUT, WITHHELD, Ending, Message, ending_of, text_of
from interviewer.llm.usage import SpendLimit, Usage, estimated_usage, reported_usage
from interviewer.llm.waiting import pause_s

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessageChunk

_LOG = logging.getLogger(__name__)


class TurnStream:
    """Iterate over it for the text, piece by piece; read `usage` when it is over.

    A request is repeated only as long as nobody has seen a word of it. Leave the loop early inside
    `async with`, or call `aclose`, and the connection is closed, so the server stops writing.

    Attributes:
        text: What has arrived so far.
        usage: Tokens and money of all its requests; complete when the iteration has ended.
        usage_is_estimated: The server reported nothing, so the tokens are guessed from the text.
    """

    def __init__(
        self,
        connection: Connection,
        limit: SpendLimit,
        messages: Sequence[Message],
    ) -> None:
        self._connection = connection
        self._limit = limit
        self._messages = tuple(messages)
        self._pieces = self._run()
        self._ending = Ending(None)
        self._reports: list[Any] = []
        self.text = ""
        self.usage = Usage()
        self.usage_is_estimated = False

    def __aiter__(self) -> AsyncIterator[str]:
        """The pieces of text, as they arrive.

        Raises:
            ModelUnavailable: No connection, a fault of the server, or too slow. Try later.
            ModelRefused: A wrong key, an unknown model, filtered content. Do not retry.
            ModelOutputInvalid: The reply broke off (`truncated`, `length`), was `empty`, or came
                from something that is no OpenAI-compatible server (`not_openai`).
            SpendLimitReached: Nothing was sent, because the limit is used up.
        """
        return self._pieces

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Stop reading and close the connection to the server."""
        await self._pieces.aclose()

    async def _run(self) -> AsyncGenerator[str, None]:
        await self._connection.model()
        settings = self._connection.settings
        loop = asyncio.get_running_loop()
        end = loop.time() + settings.deadline_s
        failures = caught(is_openai=self._connection.is_openai)
        for attempt in range(1, settings.tries + 1):
            with self._limit.call(estimated_usage(self._messages, "", settings.prices)):
                try:
                    # Closed at once and not by the garbage collector: a reader who leaves early
                    # must find the usage counted.
                    async with aclosing(self._attempt(end)) as pieces:
                        async for piece in pieces:
                            yield piece
                except failures as exc:
                    failure = failure_of(exc, settings)
                else:
                    return
            wait_s = pause_s(failure, attempt, settings.tries, end - loop.time())
            if self._connection.learn_from(failure.error):
                wait_s = 0.0
            if self.text or wait_s is None:
                raise failure.error
            _LOG.info("attempt %d failed, again in %.1f s: %s", attempt, wait_s, failure.error)
            await asyncio.sleep(wait_s)

    async def _attempt(self, end: float) -> AsyncGenerator[str, None]:
        model = await self._connection.model()
        sent = [(message.role, message.content) for message in self._messages]
        chunks = model.astream(sent, **self._connection.stream_options())
        self._ending, self._reports = Ending(None), []
        has_begun = False
        try:
            while (chunk := await self._next(chunks, end)) is not None:
                has_begun = True
                if piece := self._read(chunk):
                    self.text += piece
                    yield piece
        finally:
            if has_begun:
                self._account()
            await chunks.aclose()  # type: ignore[attr-defined]  # astream is an async generator
        self._check_ending()

    async def _next(self, chunks: Any, end: float) -> "BaseMessageChunk | None":
        settings = self._connection.settings
        deadline = asyncio.timeout_at(end)
        try:
            async with deadline:
                chunk: BaseMessageChunk | None = await anext(chunks, None)
                return chunk
        except TimeoutError:
            if not deadline.expired():
                raise
        what = f"no complete reply within {settings.deadline_s:g} s"
        raise described(ModelUnavailable, "deadline", settings, what)

    def _read(self, chunk: "BaseMessageChunk") -> str:
        ending = ending_of(chunk.response_metadata)
        self._ending = ending if ending.reason else self._ending
        if report := getattr(chunk, "usage_metadata", None):
            self._reports.append(report)
        return text_of(chunk)

    def _account(self) -> None:
        prices = self._connection.settings.prices
        usage = reported_usage(self._reports, prices)
        if usage is None:
            self.usage_is_estimated = True
            usage = estimated_usage(self._messages, self.text, prices)
        self.usage = self.usage + usage
        self._limit.add(usage)

    def _check_ending(self) -> None:
        settings = self._connection.settings
        error: ModelError | None = None
        if self._ending.is_filtered:
            error = described(ModelRefused, "content_filter", settings, WITHHELD)
        elif self._ending.is_cut:
            error = described(ModelOutputInvalid, "length", settings, CUT)
        elif self._ending.reason is None and self._connection.is_openai:
            what = "the reply ended without saying that it was complete"
            error = described(ModelOutputInvalid, "truncated", settings, what)
        elif not self.text.strip():
            error = described(ModelOutputInvalid, "empty", settings, "the reply was empty")
        if error is not None:
            raise error
