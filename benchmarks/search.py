"""Search at the shipped size: warm, every query new, through the call the server makes."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, Section, median_of, quantile_of
from benchmarks.homes import warm_home
from benchmarks.machine import resident_mb
from benchmarks.processes import REPOSITORY, environment
from benchmarks.queries import queries
from interviewer.bootstrap import Product, open_product
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from interviewer.settings import Settings

QUERIES = 200
MEDIAN_MS, P95_MS, P99_MS = 15.0, 50.0, 60.0
_FILTER = "in_force"


def run() -> Section:
    """Measures `Product.search` with the server's parts and with those of a single command."""
    return asyncio.run(_run())


async def _run() -> Section:
    chosen = Settings(home=warm_home(), engine="offline")
    figures: list[Figure] = []
    async with open_product(chosen) as product:
        passages = list(product.library.passages.values())
        asked, origin = queries(passages, QUERIES)
        figures += _figures("search", await _times(product, asked))
    async with open_product(chosen) as product:
        filtered = await _times(product, asked, status=_FILTER)
        figures.append(
            median_of(f"search with a status filter ({_FILTER}), median", filtered, "ms")
        )
    async with open_product(chosen, store=False) as product:
        exact = await _times(product, asked)
        figures.append(median_of("search without Chroma (single commands), median", exact, "ms"))
    memory = [_memory_after(asked, chosen.home)]
    figures.append(median_of("resident memory after the queries", memory, "MB"))
    note = (
        f"{len(passages)} passages; {len(asked)} different queries one after another, {origin}. "
        "Each is embedded anew: nothing is remembered from one query to the next. "
        "Memory is that of a process with the index open and nothing else. "
        "The first round promised a median of 20 ms, the corpus 15 ms; the stricter stands here."
    )
    return Section("Search at the shipped size", tuple(figures), (note,))


def _figures(name: str, samples: list[float]) -> list[Figure]:
    return [
        median_of(f"{name}, median", samples, "ms", MEDIAN_MS),
        quantile_of(f"{name}, p95", samples, 0.95, "ms", P95_MS),
        quantile_of(f"{name}, p99", samples, 0.99, "ms", P99_MS),
    ]


async def _times(product: Product, asked: list[str], status: str | None = None) -> list[float]:
    await product.warm()
    for text in ("warm the search", "and once more"):
        await product.search(text, status=status)
    taken = []
    for text in asked:
        begun = time.perf_counter()
        await product.search(text, status=status)
        taken.append(1000 * (time.perf_counter() - begun))
    return taken


def _memory_after(asked: Sequence[str], home: Path) -> float:
    """Resident MB of a process that has opened the index and searched for all of these."""
    done = subprocess.run(  # noqa: S603 (this very module)
        [sys.executable, "-m", "benchmarks.search", str(home)],
        env=environment(home),
        cwd=REPOSITORY,
        input="\n".join(asked),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def _searched(home: Path) -> float:
    embedder = MiniLM(home / "models")
    index = PassageIndex(home / "index", embedder=embedder)
    search = Search(index, embedder)
    for text in sys.stdin.read().splitlines():
        search.search(text)
    held = resident_mb()
    index.close()
    return held


if __name__ == "__main__":
    print(_searched(Path(sys.argv[1])))
