"""The server in a thread of the test's process, on a free port of the loopback interface."""

import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import uvicorn

from tests.scripted_server.app import build_app
from tests.scripted_server.script import RecordedRequest, Script
from tests.scripted_server.wire import Json


class ScriptedServer:
    """A context manager; tests that use it need `@pytest.mark.enable_socket`.

    >>> with ScriptedServer() as server:  # doctest: +SKIP
    ...     server.fault("429", retry_after_s=0.1)
    ...     call(server.base_url)
    ...     assert len(server.requests) == 2
    """

    def __init__(self, port: int = 0) -> None:
        self._script = Script()
        self._port = port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        # With its protocol named, or asyncio leaves Nagle's algorithm on: 40 ms more for every reply.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        config = uvicorn.Config(
            build_app(self._script),
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_level="critical",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, args=([listener],), name="scripted-server", daemon=True
        )
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the scripted server did not start")
            time.sleep(0.005)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._script.stopping = True
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(timeout=5)

    @property
    def base_url(self) -> str:
        """What a client takes as its base URL, `/v1` included."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def requests(self) -> list[RecordedRequest]:
        """Every chat request so far, oldest first."""
        return self._script.requests

    @property
    def latency_s(self) -> float:
        """Wait before the first token."""
        return self._script.latency_s

    @latency_s.setter
    def latency_s(self, latency_s: float) -> None:
        self._script.latency_s = latency_s

    @property
    def tokens_per_s(self) -> float | None:
        """Pace of the text; None is as fast as possible."""
        return self._script.tokens_per_s

    @tokens_per_s.setter
    def tokens_per_s(self, tokens_per_s: float | None) -> None:
        self._script.tokens_per_s = tokens_per_s

    def fault(self, name: str, times: int = 1, **options: Any) -> None:
        """Let the next `times` requests meet a fault; the names are in `faults.NAMES`.

        Args:
            name: For example `429`, `hang`, `slow_drip`, `cut`, `off_schema`.
            times: How many requests; `no_json_schema` and `no_json_object` last until `reset`.
            options: Fields of `faults.Fault`: `retry_after_s`, `every_s`, `after_chunks`, `text`.
        """
        self._script.add_fault(name, times, **options)

    def say(self, *texts: str) -> None:
        """Reply to the next requests with these texts, one each."""
        self._script.texts.extend(texts)

    def respond_with(self, responder: Callable[[Json], str] | None) -> None:
        """Reply with what a function of the request's body returns; it runs in the server's thread."""
        self._script.responder = responder

    def reset(self) -> None:
        """Forget requests, faults, texts, responder and pace."""
        self._script.reset()

    def wait_until(self, is_so: Callable[[], bool], within_s: float = 2.0) -> bool:
        """Whether something the server's thread does became true in time."""
        end = time.monotonic() + within_s
        while time.monotonic() < end:
            if is_so():
                return True
            time.sleep(0.005)
        return is_so()
