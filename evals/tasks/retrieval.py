"""Retrieval: the product's search against the questions of evals/retrieval.py.

No language model takes part: with `engine=model` the same search runs, with the embeddings that
INTERVIEWER_EMBEDDINGS names.
"""

from collections.abc import Sequence

from evals.metrics import ndcg
from evals.rankers import DEPTH, Answer
from evals.retrieval import FLOORS as RETRIEVAL_FLOORS
from evals.retrieval import measures as retrieval_measures
from evals.retrieval_set import RetrievalQuery, load_queries
from evals.tasks.engines import Engine
from evals.tasks.record import HALVES, Case, Facts, Floor, Record
from evals.tasks.work import Measures, Work
from interviewer.bootstrap import Product
from interviewer.errors import EvalError


def cases(product: Product, half: str) -> list[Case]:
    """Every question of the split, which is one of the same names as the halves.

    Raises:
        EvalError: A line is malformed, or there is no such split.
    """
    if half not in HALVES:
        raise EvalError(f"there is no half {half!r}: use one of {', '.join(HALVES)}")
    return [
        Case(
            id=query.id,
            group=query.id,
            input=query.query,
            target=" ".join(sorted(query.relevant)),
            data={"query": query.model_dump()},
        )
        for query in load_queries(set(product.library.passages))
        if half in ("all", query.split)
    ]


async def run(case: Case, engine: Engine) -> Facts:
    """Searches once."""
    found = await engine.product.search(case.input, k=DEPTH)
    # Sections folded into a hit follow it, as in evals/retrieval.py: folding gains nothing.
    ranked = [p for hit in found.hits for p in (hit.passage, *(one.passage for one in hit.joined))]
    return {
        "query": case.data["query"],
        "ranked": ranked,
        "confidence": round(found.confidence, 4),
    }


def passed(facts: Facts) -> float:
    """The gain of the first ten; for a question without an answer always 1, as AUC judges those."""
    relevant = facts["query"]["relevant"]
    return ndcg(facts["ranked"], relevant, DEPTH) if relevant else 1.0


def measures(records: Sequence[Record]) -> Measures:
    """Those of evals/retrieval.py."""
    answers = [
        Answer(
            RetrievalQuery.model_validate(record.facts["query"]),
            tuple(record.facts["ranked"]),
            record.facts["confidence"],
        )
        for record in records
    ]
    return retrieval_measures(answers)


WORK = Work(
    name="retrieval",
    about="The product's search against labelled questions.",
    cases=cases,
    run=run,
    passed=passed,
    measures=measures,
    floors=tuple(Floor(name, floor) for name, floor in RETRIEVAL_FLOORS.items()),
    better={"nDCG@10": 1, "recall@5": 1, "plain recall@5": 1, "AUC answerable": 1},
)
