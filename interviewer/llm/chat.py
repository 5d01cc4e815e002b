"""The chat model: words as they come, or a value that fits a schema.

The whole product talks to models through this class. Every failure leaves it as one of the
`ModelError` classes, within the deadline, and without the key in its text.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from pydantic import BaseModel

from interviewer.llm.connection import Connection, warm
from interviewer.llm.message import Message
from interviewer.llm.settings import ChatSettings, Prices
from interviewer.llm.structured import Modes, Structured, StructuredCall
from interviewer.llm.turn_stream import TurnStream
from interviewer.llm.usage import SpendLimit

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Chat", "ChatSettings", "Message", "Prices", "Structured", "TurnStream", "warm"]

T = TypeVar("T", bound=BaseModel)


class Chat:
    """One model. Make one and keep it: it holds the connections and what the server can do.

    Args:
        settings: Which model, and how long to wait for it.
        limit: Counts what is used; several models may share one.
        model: A ready LangChain chat model, for a provider the settings cannot name.

    Raises:
        SettingError: The limit is in dollars and the settings have no prices.
    """

    def __init__(
        self,
        settings: ChatSettings,
        limit: SpendLimit | None = None,
        model: "BaseChatModel | None" = None,
    ) -> None:
        self.settings = settings
        self.limit = limit or SpendLimit()
        self.limit.require_prices(settings.prices, settings.where)
        self._connection = Connection(settings, model)
        self._modes = Modes(is_openai=self._connection.is_openai)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def warm(self) -> None:
        """Import the libraries and build the client now, so that the first turn is not the slow one.

        Raises:
            SettingError: There is no key, or the provider's package is not installed.
        """
        await self._connection.model()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._connection.aclose()

    def stream(self, messages: Sequence[Message]) -> TurnStream:
        """The reply as it is written; nothing is sent before the first iteration.

        The errors are those of `TurnStream.__aiter__`.
        """
        return TurnStream(self._connection, self.limit, messages)

    async def structured(self, messages: Sequence[Message], schema: type[T]) -> Structured[T]:
        """The reply as an instance of `schema`.

        A reply off the schema is sent back once with what is wrong with it.

        Args:
            messages: What to say to the model.
            schema: The reply's model; its fields come in the order they are declared, so put a
                reason before the verdict it supports.

        Raises:
            ModelUnavailable: No connection, a fault of the server, or too slow. Try later.
            ModelRefused: A wrong key, an unknown model, a `refusal`, filtered content. Do not retry.
            ModelOutputInvalid: Cut off (`length`), not JSON (`bad_json`) or another shape
                (`off_schema`) even after the repair, or from no OpenAI-compatible server.
            SpendLimitReached: Nothing was sent, because the limit is used up.
        """
        call = StructuredCall(self._connection, self.limit, self._modes, schema)
        return await call.run(messages)
