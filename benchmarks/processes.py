"""The product's own processes, started as a user would, in surroundings of their own."""

import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
_FOREIGN = ("OPENAI_", "INTERVIEWER_", "DATABASE_URL", "CHROMA_URL", "PYTHONDONTWRITEBYTECODE")
"""Settings of the product; and a user's Python keeps what it has compiled."""
_POLL_S = 0.02
_PATIENCE_S = 120.0
_SAID_AT_LAST = 2_000

Process = subprocess.Popen[bytes]


def environment(home: Path, **extra: str) -> dict[str, str]:
    """This process's variables without any setting of the product, and with this home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {**kept, "INTERVIEWER_HOME": str(home), **extra}


def forget_settings() -> None:
    """Removes the product's settings from this process, so that none colours a figure."""
    for name in list(os.environ):
        if name.startswith(_FOREIGN):
            del os.environ[name]


@dataclass(frozen=True)
class Ran:
    """A command that has ended.

    Attributes:
        seconds: From its start to its end.
        processor_s: Processor time of it and its own children; on a busy machine the wall time
            grows and this does not, or not as much.
        said: What it printed.
    """

    seconds: float
    processor_s: float
    said: str


def ran(
    arguments: list[str],
    home: Path,
    *,
    within: Path,
    program: Path | None = None,
    extra: Mapping[str, str] = MappingProxyType({}),
) -> Ran:
    """Runs `interviewer` to its end.

    Args:
        arguments: The command and its options.
        home: INTERVIEWER_HOME.
        within: Working folder, one without a `.env`.
        program: A folder with a copy of the product to run instead of this one.
        extra: Further environment variables.

    Raises:
        RuntimeError: The command failed.
    """
    variables = {**extra, "PYTHONPATH": str(program)} if program else dict(extra)
    used, begun = _children_s(), time.perf_counter()
    done = subprocess.run(  # noqa: S603 (our own command line)
        [sys.executable, "-m", "interviewer", *arguments],
        env=environment(home, **variables),
        cwd=within,
        capture_output=True,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - begun
    if done.returncode != 0:
        raise RuntimeError(f"interviewer {' '.join(arguments)} failed: {done.stderr[-500:]}")
    return Ran(taken, _children_s() - used, done.stdout + done.stderr)


def _children_s() -> float:
    """Processor time of all children that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def descendants() -> list[int]:
    """This process's children and theirs, by process id, as they are now."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found: list[int] = []
    above = {os.getpid()}
    while above:
        above = {pid for pid, parent in parents.items() if parent in above}
        found += above
    return found


def free_port() -> int:
    """A port of the loopback interface that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def child(
    command: list[str], within: Path, variables: dict[str, str], log: Path
) -> Iterator[Process]:
    """A process that runs until the block ends.

    What it printed goes to the log, and its last lines into whatever error ends the block.
    """
    with (
        log.open("wb") as printed,
        subprocess.Popen(  # noqa: S603 (our own servers)
            command, cwd=within, env=variables, stdout=printed, stderr=subprocess.STDOUT
        ) as process,
    ):
        try:
            yield process
        except BaseException as error:
            said = log.read_text(encoding="utf-8", errors="replace")[-_SAID_AT_LAST:]
            error.add_note(f"{' '.join(command[1:4])} printed at last: {said or 'nothing'}")
            raise
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


@dataclass(frozen=True)
class Served:
    """A running `interviewer serve`."""

    process: Process
    port: int
    started: float
    """`time.perf_counter()` just before its start."""

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self.process.pid

    def ready(self, *, warm: bool) -> float:
        """Seconds from the start until /readyz says 200, and `warm: true` if asked for.

        Raises:
            RuntimeError: The server has ended.
            TimeoutError: It is not ready within two minutes.
        """
        while True:
            taken = time.perf_counter() - self.started
            state = get_json(self.port, "/readyz")
            if state is not None and (state["warm"] or not warm):
                return time.perf_counter() - self.started
            if self.process.poll() is not None:
                raise RuntimeError("the server has ended")
            if taken > _PATIENCE_S:
                raise TimeoutError(f"the server is not ready after {_PATIENCE_S:.0f} s")
            time.sleep(_POLL_S)


@contextmanager
def served(home: Path, within: Path, **extra: str) -> Iterator[Served]:
    """`interviewer serve` on a free port, just started and perhaps not yet listening."""
    port = free_port()
    command = [sys.executable, "-m", "interviewer", "serve", "--port", str(port)]
    started = time.perf_counter()
    with child(command, within, environment(home, **extra), within / f"{port}.log") as process:
        yield Served(process, port, started)


def get_json(port: int, path: str) -> dict[str, Any] | None:
    """The JSON of a GET on loopback, or None where nothing answers or the status is not 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        reply = connection.getresponse()
        body = reply.read()
    except OSError:
        return None
    finally:
        connection.close()
    found: dict[str, Any] | None = json.loads(body) if reply.status == 200 else None
    return found
