"""A candidate's code: how soon a run starts, how long tests take, and fifty submissions at once."""

import asyncio
import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from benchmarks.answers import Answers
from benchmarks.candidate import ROUND, TRACK
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
_WORDS = 150
_PAUSE_S = 0.05
_QUIET = 60


def run() -> Section:
    """Measures the sandbox by itself, then through the API of `interviewer serve`."""
    starts = asyncio.run(_starts())
    problem = _longest()
    with served(warm_home(), scratch("work")) as server:
        server.ready(warm=True)
        judged = [_submit(server.port, problem) for _ in range(6)][1:]
        others = _Others(server.port)
        for number in range(9):
            others.one(number)
        quiet = [others.one(number) for number in range(_QUIET)]
        with others.going_on() as meanwhile:
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
            "read a round, search, and have an answer judged, by turns. They share two processors with the "
            "runs, of which one goes on at a time there and gives way to them (niceness 10). A request "
            "that only lists something is slowed more in proportion: the tracks took 2.2 ms instead of "
            "0.9 (seen once).",
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


class _Others:
    """What other candidates do meanwhile: read a round, search, have an answer judged."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._answers = Answers(catalog())
        started = _asked(port, "POST", "/interviews", {"track": TRACK, "round": ROUND})
        self._round = f"/interviews/{started['id']}"

    def one(self, number: int) -> float:
        """Milliseconds of one of them; no text comes twice."""
        question = self._answers.questions[number % len(self._answers.questions)]
        text = self._answers.new(question, _WORDS if number % 3 == 2 else 12)
        begun = time.perf_counter()
        if number % 3 == 0:
            _asked(self._port, "GET", self._round)
        elif number % 3 == 1:
            _asked(self._port, "GET", f"/search?{urlencode({'q': text})}")
        else:
            _asked(self._port, "POST", "/critiques", {"question": question, "answer": text})
        return 1000 * (time.perf_counter() - begun)

    @contextmanager
    def going_on(self) -> Iterator[list[float]]:
        """Milliseconds of such requests, made one after another while the block runs."""
        taken: list[float] = []
        over = threading.Event()

        def ask() -> None:
            while not over.wait(_PAUSE_S):
                taken.append(self.one(len(taken)))

        asker = threading.Thread(target=ask)
        asker.start()
        try:
            yield taken
        finally:
            over.set()
            asker.join()


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
