"""The command line as a person runs it: a process of its own, its output, its exit code."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

COMMAND = [sys.executable, "-m", "interviewer"]
SERVE = ("serve", "--port", "47923")
"""For a server that is not to start; on a port that nothing else uses."""
ROUND = ("--track", "jpmorgan-ai-pm", "--round", "risk-governance")


class Ran(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


_FOREIGN = (
    "PYTEST",
    "NICEGUI",
    "PYTHONDONTWRITEBYTECODE",
    "INTERVIEWER_",
    "OPENAI_",
    "DATABASE_URL",
    "CHROMA_URL",
)


def surroundings(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """This test's environment, without settings from outside but INTERVIEWER_HOME.

    NiceGUI reacts to pytest's own variables. Bytecode is kept in a folder of its own: compiling
    what a command imports takes longer than all the rest of it, and the environment may forbid to
    keep it beside the sources.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(_FOREIGN)}
    kept |= {k: v for k, v in os.environ.items() if k == "INTERVIEWER_HOME"}
    cache = Path(tempfile.gettempdir(), f"interviewer-pycache-{os.getuid()}")
    kept["PYTHONPYCACHEPREFIX"] = str(cache)
    for name, value in (changes or {}).items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = value
    return kept


NO_EMBEDDINGS = {"INTERVIEWER_EMBEDDINGS": "off"}
"""Words only: for tests that are not about meaning, and need not wait for an index."""


def run(
    *arguments: str | Path,
    stdin: str | bytes = b"",
    before: Sequence[str] = (),
    cwd: Path | str | None = None,
    environment: Mapping[str, str | None] | None = None,
) -> Ran:
    """Runs one command to its end.

    Args:
        arguments: As typed after `interviewer`.
        stdin: What it reads; at first nothing.
        before: A command to run it under, for example `unshare`.
        cwd: Where it runs; the test's folder by default.
        environment: Variables changed; None takes one away.
    """
    given = stdin.encode() if isinstance(stdin, str) else stdin
    command = [*before, *COMMAND, *map(str, arguments)]
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        cwd=cwd,
        env=surroundings(environment),
        timeout=120,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def assert_refused(ran: Ran, code: int, *words: str) -> None:
    """One clear line on standard error, nothing on standard output, no traceback."""
    assert ran.code == code, ran
    assert ran.out == ""
    assert ran.err.startswith("interviewer: "), ran.err
    assert ran.err.count("\n") == 1, ran.err
    assert not [word for word in words if word not in ran.err], ran.err


def questions() -> list[dict[str, Any]]:
    """The bank, as `questions --json` gives it."""
    found: list[dict[str, Any]] = run("questions", "--json").document
    return found


def example(question: Mapping[str, Any], quality: str) -> str:
    """The first example answer of a quality."""
    return next(str(e["answer"]) for e in question["examples"] if e["quality"] == quality)


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """`interviewer serve` in a process of its own; tests that use it need `enable_socket`."""

    def __init__(
        self,
        environment: Mapping[str, str | None] | None = None,
        cwd: Path | None = None,
        port: int | None = None,
    ) -> None:
        self.port = port or free_port()
        self._environment = environment
        self._cwd = cwd
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> float:
        """Starts it; returns after how many seconds `/readyz` said yes."""
        began = time.monotonic()
        self._process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(self.port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=self._cwd,
            env=surroundings(self._environment),
        )
        while not self._answers():
            assert self._process.poll() is None, "the server did not start"
            assert time.monotonic() - began < 60, "the server is not ready after a minute"
            time.sleep(0.05)
        return time.monotonic() - began

    def freeze(self) -> None:
        """Stops it in its tracks: every connection stays open, and nobody answers."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ends it as Ctrl+C would."""
        self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as reply:
                return bool(reply.status == 200)
        except OSError:
            return False


@contextmanager
def served(
    environment: Mapping[str, str | None] | None = None, cwd: Path | None = None
) -> Iterator[Server]:
    """A running server, stopped at the end."""
    server = Server(environment, cwd)
    server.start()
    try:
        yield server
    finally:
        server.stop()
