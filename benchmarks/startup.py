"""Start-up: the first line of help, the first page, and what an idle server holds in memory."""

import subprocess
import sys
import time
from collections import defaultdict

from benchmarks.figures import Figure, Section, median_of
from benchmarks.homes import scratch, warm_home
from benchmarks.machine import peak_mb, processor_s, resident_mb
from benchmarks.processes import environment, free_port, ran, served

HELP_RUNS, SERVE_RUNS, MODEL_RUNS = 10, 5, 3
HELP_S, READY_S, IDLE_MB = 0.5, 4.0, 450.0
_SETTLED_S = 2.0


def run() -> Section:
    """Measures `--help`, `serve` without a model, and `serve` with one configured."""
    home, work = warm_home(), scratch("work")
    ran(["--help"], home, within=work)
    helped = [ran(["--help"], home, within=work).seconds for _ in range(HELP_RUNS)]
    bare = _bare_interpreter()
    figures: list[Figure] = [
        median_of("`interviewer --help`", helped, "s", HELP_S),
        median_of("of it, the bare interpreter (`python -c pass`)", bare, "s"),
    ]
    # Nothing listens there: a server that only warms up calls no model.
    model = {
        "OPENAI_BASE_URL": f"http://127.0.0.1:{free_port()}/v1",
        "OPENAI_API_KEY": "none",
    }
    figures += _served("offline", SERVE_RUNS, {})
    figures += _served("a model configured", MODEL_RUNS, model)
    return Section("Start-up and idle memory", tuple(figures), (_imports(),))


def _served(engine: str, runs: int, extra: dict[str, str]) -> list[Figure]:
    ready, used, warm, resident, peak = [], [], [], [], []
    for _ in range(runs):
        with served(warm_home(), scratch("work"), **extra) as server:
            ready.append(server.ready(warm=False))
            used.append(processor_s(server.pid))
            warm.append(server.ready(warm=True))
            time.sleep(_SETTLED_S)
            resident.append(resident_mb(server.pid))
            peak.append(peak_mb(server.pid))
    return [
        median_of(f"`serve` to the first 200 on /readyz, warm home, {engine}", ready, "s", READY_S),
        median_of(f"processor time until then, {engine}", used, "s"),
        median_of(f"`serve` to `warm: true`, {engine}", warm, "s"),
        median_of(f"resident memory once warm and idle, {engine}", resident, "MB", IDLE_MB),
        median_of(f"most memory while warming, {engine}", peak, "MB"),
    ]


def _bare_interpreter() -> list[float]:
    taken = []
    for _ in range(HELP_RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        taken.append(time.perf_counter() - begun)
    return taken


def _imports() -> str:
    """Where the imports of `--help` spend their time, by package."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "interviewer", "--help"],
        env=environment(warm_home()),
        cwd=scratch("work"),
        capture_output=True,
        text=True,
        check=True,
    )
    own: dict[str, float] = defaultdict(float)
    for line in done.stderr.splitlines():
        parts = line.removeprefix("import time:").split("|")
        if len(parts) == 3 and parts[0].strip().isdigit():
            own[parts[2].strip().split(".")[0]] += int(parts[0]) / 1000
    total = sum(own.values())
    most = sorted(own.items(), key=lambda item: -item[1])[:8]
    named = ", ".join(f"{package} {taken:.0f} ms" for package, taken in most)
    return (
        f"Imports of `--help`, own time by package: {named}; all {total:.0f} ms "
        f"in {len(own)} packages (with `-X importtime`, which slows them down)."
    )
