"""A candidate's code: how soon a run starts, how long tests take, and fifty submissions at once."""

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.figures import Figure, Section, median_of, total_of
from benchmarks.homes import scratch, warm_home
from benchmarks.processes import served
from interviewer.bootstrap import catalog
from interviewer.domain.coding import CodingProblem
from interviewer.workbench.sandbox.runner import Confinement, Runner, why_no_sandbox

RUNS = 30
START_MS = 80.0
TESTED_S = 1.0
AT_ONCE = 50
SLOWDOWN = 2.0
_OTHERS = ("/tracks", "/problems", "/search?q=who%20owns%20a%20model")
_PAUSE_S = 0.05
_QUIET = 60


def run() -> Section:
    """Measures the sandbox by itself, then through the API of `interviewer serve`."""
    starts = asyncio.run(_starts())
    problem = _longest()
    with served(warm_home(), scratch("work")) as server:
        server.ready(warm=True)
        judged = [_submit(server.port, problem) for _ in range(6)][1:]
        quiet = [_other(server.port, number) for number in range(_QUIET)]
        with _others(server.port) as meanwhile:
            begun = time.perf_counter()
            crowd = _crowd(server.port, problem)
            whole = time.perf_counter() - begun
    return Section(
        "A candidate's code",
        (
            median_of("a run in the sandbox, `print(1)`", starts, "ms", START_MS),
            median_of(
                f"a problem of {len(problem.tests)} tests, over the API", judged, "s", TESTED_S
            ),
            total_of(
                f"{AT_ONCE} submissions at once, all back", whole, "s", f"{len(crowd)} returned"
            ),
            median_of("other requests, nobody submitting", quiet, "ms"),
            median_of("other requests meanwhile", meanwhile, "ms"),
            _ratio(quiet, meanwhile),
        ),
        (
            "A run is bubblewrap, limits, filter and an interpreter, from the call to its result. The "
            f"problem is the one with the most tests ({problem.id}), with random inputs and the "
            "measurement of its growth; its reference solution is what is submitted. The other requests "
            f"are {', '.join(f'`{path}`' for path in _OTHERS)} by turns. They share two processors with "
            "the runs, of which one goes on at a time there and gives way to them (niceness 10).",
        ),
    )


async def _starts() -> list[float]:
    if why := await why_no_sandbox():
        raise RuntimeError(f"no sandbox here: {why}")
    runner, taken = Runner(Confinement.SANDBOX), []
    for _ in range(RUNS):
        begun = time.perf_counter()
        found = await runner.run({"main.py": "print(1)\n"})
        taken.append(1000 * (time.perf_counter() - begun))
        if found.output != "1\n":
            raise RuntimeError(f"the program printed {found.output!r}")
    return taken


def _longest() -> CodingProblem:
    return max(catalog().coding_problems.values(), key=lambda problem: len(problem.tests))


def _submit(port: int, problem: CodingProblem) -> float:
    """Seconds until the reference solution is back, every test passed."""
    begun = time.perf_counter()
    found = _asked(port, "POST", f"/problems/{problem.id}/runs", {"code": problem.reference})
    if found["passed"] != found["of"]:
        raise RuntimeError(f"the reference of {problem.id} failed: {found}")
    return time.perf_counter() - begun


def _crowd(port: int, problem: CodingProblem) -> list[float]:
    taken: list[float] = []
    threads = [
        threading.Thread(target=lambda: taken.append(_submit(port, problem)))
        for _ in range(AT_ONCE)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(taken) != AT_ONCE:
        raise RuntimeError(f"{AT_ONCE - len(taken)} of {AT_ONCE} submissions did not come back")
    return taken


@contextmanager
def _others(port: int) -> Iterator[list[float]]:
    """Milliseconds of other requests, made while the block runs."""
    taken: list[float] = []
    over = threading.Event()

    def ask() -> None:
        number = 0
        while not over.wait(_PAUSE_S):
            taken.append(_other(port, number))
            number += 1

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield taken
    finally:
        over.set()
        asker.join()


def _other(port: int, number: int) -> float:
    begun = time.perf_counter()
    _asked(port, "GET", _OTHERS[number % len(_OTHERS)])
    return 1000 * (time.perf_counter() - begun)


def _ratio(quiet: list[float], meanwhile: list[float]) -> Figure:
    middle = [sorted(samples)[len(samples) // 2] for samples in (quiet, meanwhile)]
    return total_of(
        "of it, against nobody submitting", middle[1] / middle[0], "times", "", SLOWDOWN
    )


def _asked(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        sent = json.dumps(body).encode() if body is not None else None
        connection.request(method, f"/api/v1{path}", sent, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        raw = reply.read()
    finally:
        connection.close()
    if reply.status >= 400:
        raise RuntimeError(f"{path}: {reply.status}: {raw!r}")
    return json.loads(raw)
