"""How well the search finds: writes evals/RETRIEVAL.md, fails below a floor.

`python -m evals.retrieval`. The product's search beside BM25 alone, meaning alone and their
reciprocal-rank fusion, on the same questions and passages. Nothing is fitted to the test split.
"""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from evals import old_and_new
from evals.bank import product
from evals.faults import exit_code
from evals.metrics import auc, interval, ndcg, plain_recall, recall
from evals.rankers import DEPTH, OURS, Answer, ask, ask_product, baselines, blind, ours
from evals.retrieval_set import RetrievalQuery, load_pooled, load_queries, with_pooled
from interviewer.bootstrap import Product
from interviewer.knowledge.confidence import FLOOR

REPORT = Path(__file__).with_name("RETRIEVAL.md")

FLOORS = {"nDCG@10": 0.86, "recall@5": 0.88, "AUC answerable": 0.90}
"""On the test split, some .03 below what was measured in November 2026. The aims, .80, .90 and .85,
are reached."""
SEEN = frozenset("r001 r006 r007 r061 r125 r165 r173 r197 r205 r213 r221 r237".split())  # noqa: SIM905
"""Test questions that an author of the everyday questions had read before writing those."""
DISTANCES = {
    "near": "next to what a source treats",
    "field": "of the same trade",
    "off": "of something else",
    None: "of the first 32, not sorted",
}
SLOWEST = {"p50": 15.0, "p99": 60.0}
"""Of a warm search, in ms; reported, but not enforced: the machine may be busy."""


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
    yield from by_distance(chosen)
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


def by_distance(chosen: dict[str, list[Answer]]) -> Iterator[str]:
    """How well the confidence tells apart questions that no source answers, from near to far."""
    yield f"| AUC against the unanswerable that are | n | {' | '.join(chosen)} |"
    yield "|---" * (len(chosen) + 2) + "|"
    for distance, what in DISTANCES.items():
        some = {
            name: [one for one in found if one.query.relevant or one.query.distance == distance]
            for name, found in chosen.items()
        }
        count = sum(not one.query.relevant for one in some[OURS])
        cells = [f"{measures(found)['AUC answerable']:.3f}" for found in some.values()]
        yield f"| {what} | {count} | {' | '.join(cells)} |"
    yield ""


def regraded(
    answers: dict[str, list[Answer]], queries: dict[str, RetrievalQuery]
) -> dict[str, list[Answer]]:
    """The same answers against other grades; `queries` by id."""
    return {
        name: [one._replace(query=queries[one.query.id]) for one in found]
        for name, found in answers.items()
    }


def _with_pooled(answers: dict[str, list[Answer]]) -> Iterator[str]:
    pooled = load_pooled()
    judged = [grade for grades in pooled.values() for grade in grades.values()]
    left = {
        (one.query.id, name)
        for found in answers.values()
        for one in found
        for name in one.ranked[:DEPTH]
        if one.query.relevant
        and name not in one.query.relevant
        and name not in pooled.get(one.query.id, {})
    }
    yield "## With what was judged later"
    yield ""
    yield "Labels were made before the last six sources were written. So whatever BM25, dense, RRF (each"
    yield "with and without everyday questions) and ours, also with other weights, had among its first"
    yield f"{DEPTH} and no label knew was judged: {len(judged)} passages, of which {judged.count(1)} help"
    yield f"and {judged.count(2)} answer in full. Then more everyday questions came and the ranking changed:"
    yield f"{len(left)} of those found now are not judged and count as of no help. The judge"
    yield "had read all sources in full, and then saw questions and the passages' names in shuffled order,"
    yield "with the labels there were, but neither half, way nor place. It was the author of this search, a"
    yield "language model, who had seen rankings of 17 calibration questions before: a weakness. None of"
    yield "the 32 questions without an answer that there were got one. Aims and floors are held against"
    yield "the original labels, above."
    yield ""
    queries = with_pooled([one.query for one in answers[OURS]], pooled)
    measured = ("nDCG@10", "recall@5", "plain recall@5")
    yield f"| | {' | '.join(f'test {name}' for name in measured)} | calibration nDCG@10 | recall@5 |"
    yield "|---|---|---|---|---|---|"
    later = regraded(answers, queries)
    for name in later:
        test = measures(of_split(later, "test")[name])
        other = measures(of_split(later, "calibration")[name])
        cells = [*(test[one] for one in measured), other["nDCG@10"], other["recall@5"]]
        yield f"| {name} | {' | '.join(f'{cell:.3f}' for cell in cells)} |"
    yield ""


def report(
    answers: dict[str, list[Answer]],
    taken: Sequence[float],
    unaided: Sequence[Answer] = (),
    standing: Sequence[str] = (),
) -> str:
    """The whole report, Markdown.

    Args:
        answers: By way of searching, ours first.
        taken: Milliseconds of each of our searches.
        unaided: Ours with blind everyday questions alone.
        standing: Sentences on old text and what replaced it.
    """
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
        *_with_pooled(answers),
        *standing,
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
        yield "Ours with those everyday questions alone whose authors had read no question of the set"
        yield f"(`everyday.BLIND`, eight tenths of all): {_line(answers)}."
        yield ""


def run(made: Product) -> tuple[dict[str, list[Answer]], list[float]]:
    """What every way of searching finds for the whole set, ours first, and how long ours took."""
    queries = load_queries(set(made.library.passages))
    ours, taken = asyncio.run(ask_product(made, queries))
    others = {name: ask(ranker, queries) for name, ranker in baselines(made).items()}
    return {OURS: ours, **others}, taken


def _standing(made: Product) -> Iterator[str]:
    questions = old_and_new.load(set(made.library.sources))
    yield "## Old text and what replaced it"
    yield ""
    yield f"{len(questions)} more questions that name, date or describe text that was replaced"
    yield "(`datasets/old_and_new.txt`); these are none of the set:"
    yield ""
    for number, part in enumerate(old_and_new.PARTS):
        some = [one for one in questions if one.part == number]
        found = old_and_new.standing(partial(ours, made), some, made)
        yield f"- {len(some)} {part}: {old_and_new.in_words(found)}."
    yield ""


def main() -> int:
    """Measures and writes the report; 1 if a floor is broken, 2 if the set cannot be used."""
    return exit_code("evals.retrieval", _written)


def _written() -> list[str]:
    """Writes the report; returns the broken floors, in words."""
    made = product()
    answers, taken = run(made)
    unaided = blind(made, [one.query for one in answers[OURS]])
    text = report(answers, taken, unaided, list(_standing(made)))
    REPORT.write_text(text, encoding="utf-8")
    print(text)
    test = of_split(answers, "test")
    return broken_floors({name: measures(found) for name, found in test.items()})


if __name__ == "__main__":
    sys.exit(main())
