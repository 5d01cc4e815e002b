"""Search at the shipped size: warm, every query new, through the call the server makes."""

import asyncio
import time

from benchmarks.figures import Figure, Section, median_of, quantile_of
from benchmarks.homes import warm_home
from benchmarks.queries import queries
from interviewer.bootstrap import Product, open_product
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
    note = (
        f"{len(passages)} passages; {len(asked)} different queries one after another, {origin}. "
        "Each is embedded anew: nothing is remembered from one query to the next. "
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
