"""Follow-ups: the measures of evals/follow_ups.py, one labelled answer a sample.

The rules choose the move from the instant reading, which is offline with either engine; with
`engine=model` the model says it. A control reads in the place of the instant reader.
"""

import asyncio
from collections.abc import Sequence
from functools import cache

from evals import follow_ups
from evals.answers import GradedAnswer, load_answers
from evals.full_answers import full_answers
from evals.metrics import rank_correlation
from evals.rehearsal import ReadsRounds, Rehearsal
from evals.tasks.engines import Engine
from evals.tasks.record import Case, Facts, Floor, Record, in_half
from evals.tasks.work import Measures, Work
from interviewer.bootstrap import Product, local_model
from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Quality
from interviewer.engines.protocols import Scene
from interviewer.errors import EvalError
from interviewer.knowledge.embedding import CachedEmbedder

_ESCALATION = "escalation (Spearman)"


def cases(product: Product, half: str) -> list[Case]:
    """Every labelled and every full answer of the half; gaps are planted in the strong ones.

    Raises:
        EvalError: A label is malformed, or the embedding model is not installed.
    """
    if local_model(product.settings) is None:
        raise EvalError("follow-ups are measured with the embedding model (group `minilm`)")
    labelled, full = load_answers(product.catalog), full_answers(product.catalog)
    return [
        Case(
            id=one.id,
            group=one.question,
            input=one.answer,
            data={"answer": one.model_dump(), "full": is_full},
        )
        for is_full, some in ((False, labelled), (True, full))
        for one in some
        if in_half(one.question, half)
    ]


@cache
def _embedder(product: Product) -> CachedEmbedder:
    model = local_model(product.settings)
    if model is None:
        raise EvalError("the embedding model is not installed (group `minilm`)")
    return CachedEmbedder(model)


async def run(case: Case, engine: Engine) -> Facts:
    """Plays the rounds that start with this answer."""
    answer = GradedAnswer.model_validate(case.data["answer"])
    loop, lines = asyncio.get_running_loop(), []

    def say(scene: Scene) -> str:
        line = asyncio.run_coroutine_threadsafe(engine.say(scene), loop).result()
        lines.append(line)
        return line.text

    product, embedder = engine.product, _embedder(engine.product)
    is_full = case.data["full"]
    found = await asyncio.to_thread(
        follow_ups.measure,
        [] if is_full else [answer],
        product.catalog,
        engine.reader,
        embedder,
        say,
        [answer] if is_full else [],
    )
    counts = not is_full and answer.quality is not Quality.OFF_TOPIC
    depth = await asyncio.to_thread(_depth, answer, product.catalog, engine.reader)
    return {
        # A correlation of one case is none; it is computed over all of them from the depths.
        "figures": {
            name: [figure.value, figure.n]
            for name, figure in found.items()
            if figure.n and name != _ESCALATION
        },
        "level": answer.level(product.catalog),
        "depth": depth if counts else None,
        "said": [line.text for line in lines],
        "lines": len(lines),
        "fallbacks": sum(line.stands_in for line in lines),
        "tokens": sum(line.tokens for line in lines),
    }


def _depth(answer: GradedAnswer, catalog: Catalog, reader: ReadsRounds) -> int:
    return follow_ups.depth_of(Rehearsal(answer.question, catalog, reader).say(answer.answer))


def passed(facts: Facts) -> float:
    """1 if everything that has a floor and was measured here holds in every case."""
    values = [facts["figures"].get(name, (1.0, 0))[0] for name in follow_ups.FLOORS]
    return float(min(values) >= 1.0)


def measures(records: Sequence[Record]) -> Measures:
    """Those of evals/follow_ups.py, over all cases."""
    sums: dict[str, list[float]] = {}
    for record in records:
        for name, (value, n) in record.facts["figures"].items():
            total = sums.setdefault(name, [0.0, 0.0])
            total[0] += value * n
            total[1] += n
    depths = [(r.facts["level"], r.facts["depth"]) for r in records if r.facts["depth"] is not None]
    lines = sum(record.facts["lines"] for record in records)
    stood_in = sum(record.facts["fallbacks"] for record in records)
    missing: dict[str, float] = dict.fromkeys(follow_ups.FLOORS, float("nan"))
    return {
        **missing,
        **{name: total / n for name, (total, n) in sorted(sums.items())},
        _ESCALATION: rank_correlation(depths),
        "share of lines with a fallback": stood_in / lines if lines else 0.0,
    }


WORK = Work(
    name="follow_ups",
    about="Follow-ups go where something is missing, stand on what was said, give nothing away.",
    cases=cases,
    run=run,
    passed=passed,
    measures=measures,
    floors=(
        *(Floor(name, floor) for name, floor in follow_ups.FLOORS.items()),
        Floor("share of lines with a fallback", 0.05, most=True),
    ),
    better={**dict.fromkeys(follow_ups.FLOORS, 1), "share of lines with a fallback": -1},
)
