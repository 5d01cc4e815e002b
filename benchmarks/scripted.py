"""The scripted model server of the tests, in a process of its own."""

import http.client
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.homes import scratch
from benchmarks.processes import REPOSITORY, child, environment, free_port, get_json

Request = dict[str, Any]
"""A chat request as the server saw it; its times are `time.monotonic()`, one clock for all
processes of a machine."""


@dataclass(frozen=True)
class Scripted:
    """A running scripted server."""

    port: int

    @property
    def base_url(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.port}/v1"

    def begin(self, latency_s: float, tokens_per_s: float | None) -> None:
        """Forgets every request and sets the pace of the next ones."""
        self._order({"reset": True, "latency_s": latency_s, "tokens_per_s": tokens_per_s})

    def pace(self, tokens_per_s: float) -> None:
        """Changes the pace and forgets nothing."""
        self._order({"tokens_per_s": tokens_per_s})

    def say(self, text: str) -> None:
        """What the next request is replied with."""
        self._order({"texts": [text]})

    def requests(self) -> list[Request]:
        """The requests since `begin`, oldest first."""
        state = get_json(self.port, "/control")
        if state is None:
            raise RuntimeError("the scripted server does not answer")
        found: list[Request] = state["requests"]
        return found

    def idle(self, quiet_s: float = 0.3) -> list[Request]:
        """Waits until no request is open and none has come for a while; returns all of them."""
        seen, since = -1, time.monotonic()
        while True:
            found = self.requests()
            is_open = any(request["finished_at"] is None for request in found)
            if is_open or len(found) != seen:
                seen, since = len(found), time.monotonic()
            elif time.monotonic() - since >= quiet_s:
                return found
            time.sleep(0.05)

    def _order(self, order: Request) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("POST", "/control", json.dumps(order).encode())
            reply = connection.getresponse()
            reply.read()
        finally:
            connection.close()
        if reply.status != 200:
            raise RuntimeError(f"the scripted server refused {order}")


@contextmanager
def scripted_server() -> Iterator[Scripted]:
    """`python -m tests.scripted_server` on a free port, answering."""
    port = free_port()
    command = [sys.executable, "-m", "tests.scripted_server", "--port", str(port)]
    log = scratch("work") / f"{port}.log"
    with child(command, REPOSITORY, environment(scratch("unused-home")), log):
        end = time.monotonic() + 30
        while get_json(port, "/control") is None:
            if time.monotonic() > end:
                raise TimeoutError("the scripted server did not start")
            time.sleep(0.05)
        yield Scripted(port)
