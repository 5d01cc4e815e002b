"""Ways of searching that are compared on the same questions and passages: the product's and others.

BM25 alone, meaning alone and their reciprocal-rank fusion, each over all passages and as the
textbook has it.
"""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.retrieval_set import RetrievalQuery
from interviewer.bootstrap import Product
from interviewer.errors import EvalError
from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.everyday import BLIND, asked_as
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.lexical import Lexical, stems
from interviewer.knowledge.search import Search, SearchResult

OURS, BM25, DENSE, RRF = "ours", "BM25", "dense", "RRF"
DEPTH = 10
RRF_K = 60
"""Source: Cormack, Clarke and Büttcher 2009."""


class Answer(NamedTuple):
    """What one way of searching found for one question."""

    query: RetrievalQuery
    ranked: tuple[str, ...]
    confidence: float


Scores = Callable[[str], NDArray[np.floating]]
"""From a query to a score for every passage."""
Ranker = Callable[[str], tuple[Sequence[str], float]]
"""From a query to passage ids, best first, and how sure it is that they answer."""


def baselines(made: Product) -> dict[str, Ranker]:
    """BM25, cosine, and their fusion by rank, each over all passages and as the textbook has it.

    Once over the passages as written, once with the everyday questions that the product indexes
    beside them. None knows what has been replaced. Their confidence is their best score.

    Raises:
        EvalError: The embedding model is not installed.
    """
    embedder, vectors = made.embedders.queries, made.index.snapshot().vectors
    if embedder is None or vectors is None:
        raise EvalError("the embedding model is not installed: there is nothing to compare")
    passages = list(made.library.passages.values())
    kept = CachedEmbedder(embedder, made.settings.home / "evaluation-vectors.sqlite3")
    try:
        written = kept.embed([passage.as_written for passage in passages])
    finally:
        kept.close()
    plain = Lexical.of(stems(passage.as_written) for passage in passages)
    asked = Lexical.of(stems(passage.plain) for passage in passages)
    ids = np.array([passage.id for passage in passages])

    def words(index: Lexical, text: str) -> NDArray[np.floating]:
        return index.scores(stems(text))

    def meaning(rows: NDArray[np.float32], text: str) -> NDArray[np.floating]:
        cosines: NDArray[np.float32] = rows @ embedder.embed([text])[0]
        return cosines

    def by_rank(*ways: Scores) -> Scores:
        def fuse(text: str) -> NDArray[np.floating]:
            ranks = [np.argsort(_order(way(text))) for way in ways]
            total: NDArray[np.float64] = np.sum([1 / (RRF_K + r + 1) for r in ranks], axis=0)
            return total

        return fuse

    ways: dict[str, Scores] = {
        BM25: partial(words, plain),
        DENSE: partial(meaning, written),
        f"{BM25}, questions": partial(words, asked),
        f"{DENSE}, questions": partial(meaning, vectors),
    }
    ways[RRF] = by_rank(ways[BM25], ways[DENSE])
    ways[f"{RRF}, questions"] = by_rank(ways[f"{BM25}, questions"], ways[f"{DENSE}, questions"])
    return {name: partial(_ranked, ids, way) for name, way in ways.items()}


def _ranked(ids: NDArray[np.str_], way: Scores, text: str) -> tuple[Sequence[str], float]:
    scores = way(text)
    return ids[_order(scores)[:DEPTH]].tolist(), float(scores.max())


def _order(scores: NDArray[np.floating]) -> NDArray[np.intp]:
    return np.argsort(-scores, kind="stable")


def ask(ranker: Ranker, queries: Sequence[RetrievalQuery]) -> list[Answer]:
    """What one way of searching finds for each question."""
    found = ((query, ranker(query.query)) for query in queries)
    return [Answer(query, tuple(ids), confidence) for query, (ids, confidence) in found]


def blind(made: Product, queries: Sequence[RetrievalQuery]) -> list[Answer]:
    """What the search finds with only those everyday questions that were written blind.

    Their author had seen no question of the set. Weights and confidence are the product's.
    """
    passages = [
        passage.model_copy(update={"asked_as": asked_as(passage.id, BLIND)})
        for passage in made.library.passages.values()
    ]
    embedder = made.embedders.queries
    index = PassageIndex(made.settings.home / "evaluation-index", embedder=embedder, exact=True)
    index.ensure(passages)
    search = Search(index, embedder)
    found = [(query, search.search(query.query, DEPTH)) for query in queries]
    return [Answer(query, _read_in_order(result), result.confidence) for query, result in found]


def _read_in_order(found: SearchResult) -> tuple[str, ...]:
    """Hits, each followed by what was folded into it."""
    return tuple(
        name for hit in found.hits for name in (hit.passage, *(one.passage for one in hit.joined))
    )


def ours(made: Product, text: str) -> tuple[Sequence[str], float]:
    """What the product's search finds for a query; the index must have been built."""
    found = Search(made.index, made.embedders.queries).search(text, DEPTH)
    return _read_in_order(found), found.confidence


async def ask_product(
    made: Product, queries: Sequence[RetrievalQuery]
) -> tuple[list[Answer], list[float]]:
    """What the product finds for each question, and the milliseconds each took.

    Every question is asked as it stands, without filters and without `history`. Sections folded
    into a hit follow it in the ranking, so that folding cannot gain anything by itself.
    """
    for text in ("warm the search", "and once more"):
        await made.search(text)
    answers, taken = [], []
    for query in queries:
        begun = time.perf_counter()
        found = await made.search(query.query, k=DEPTH)
        taken.append(1000 * (time.perf_counter() - begun))
        answers.append(Answer(query, _read_in_order(found), found.confidence))
    return answers, taken
