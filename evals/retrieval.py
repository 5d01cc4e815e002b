"""How well the search finds: writes evals/RETRIEVAL.md, fails below a floor.

`python -m evals.retrieval`. The product's search beside BM25 alone, meaning alone and their
reciprocal-rank fusion, on the same questions and passages. The test split was never tuned on.
"""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from evals.answers import DATASETS
from evals.bank import product
from evals.metrics import auc, interval, ndcg, plain_recall, recall
from interviewer.bootstrap import Product
from interviewer.domain.rubric import PassageId
from interviewer.domain.value import Value
from interviewer.errors import EvalError
from interviewer.knowledge.confidence import FLOOR
from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.everyday import BLIND, asked_as
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.lexical import Lexical, stems
from interviewer.knowledge.search import Search, SearchResult

REPORT = Path(__file__).with_name("RETRIEVAL.md")
OURS, BM25, DENSE, RRF = "ours", "BM25", "dense", "RRF"
DEPTH = 10
RRF_K = 60
"""Source: Cormack, Clarke and Büttcher 2009."""

FLOORS = {"nDCG@10": 0.79, "recall@5": 0.80, "AUC answerable": 0.80}
"""On the test split, some .03 below what was measured in November 2026. The aims are .80, .90 and
.85: the first is reached, the other two are not."""
SEEN = frozenset("r001 r006 r007 r061 r125 r165 r173 r197 r205 r213 r221 r237".split())  # noqa: SIM905
"""Test questions that an author of the everyday questions had read before writing those."""
SLOWEST = {"p50": 15.0, "p99": 60.0}
"""Of a warm search, in ms; reported, but not enforced: the machine may be busy."""


class RetrievalQuery(Value):
    """One question of the set, with the passages that answer it."""

    id: str
    query: str = Field(min_length=1)
    kind: Literal["paraphrase", "fact", "plain", "successor", "history", "unanswerable"]
    relevant: dict[PassageId, Literal[1, 2]] = Field(description="2: answers it; 1: helps.")
    split: Literal["calibration", "test"]


class Answer(NamedTuple):
    """What one way of searching found for one question."""

    query: RetrievalQuery
    ranked: tuple[str, ...]
    confidence: float


Scores = Callable[[str], NDArray[np.floating]]
"""From a query to a score for every passage."""
Ranker = Callable[[str], tuple[Sequence[str], float]]
"""From a query to passage ids, best first, and how sure it is that they answer."""


def load_queries(
    known: "set[str] | frozenset[str]", file: Path = DATASETS / "retrieval.jsonl"
) -> list[RetrievalQuery]:
    """Every question of the set, checked against the ids of the passages.

    Raises:
        EvalError: A line is malformed, an id is used twice, a passage is unknown, or an
            unanswerable question has passages and another one none; says which line.
    """
    found: dict[str, RetrievalQuery] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{file.name}:{number}"
        try:
            query = RetrievalQuery.model_validate_json(line)
        except ValueError as error:
            raise EvalError(f"{where}: is not a question for the search: {error}") from None
        if query.id in found:
            raise EvalError(f"{where}: the id {query.id!r} is used twice")
        if unknown := query.relevant.keys() - known:
            raise EvalError(f"{where}: unknown passages {sorted(unknown)}")
        if (query.kind == "unanswerable") is bool(query.relevant):
            raise EvalError(f"{where}: {query.kind} with {len(query.relevant)} passages")
        found[query.id] = query
    return list(found.values())


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


def measures(answers: Sequence[Answer]) -> dict[str, float]:
    """Every measure; the first three over answerable questions, NaN where there are none."""
    fair = [one for one in answers if one.query.relevant]
    sure = [one.confidence for one in fair]
    unsure = [one.confidence for one in answers if not one.query.relevant]
    return {
        "nDCG@10": _mean([ndcg(one.ranked, one.query.relevant, DEPTH) for one in fair]),
        "recall@5": _mean([recall(one.ranked, one.query.relevant) for one in fair]),
        "plain recall@5": _mean([plain_recall(one.ranked, one.query.relevant) for one in fair]),
        "AUC answerable": auc(sure, unsure),
    }


def share_of_good(answers: Sequence[Answer]) -> str:
    """How many questions are answered as if something good was found, in words."""
    good = [one.confidence >= FLOOR for one in answers if one.query.relevant]
    poor = [one.confidence >= FLOOR for one in answers if not one.query.relevant]
    return (
        f"of the whole split, {sum(good)} of {len(good)} questions that the sources answer reach "
        f"the floor of {FLOOR}, and {sum(poor)} of {len(poor)} that they do not"
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def broken_floors(measured: dict[str, dict[str, float]]) -> list[str]:
    """Every floor that ours misses, and every measure in which another way is ahead, in words."""
    ours = measured[OURS]
    below = [
        f"{name}: {ours[name]:.3f}, floor {floor}"
        for name, floor in FLOORS.items()
        if not ours[name] >= floor
    ]
    behind = [
        f"{name}: {ours[name]:.3f}, {other} has {found[name]:.3f}"
        for other, found in measured.items()
        for name in ("nDCG@10", "recall@5")
        if other != OURS and found[name] >= ours[name]
    ]
    return below + behind


def _measured(measure: str, sample: Sequence[Answer]) -> float:
    return measures(sample)[measure]


def of_split(answers: dict[str, list[Answer]], split: str) -> dict[str, list[Answer]]:
    """What each way found for the questions of one split."""
    return {name: [a for a in found if a.query.split == split] for name, found in answers.items()}


def _table(title: str, chosen: dict[str, list[Answer]]) -> Iterator[str]:
    yield f"## {title}: {len(chosen[OURS])} questions"
    yield ""
    names = list(measures(chosen[OURS]))
    yield f"| | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for name, found in chosen.items():
        cells = []
        for measure, value in measures(found).items():
            low, high = interval(found, partial(_measured, measure), draws=200)
            cells.append(f"{value:.3f} ({low:.3f} to {high:.3f})")
        yield f"| {name} | {' | '.join(cells)} |"
    yield ""
    yield f"| nDCG@10 / recall@5 by kind | n | {' | '.join(chosen)} |"
    yield "|---" * (len(chosen) + 2) + "|"
    for kind in dict.fromkeys(one.query.kind for one in chosen[OURS] if one.query.relevant):
        of_kind = {
            n: [one for one in found if one.query.kind == kind] for n, found in chosen.items()
        }
        cells = [
            f"{m['nDCG@10']:.3f} / {m['recall@5']:.3f}" for m in map(measures, of_kind.values())
        ]
        yield f"| {kind} | {len(of_kind[OURS])} | {' | '.join(cells)} |"
    yield ""


def report(
    answers: dict[str, list[Answer]], taken: Sequence[float], unaided: Sequence[Answer] = ()
) -> str:
    """The whole report, Markdown; `unaided` are ours with blind everyday questions alone."""
    p50, p99 = np.percentile(taken, [50, 99])
    test = of_split(answers, "test")
    unseen = [one for one in test[OURS] if one.query.id not in SEEN]
    lines = [
        "# Evaluation of the search",
        "",
        "Written by `python -m evals.retrieval`. Every question is asked as it stands, without a",
        "filter. Weights and floor were chosen on the calibration split alone. In brackets: 95 %,",
        "bootstrap by question. recall@5 counts passages of grade 2, of which at most five can be",
        "found; the plain one counts every relevant passage, so that 1 is out of reach. AUC: how",
        "well the confidence tells questions the sources answer from those they do not. The other",
        "ways rank all passages, and their confidence is their best score; with `questions` they",
        "read the everyday questions that the product indexes with each passage, too.",
        "",
        *_table("Test split", test),
        "Without the questions that an author of the everyday questions had read before: "
        f"{_line(unseen)}; {share_of_good(test[OURS])}.",
        "",
        *_unaided([one for one in unaided if one.query.split == "test"]),
        "",
        *_table("Calibration split", of_split(answers, "calibration")),
        *_table("All", answers),
        "## Time",
        "",
        f"{len(taken)} different questions, one after another, warm, each embedded anew: median "
        f"{p50:.1f} ms (target {SLOWEST['p50']:.0f}), p99 {p99:.1f} ms "
        f"(target {SLOWEST['p99']:.0f}).",
    ]
    return "\n".join(lines) + "\n"


def _line(answers: Sequence[Answer]) -> str:
    return ", ".join(f"{name} {value:.3f}" for name, value in measures(answers).items())


def _unaided(answers: Sequence[Answer]) -> Iterator[str]:
    if answers:
        yield "Ours with those everyday questions alone whose author had read no question of the set"
        yield f"(`everyday_unseen.txt`, two thirds of all): {_line(answers)}."
        yield ""


def run(made: Product) -> tuple[dict[str, list[Answer]], list[float]]:
    """What every way of searching finds for the whole set, ours first, and how long ours took."""
    queries = load_queries(set(made.library.passages))
    ours, taken = asyncio.run(ask_product(made, queries))
    others = {name: ask(ranker, queries) for name, ranker in baselines(made).items()}
    return {OURS: ours, **others}, taken


def main() -> None:
    """Measures, writes the report, and exits with 1 if a floor is broken."""
    made = product()
    answers, taken = run(made)
    text = report(answers, taken, blind(made, [one.query for one in answers[OURS]]))
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    test = of_split(answers, "test")
    broken = broken_floors({name: measures(found) for name, found in test.items()})
    for line in broken:
        print(f"below the floor: {line}", file=sys.stderr)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
