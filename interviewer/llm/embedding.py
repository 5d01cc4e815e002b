"""Embeddings over OpenAI's protocol: OpenAI itself, or any server with `/v1/embeddings`.

Used for the shipped sources and for search queries only; what candidates say is embedded locally.
"""

import threading
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interviewer.errors import ModelOutputInvalid
from interviewer.llm.connection import CONNECT_TIMEOUT_S, NO_KEY, with_key
from interviewer.llm.failures import caught, described, failure_of
from interviewer.llm.settings import ChatSettings
from interviewer.llm.usage import SpendLimit, estimated_tokens, token_usage
from interviewer.llm.waiting import pause_s

TEXTS_PER_CALL = 128
"""OpenAI takes 2,048 inputs and 300,000 tokens a request; 128 passages stay under 40,000."""
SIZES = {
    "text-embedding-3-small": 1536,
    "text-embedding-3-large": 3072,
    "text-embedding-ada-002": 1536,
}
"""Length of a vector where it is known beforehand; of other models one text is embedded to see."""


class OpenAIEmbedder:
    """An embedder that asks a server; safe in several threads.

    Making one connects to nothing and needs no key yet.
    """

    def __init__(self, settings: ChatSettings, limit: SpendLimit | None = None) -> None:
        """Takes its parts.

        Args:
            settings: Model, address, key and patience; `deadline_s` holds for each request with
                its retries.
            limit: Counts what is used; shared with the chat models.
        """
        self._settings = settings
        self._limit = limit or SpendLimit()
        self._opening = threading.Lock()
        self._client: Any = None
        self._dim = SIZES.get(settings.name) if settings.base_url is None else None

    @property
    def id(self) -> str:
        """Provider, server and model; vectors of different ids must never be compared."""
        server = f"@{self._settings.base_url}" if self._settings.base_url else ""
        return f"openai:{self._settings.name}{server}"

    @property
    def dim(self) -> int:
        """Length of a vector.

        Raises:
            ModelError: It is not known, and the server did not answer.
        """
        return self._dim or int(self.embed(["length"]).shape[1])

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Vectors of the texts, shape (n, dim), L2-normalised.

        Raises:
            ModelUnavailable: No connection, a fault of the server, or too slow. Try later.
            ModelRefused: A wrong key or an unknown model. Do not retry.
            ModelOutputInvalid: The reply holds no usable vectors.
            SpendLimitReached: Nothing was sent, because the limit is used up.
            SettingError: OpenAI needs a key and there is none.
        """
        if not texts:
            return np.empty((0, self.dim), np.float32)
        calls = [texts[i : i + TEXTS_PER_CALL] for i in range(0, len(texts), TEXTS_PER_CALL)]
        return np.vstack([self._asked(part) for part in calls])

    def close(self) -> None:
        """Ends the connections; the next call makes new ones."""
        with self._opening:
            if self._client is not None:
                self._client.close()
                self._client = None

    def _asked(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # The server refuses an empty text; half a surrogate pair has no UTF-8 form.
        sent = [text.encode("utf-8", "replace").decode() if text.strip() else "-" for text in texts]
        end = time.monotonic() + self._settings.deadline_s
        client = self._opened()
        failures = caught(is_openai=True)
        attempt = 0
        while True:
            attempt += 1
            expected = token_usage(estimated_tokens(sent), self._settings.prices)
            with self._limit.call(expected):
                try:
                    reply = client.embeddings.create(model=self._settings.name, input=sent)
                    return self._read(reply, sent)
                except failures as exc:
                    failure = failure_of(exc, self._settings)
            left = end - time.monotonic()
            wait_s = pause_s(failure, attempt, self._settings.tries, left)
            if wait_s is None:
                raise failure.error
            time.sleep(wait_s)

    def _read(self, reply: Any, sent: Sequence[str]) -> NDArray[np.float32]:
        reported = getattr(reply.usage, "prompt_tokens", None) or estimated_tokens(sent)
        self._limit.add(token_usage(reported, self._settings.prices))
        rows = sorted(reply.data, key=lambda row: row.index)
        try:
            vectors = np.array([row.embedding for row in rows], np.float32)
        except (TypeError, ValueError):
            vectors = np.empty((0, 0), np.float32)
        lengths = np.linalg.norm(vectors, axis=1) if vectors.ndim == 2 else np.zeros(1)
        if len(vectors) != len(sent) or not np.all(np.isfinite(lengths) & (lengths > 0)):
            what = f"the reply holds no usable vectors for {len(sent)} texts"
            raise described(ModelOutputInvalid, "bad_vectors", self._settings, what)
        self._dim = vectors.shape[1]
        unit: NDArray[np.float32] = vectors / lengths[:, None]
        return unit

    def _opened(self) -> Any:
        with self._opening:
            if self._client is None:
                import openai

                self._settings = with_key(self._settings)
                key = self._settings.api_key
                self._client = openai.OpenAI(
                    base_url=self._settings.base_url,
                    api_key=key.get_secret_value() if key else NO_KEY,
                    max_retries=0,
                    timeout=openai.Timeout(
                        self._settings.read_timeout_s, connect=CONNECT_TIMEOUT_S
                    ),
                )
            return self._client
