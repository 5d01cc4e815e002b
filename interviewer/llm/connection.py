"""A LangChain chat model built from settings; importing LangChain takes seconds, so it waits.

One connection pool per event loop: a pool that outlives its loop fails with "Event loop is closed"
on the next request, and LangChain's own default pool is shared by the whole process.
"""

import asyncio
import importlib
import os
import threading
import warnings
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from interviewer.errors import ModelError, SettingError
from interviewer.llm.failures import redacted, secrets_of
from interviewer.llm.settings import ChatSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CONNECT_TIMEOUT_S = 5.0
NO_KEY = "none"
"""Sent to a server that was given no key, so that OPENAI_API_KEY never goes to another host."""


class Connection:
    """Builds the model on first use, again for each new event loop, and closes its pool.

    Args:
        settings: Which model.
        model: A ready LangChain chat model to use instead of building one.
    """

    def __init__(self, settings: ChatSettings, model: "BaseChatModel | None" = None) -> None:
        self.settings = settings
        self._given = model
        self._model: BaseChatModel | None = model
        self._pool: Any = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._building = threading.Lock()
        self._asks_for_usage = True

    @property
    def is_openai(self) -> bool:
        """Whether the model speaks OpenAI's own protocol, with its formats and endings."""
        return self._given is None and self.settings.provider == "openai"

    async def model(self) -> "BaseChatModel":
        """The model for the running event loop.

        Raises:
            SettingError: There is no key, or the provider's package is not installed.
        """
        loop = asyncio.get_running_loop()
        if self._model is None or (self._loop is not loop and self._given is None):
            # In a thread: the imports take seconds and would stop every other conversation.
            await asyncio.to_thread(self._build, loop)
        assert self._model is not None  # noqa: S101
        return self._model

    def stream_options(self) -> dict[str, Any]:
        """Arguments of LangChain's `astream`."""
        if not self.is_openai:
            return {}
        return {"extra_body": self.body(), "stream_usage": self._asks_for_usage}

    def learn_from(self, error: ModelError) -> bool:
        """Whether the request can be sent again at once, because it will now be another one.

        A few older servers refuse `stream_options`, which asks for the usage; it is then estimated.
        """
        if not self._asks_for_usage or "stream_options" not in str(error):
            return False
        self._asks_for_usage = False
        return True

    def body(self, **fields: Any) -> dict[str, Any]:
        """Fields of the request's body that LangChain would leave out or rename.

        The limit of output tokens goes to other servers as `max_tokens`, the name all of them know;
        OpenAI's own API wants `max_completion_tokens`, which LangChain sends.
        """
        limit = self.settings.max_output_tokens
        if limit is not None and self.settings.base_url is not None:
            fields["max_tokens"] = limit
        return fields

    async def aclose(self) -> None:
        """Close the connections of the running event loop."""
        pool, self._pool = self._pool, None
        if self._given is None:
            self._model = None
        if pool is not None and self._loop is asyncio.get_running_loop():
            await pool.aclose()

    def _build(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._building:
            if self._model is not None and self._loop is loop:
                return
            _switch_tracing_off()
            if self.is_openai:
                self.settings = with_key(self.settings)
                self._model, self._pool = _openai_model(self.settings)
            else:
                self._model = _other_model(self.settings)
            self._loop = loop


def _switch_tracing_off() -> None:
    """Keeps LangChain from sending interviews to a tracing service.

    Variables set for another project would switch it on unasked; what a candidate says goes to the
    model they chose and nowhere else.
    """
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGSMITH_TRACING_V2"):
        os.environ[name] = "false"


def with_key(settings: ChatSettings) -> ChatSettings:
    """The settings with the key that will be sent, so that it can be blotted out of messages.

    Raises:
        SettingError: OpenAI needs a key and there is none.
    """
    if settings.api_key is not None or settings.base_url is not None:
        return settings
    key = os.environ.get("OPENAI_API_KEY", "")
    if not key:
        raise SettingError(
            f"no API key for {settings.where}: set one, or the base URL of a server without keys"
        )
    return settings.model_copy(update={"api_key": SecretStr(key)})


def _openai_model(settings: ChatSettings) -> "tuple[BaseChatModel, Any]":
    import httpx2
    import openai
    from langchain_openai import ChatOpenAI

    # LangChain advises its own function-calling method when a server lacks json_schema; we step
    # down by ourselves, and the advice would confuse whoever reads the terminal.
    for start in ("This model does not support OpenAI's", "Invalid schema for OpenAI's"):
        warnings.filterwarnings("ignore", message=start, category=UserWarning)
    timeout = httpx2.Timeout(settings.read_timeout_s, connect=CONNECT_TIMEOUT_S)
    pool = openai.DefaultAsyncHttpxClient(timeout=timeout)
    options: dict[str, Any] = {}
    if settings.max_output_tokens is not None and settings.base_url is None:
        options["max_tokens"] = settings.max_output_tokens
    model = ChatOpenAI(
        model=settings.name,
        base_url=settings.base_url,
        api_key=settings.api_key or SecretStr(NO_KEY),
        timeout=timeout,
        # Retries are ours: the client's would wait up to two minutes for a Retry-After.
        max_retries=0,
        # Not asked for by default as soon as a base URL is set.
        stream_usage=True,
        # Its own watchdog; read time-out and deadline do that here.
        stream_chunk_timeout=None,
        use_responses_api=False,
        temperature=settings.temperature,
        http_async_client=pool,
        **options,
    )
    return model, pool


def _other_model(settings: ChatSettings) -> "BaseChatModel":
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {
        "temperature": settings.temperature,
        "max_tokens": settings.max_output_tokens,
        "base_url": settings.base_url,
        "api_key": settings.api_key,
    }
    try:
        model: BaseChatModel = init_chat_model(
            settings.name,
            model_provider=settings.provider,
            max_retries=0,
            timeout=settings.read_timeout_s,
            **{name: value for name, value in options.items() if value is not None},
        )
    except ImportError as exc:
        reason = f"the package {exc.name or 'of the provider'} is not installed: install it"
    except (ValueError, TypeError) as exc:
        reason = redacted(str(exc), secrets_of(settings))
    else:
        return model
    raise SettingError(f"cannot use {settings.where}: {reason}")


def warm() -> None:
    """Import LangChain and OpenAI now, in the calling thread.

    Takes about 3 s once per process; a server calls it in a thread while it starts, so that the
    first candidate does not wait for it.
    """
    for module in ("langchain_openai", "openai.types.chat"):
        importlib.import_module(module)
