"""Search among 20,000 and 100,000 passages; each size in a process of its own, for its memory."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, Section, median_of, quantile_of
from benchmarks.homes import scratch, warm_home
from benchmarks.machine import resident_mb
from benchmarks.processes import REPOSITORY, environment
from benchmarks.queries import queries
from benchmarks.synthetic import ClusteredEmbedder, passages_like
from interviewer.bootstrap import Product
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.passages import Passage
from interviewer.knowledge.search import Search
from interviewer.settings import Settings

QUERIES = 200
PLAIN_MS, FILTERED_MS, MEMORY_MB = 40.0, 80.0, 600.0
NEAREST, MISSED = 100, 10.0
"""The graph's own share, in percent; most of what it misses stands far from the first ten."""
_FILTER = "in_force"


def run_20k() -> Section:
    """Measures 20,000 passages; the targets are those of 100,000."""
    return _section(20_000)


def run_100k() -> Section:
    """Measures 100,000 passages."""
    return _section(100_000)


def _section(count: int) -> Section:
    home = scratch(f"home-{count}")
    built, seen = _step("build", count, home), _step("search", count, home)
    plain, filtered = seen["plain"], seen["filtered"]
    figures: list[Figure] = [
        median_of("search, median", plain, "ms", PLAIN_MS),
        quantile_of("search, p95", plain, 0.95, "ms"),
        quantile_of("search, p99", plain, 0.99, "ms"),
        median_of(f"with a status filter ({_FILTER}), median", filtered, "ms", FILTERED_MS),
        median_of(
            f"of the nearest {NEAREST} by meaning, missed by the graph", seen["missed"], "%", MISSED
        ),
        median_of("resident memory after the queries", seen["memory"], "MB", MEMORY_MB),
        median_of("finding that nothing changed (`PassageIndex.ensure`)", built["noop"], "ms"),
        median_of("building, vectors given", built["seconds"], "s"),
    ]
    note = (
        f"{count:,} passages made of the shipped ones, with vectors in clusters around theirs; "
        f"{len(plain)} different queries, {seen['origin']}, each embedded by the real model, "
        "through `Search.search`. Memory is that of a process with the index open and nothing "
        "else. The targets are those of 100,000 passages."
    )
    return Section(f"Search among {count:,} passages", tuple(figures), (note,))


def _step(step: str, count: int, home: Path) -> dict[str, Any]:
    """What one step, run in a process of its own, found."""
    done = subprocess.run(  # noqa: S603 (this very module)
        [
            sys.executable,
            "-m",
            "benchmarks.search_sizes",
            step,
            str(count),
            str(home),
            str(warm_home()),
        ],
        env=environment(home),
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _build(count: int, home: Path, models: Path) -> dict[str, Any]:
    shipped = _shipped(models)
    made = passages_like(shipped, count)
    embedder = ClusteredEmbedder(MiniLM(models / "models"), shipped, made)
    index = PassageIndex(home / "index", embedder=embedder)
    begun = time.perf_counter()
    index.ensure(made)
    seconds = time.perf_counter() - begun
    noop = [_milliseconds(partial(index.ensure, made)) for _ in range(3)]
    return {"seconds": [seconds], "noop": noop}


def _search(home: Path, models: Path) -> dict[str, Any]:
    embedder = ClusteredEmbedder(MiniLM(models / "models"))
    index = PassageIndex(home / "index", embedder=embedder)
    find = Search(index, embedder).search
    asked, origin = queries(_shipped(models), QUERIES)
    for text in ("warm the search", "and once more"):
        find(text)
        find(text, status=_FILTER)
    plain = [_milliseconds(partial(find, text)) for text in asked]
    filtered = [_milliseconds(partial(find, text, status=_FILTER)) for text in asked]
    memory = [resident_mb()]
    missed = [_missed(index, vector) for vector in embedder.embed(asked)]
    index.close()
    return {
        "plain": plain,
        "filtered": filtered,
        "memory": memory,
        "missed": missed,
        "origin": origin,
    }


def _missed(index: PassageIndex, vector: NDArray[np.float32]) -> float:
    """Percent of the nearest passages that the graph does not find."""
    snapshot = index.snapshot()
    cosines = snapshot.cosines(vector, np.arange(len(snapshot.passages)))
    nearest = np.argpartition(-cosines, NEAREST)[:NEAREST]
    found = snapshot.nearest(vector, NEAREST)
    return 100 * (1 - len(np.intersect1d(nearest, found)) / NEAREST)


def _shipped(models: Path) -> list[Passage]:
    library = Product(Settings(home=models, engine="offline"), None).library
    return list(library.passages.values())


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)


def _main(step: str, count: str, home: str, models: str) -> None:
    found = (
        _build(int(count), Path(home), Path(models))
        if step == "build"
        else _search(Path(home), Path(models))
    )
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    _main(*sys.argv[1:])
