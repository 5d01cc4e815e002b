"""Counting tokens and money, and stopping before too much of either is spent."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from interviewer.domain.usage import Usage
from interviewer.errors import SettingError, SpendLimitReached
from interviewer.llm.settings import Prices

__all__ = ["SpendLimit", "Usage", "estimated_usage", "reported_usage"]

_CHARS_PER_TOKEN = 4
"""Rule of thumb of OpenAI's tokenizer guide for English text; used where a server counts nothing."""
_PER_MESSAGE_TOKENS = 4


class _Said(Protocol):
    @property
    def content(self) -> str: ...


class SpendLimit:
    """Adds up what was used and refuses the next call once a limit is reached.

    The cost of a call is known after it, so the last one may go over. Calls that are under way count
    with what they are expected to use: the request, or the largest call so far.

    Args:
        max_tokens: Prompt and completion tokens together; None for no limit.
        max_usd: US dollars; None for no limit. It needs prices in the settings of every model that
            shares the limit.
        used: What earlier calls used, for a limit that outlives the process.
    """

    def __init__(
        self,
        max_tokens: int | None = None,
        max_usd: float | None = None,
        used: Usage | None = None,
    ) -> None:
        self.max_tokens = max_tokens
        self.max_usd = max_usd
        self.used = used or Usage()
        self._under_way: list[Usage] = []
        self._largest = Usage()
        # Embeddings are asked for in threads.
        self._counting = threading.Lock()

    @contextmanager
    def call(self, expected: Usage) -> Iterator[None]:
        """Around one call: counts it as under way until its end.

        Args:
            expected: What the request alone uses, at least.

        Raises:
            SpendLimitReached: A limit is used up, or would be by the calls under way. Stop calling.
        """
        with self._counting:
            self._check()
            reserved = _larger(expected, self._largest)
            self._under_way.append(reserved)
        try:
            yield
        finally:
            with self._counting:
                self._under_way.remove(reserved)

    def _check(self) -> None:
        together = sum(self._under_way, start=self.used)
        tokens = together.prompt_tokens + together.completion_tokens
        if self.max_tokens is not None and tokens >= self.max_tokens:
            raise SpendLimitReached(
                f"{tokens} tokens used or asked for, the limit is {self.max_tokens}: raise it or go "
                "on offline"
            )
        cost_usd = together.cost_usd or 0.0
        if self.max_usd is not None and cost_usd >= self.max_usd:
            raise SpendLimitReached(
                f"{cost_usd:.4f} USD used or asked for, the limit is {self.max_usd:g}: raise it or "
                "go on offline"
            )

    def add(self, usage: Usage) -> None:
        """Count what a call used."""
        with self._counting:
            self.used = self.used + usage
            self._largest = _larger(self._largest, usage)

    def require_prices(self, prices: Prices | None, where: str) -> None:
        """Return if the limit can be kept for a model with these prices.

        Raises:
            SettingError: There is a limit in dollars and no price to count with.
        """
        if self.max_usd is not None and prices is None:
            raise SettingError(
                f"a limit of {self.max_usd:g} USD cannot be kept for {where}: set its prices, or"
                " limit tokens instead"
            )


def _larger(one: Usage, other: Usage) -> Usage:
    return max(one, other, key=lambda usage: usage.prompt_tokens + usage.completion_tokens)


def reported_usage(reports: Sequence[Mapping[str, Any]], prices: Prices | None) -> Usage | None:
    """One call's usage from what LangChain reports on its chunks, or None if nothing was reported.

    Some servers repeat the running total on every chunk, others send the prompt's count first and
    the completion's last; the highest of each is right for both.

    Args:
        reports: `usage_metadata` of each chunk or message that had one.
        prices: For the cost, if known.
    """
    if not reports:
        return None

    def highest(*keys: str) -> int:
        values: list[int] = []
        for report in reports:
            value: Any = report
            for key in keys:
                value = value.get(key) if isinstance(value, Mapping) else None
            values.append(value if isinstance(value, int) and value > 0 else 0)
        return max(values)

    prompt = highest("input_tokens")
    cached = min(highest("input_token_details", "cache_read"), prompt)
    return _priced(prompt, highest("output_tokens"), cached, prices)


def estimated_usage(messages: Sequence[_Said], reply: str, prices: Prices | None) -> Usage:
    """One call's usage where the server reported none, so that a limit still holds.

    Args:
        messages: What was sent.
        reply: What came back, complete or not.
        prices: For the cost, if known.
    """
    sent = sum(
        len(message.content) // _CHARS_PER_TOKEN + _PER_MESSAGE_TOKENS for message in messages
    )
    return _priced(sent, estimated_tokens([reply]), 0, prices)


def estimated_tokens(texts: Sequence[str]) -> int:
    """Tokens of texts where the server counted none."""
    return sum(-(-len(text) // _CHARS_PER_TOKEN) for text in texts)


def token_usage(prompt_tokens: int, prices: Prices | None) -> Usage:
    """The usage of a call that has no completion, such as one for embeddings."""
    return _priced(prompt_tokens, 0, 0, prices)


def _priced(prompt: int, completion: int, cached: int, prices: Prices | None) -> Usage:
    cost_usd = None
    if prices is not None:
        cached_usd = prices.prompt_usd if prices.cached_usd is None else prices.cached_usd
        cost_usd = (
            (prompt - cached) * prices.prompt_usd
            + cached * cached_usd
            + completion * prices.completion_usd
        ) / 1_000_000
    return Usage(
        prompt_tokens=prompt,
        completion_tokens=completion,
        cached_tokens=cached,
        calls=1,
        cost_usd=cost_usd,
    )
