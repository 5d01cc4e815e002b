"""What the server was told to do, and the requests as it saw them."""

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.scripted_server.faults import MODES_REFUSED, NAMES, Fault
from tests.scripted_server.wire import Json, tokens_in


@dataclass
class RecordedRequest:
    """One request to /chat/completions. Times are `time.monotonic()` of the server's process."""

    body: Json
    authorization: str
    started_at: float
    finished_at: float | None = None
    disconnected: bool = False
    """The client went away, or the server broke off, before the reply was complete."""
    fault: str | None = None
    reply: str = ""
    prompt_tokens: int = 0
    cached_tokens: int = 0

    @property
    def messages(self) -> list[Json]:
        """The messages sent, oldest first."""
        messages: list[Json] = self.body.get("messages", [])
        return messages

    @property
    def response_format(self) -> Json | None:
        """The format asked for, or None."""
        return self.body.get("response_format")

    @property
    def mode(self) -> str:
        """`json_schema`, `json_object` or `text`."""
        return str((self.response_format or {}).get("type", "text"))


@dataclass
class Script:
    """Shared by the server's thread and the test's; each write is one atomic operation."""

    faults: deque[Fault] = field(default_factory=deque)
    texts: deque[str] = field(default_factory=deque)
    responder: Callable[[Json], str] | None = None
    latency_s: float = 0.0
    tokens_per_s: float | None = None
    refused_modes: set[str] = field(default_factory=set)
    requests: list[RecordedRequest] = field(default_factory=list)
    stopping: bool = False

    def reset(self) -> None:
        """Forget requests, faults, texts, responder and pace."""
        self.faults.clear()
        self.texts.clear()
        self.refused_modes.clear()
        self.requests.clear()
        self.responder, self.latency_s, self.tokens_per_s = None, 0.0, None

    def add_fault(self, name: str, times: int = 1, **options: Any) -> None:
        """Put a fault in front of the next `times` requests.

        Raises:
            ValueError: No such fault.
        """
        if name not in NAMES:
            raise ValueError(f"no fault {name!r}; there are {', '.join(sorted(NAMES))}")
        if name in MODES_REFUSED:
            self.refused_modes.add(MODES_REFUSED[name])
            return
        self.faults.extend(Fault(name, **options) for _ in range(times))

    def record(self, record: RecordedRequest) -> None:
        """Count the request's tokens and keep it."""
        prompt = json.dumps(record.messages)
        record.prompt_tokens = tokens_in(prompt)
        record.cached_tokens = self._cached(prompt)
        self.requests.append(record)

    def _cached(self, prompt: str) -> int:
        """Tokens of the longest start of the prompt seen before, as providers' caches count.

        They begin at 1,024 tokens and go on in steps of 128.
        """
        seen = [json.dumps(earlier.messages) for earlier in self.requests[-20:]]
        tokens = max((_common(prompt, other) // 4 for other in seen), default=0)
        return 0 if tokens < 1024 else tokens - tokens % 128

    def state(self) -> Json:
        """Everything, as JSON."""
        return {
            "waiting_faults": [fault.name for fault in self.faults],
            "latency_s": self.latency_s,
            "tokens_per_s": self.tokens_per_s,
            "requests": [
                {
                    "messages": record.messages,
                    "response_format": record.response_format,
                    "stream": bool(record.body.get("stream")),
                    "fault": record.fault,
                    "reply": record.reply,
                    "prompt_tokens": record.prompt_tokens,
                    "cached_tokens": record.cached_tokens,
                    "disconnected": record.disconnected,
                    "started_at": record.started_at,
                    "finished_at": record.finished_at,
                }
                for record in list(self.requests)
            ],
        }


def _common(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
