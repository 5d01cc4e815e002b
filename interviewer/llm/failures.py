"""Every way a model call fails, as one of our errors, with no key in its text.

Our error is raised outside the `except` block of the one it replaces: a chained exception would
print the provider's own message, and that may quote the key.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any

from interviewer.errors import ModelError, ModelOutputInvalid, ModelRefused, ModelUnavailable
from interviewer.llm.settings import ChatSettings

_KEY_LIKE = re.compile(
    r"(?i:bearer\s+|api[_-]?key[\"']?\s*[=:]\s*[\"']?)[^\s\"',;}]+"
    r"|\b(?:sk|pk|rk|gsk|xai|hf|nvapi)[-_][A-Za-z0-9_\-.]{6,}|\bAIza[A-Za-z0-9_\-]{10,}"
)
_ABOUT_FORMAT = re.compile(
    r"response_?format|json_?schema|json_?object|structured[ _]output|grammar|invalid schema", re.I
)
_ABOUT_LENGTH = re.compile(
    r"context[ _](?:length|size|window)|too many tokens|prompt is too long|maximum context", re.I
)
_STATUS_AGAIN = re.compile(r"^Error code: \d{3}(?: - )?")
_LONGEST_MESSAGE = 300

_ADVICE = {
    "auth": "check the API key",
    "permission": "the key may not use this model",
    "not_found": "check the model's name and the base URL, which usually ends in /v1",
    "quota": "the account has no credit left",
    "context_length": "the prompt is too long for this model",
    "rate_limit": "try again later or send less in parallel",
    "connection": "check the address and whether the server runs",
    "timeout": "try again or raise the read time-out",
    "deadline": "try again or raise the deadline",
    "not_openai": "check that the base URL is of an OpenAI-compatible server and ends in /v1",
    "truncated": "the connection ended before the reply did: try again",
    "length": "raise the limit of output tokens",
    "content_filter": "the provider's filter stopped it",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed request: the error to raise, and how long the server asked us to wait."""

    error: ModelError
    retry_after_s: float | None = None


def caught(*, is_openai: bool) -> tuple[type[Exception], ...]:
    """The exceptions a LangChain call can end with; all become a `ModelError`.

    For OpenAI's protocol it includes the built-in errors with which LangChain meets a body of
    another shape than it expects: `choices` missing (KeyError), null (TypeError), a page of HTML
    (ValueError). Other integrations raise whatever their provider's library raises, which has no
    common root but `Exception`.
    """
    if not is_openai:
        return (Exception,)
    import httpx2
    import openai
    from langchain_core.exceptions import LangChainException

    return (
        ModelError,
        openai.OpenAIError,
        LangChainException,
        httpx2.HTTPError,
        OSError,
        RuntimeError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
    )


def failure_of(exc: Exception, settings: ChatSettings) -> Failure:
    """The failure that an exception stands for.

    Args:
        exc: One of `caught`.
        settings: Whose key must not appear in the message, and what was called.
    """
    if isinstance(exc, ModelError):
        return Failure(exc)
    message = str(getattr(exc, "message", "") or exc)
    said = redacted(_STATUS_AGAIN.sub("", message), secrets_of(settings))
    status = _status(exc)
    if status is None:
        kind, error_class = _by_type(exc)
    else:
        kind, error_class = _by_status(status, f"{exc} {getattr(exc, 'body', '')}")
    return Failure(
        described(error_class, kind, settings, f"{_named(exc, status)}: {said}".rstrip(": ")),
        _retry_after_s(exc),
    )


def described(
    error_class: type[ModelError], kind: str, settings: ChatSettings, what: str
) -> ModelError:
    """An error with its place, cause and advice.

    Args:
        error_class: Says what the caller does next.
        kind: Short cause, a key of the advice where there is some.
        settings: Which model was called.
        what: What happened; already without secrets.
    """
    advice = f"; {_ADVICE[kind]}" if kind in _ADVICE else ""
    again = None if kind not in ("not_openai", "length") else False
    return error_class(f"{settings.where}: {what}{advice}", kind=kind, retryable=again)


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text on one line, cut to 300 characters, with every secret and look-alike blotted out."""
    for secret in secrets:
        text = text.replace(secret, "[key]")
    text = _KEY_LIKE.sub("[key]", text)
    return " ".join(text.split())[:_LONGEST_MESSAGE]


def secrets_of(settings: ChatSettings) -> tuple[str, ...]:
    """The texts that may not leave the process."""
    key = settings.api_key.get_secret_value() if settings.api_key else ""
    return (key,) if key else ()


def is_about_format(error: ModelError) -> bool:
    """Whether the server may only have objected to the reply format asked for."""
    return error.kind in ("format", "bad_request")


def _named(exc: Exception, status: int | None) -> str:
    return f"HTTP {status}" if status is not None else type(exc).__name__


def _status(exc: Exception) -> int | None:
    status: Any = getattr(exc, "status_code", None)
    if isinstance(status, int):
        return status
    from langchain_core import exceptions as lc

    for error_class, code in (
        (lc.ModelAuthenticationError, 401),
        (lc.ModelPermissionDeniedError, 403),
        (lc.ModelNotFoundError, 404),
        (lc.ModelRateLimitError, 429),
        (lc.ModelInvalidRequestError, 400),
        (lc.ModelAPIError, 500),
    ):
        if isinstance(exc, error_class):
            return code
    return None


def _by_status(status: int, text: str) -> tuple[str, type[ModelError]]:
    if status == 429:
        # Not any mention of a quota: Google calls its limit per minute one, and that one passes.
        if "insufficient_quota" in text:
            return "quota", ModelRefused
        return "rate_limit", ModelUnavailable
    if status in (401, 403, 404):
        return {401: "auth", 403: "permission", 404: "not_found"}[status], ModelRefused
    if _ABOUT_LENGTH.search(text) and status < 500:
        return "context_length", ModelRefused
    # Some servers answer a format they do not know with 500 (llama-cpp-python 0.3 does).
    if _ABOUT_FORMAT.search(text):
        return "format", ModelRefused
    if status >= 500 or status in (408, 409):
        return "server", ModelUnavailable
    return "bad_request", ModelRefused


def _by_type(exc: Exception) -> tuple[str, type[ModelError]]:
    import httpx2
    import openai
    from langchain_core import exceptions as lc

    if isinstance(exc, NotImplementedError):
        return "format", ModelRefused
    if isinstance(exc, lc.ContextOverflowError):
        return "context_length", ModelRefused
    if isinstance(exc, TimeoutError | openai.APITimeoutError | lc.ModelTimeoutError):
        return "timeout", ModelUnavailable
    if isinstance(exc, openai.APIConnectionError | lc.ModelConnectionError | httpx2.HTTPError):
        return "connection", ModelUnavailable
    if isinstance(exc, OSError):
        return "connection", ModelUnavailable
    if isinstance(exc, openai.APIError):
        return "stream_error", ModelUnavailable
    if isinstance(
        exc, ValueError | TypeError | LookupError | AttributeError | lc.LangChainException
    ):
        return "not_openai", ModelOutputInvalid
    name = type(exc).__name__.lower()
    if "timeout" in name or "connect" in name:
        return "connection", ModelUnavailable
    return "provider", ModelUnavailable


def _retry_after_s(exc: Exception) -> float | None:
    headers = getattr(getattr(exc, "response", None), "headers", None)
    if headers is None:
        return None
    milliseconds, value = headers.get("retry-after-ms"), headers.get("retry-after")
    for text, unit_s in ((milliseconds, 0.001), (value, 1.0)):
        try:
            return max(0.0, float(text) * unit_s)
        except (TypeError, ValueError):
            continue
    return _until(value, headers.get("date"))


def _until(date: str | None, now: str | None) -> float | None:
    """Seconds between two HTTP dates, both of the server's clock."""
    try:
        wait = parsedate_to_datetime(date or "") - parsedate_to_datetime(now or "")
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())
