"""Judging what any way of searching finds and no label knows: `python -m evals.pool`.

The labels of `retrieval.jsonl` were made before the last sources were written, and an unjudged
passage counts as irrelevant, which is unfair to whatever finds it. The standard remedy is pooling
(Spärck Jones and van Rijsbergen 1975; TREC): the first ten of every way compared are judged.

`sheet FILE` writes a line for each question with passages still to be judged: questions and
passages shuffled, the texts of the passages in full, and no word on which way found them, at which
place, or which half the question is of. The judge replaces each null by 2 (answers it by itself), 1
(helps) or 0. `take FILE` adds the grades to `datasets/retrieval_pooled.jsonl`.
`python -m evals.retrieval` reports with and without them; the original labels are never changed.
"""

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.bank import product
from evals.rankers import Answer
from evals.retrieval import run
from evals.retrieval_set import POOLED, RetrievalQuery, load_pooled, load_queries
from interviewer.errors import EvalError
from interviewer.knowledge.passages import Passage

SEED = 20261129
_GRADES = {0, 1, 2}


def unjudged(
    found: Mapping[str, Sequence[Answer]], judged: Mapping[str, Mapping[str, int]], depth: int = 10
) -> dict[str, set[str]]:
    """By question: passages among the first `depth` of any way that have neither label nor grade.

    Args:
        found: By way of searching.
        judged: By question: the grades of earlier rounds.
        depth: How many of each ranking count.
    """
    pool: dict[str, set[str]] = {}
    for answers in found.values():
        for one in answers:
            pool.setdefault(one.query.id, set()).update(one.ranked[:depth])
            pool[one.query.id] -= one.query.relevant.keys() | judged.get(one.query.id, {}).keys()
    return {name: passages for name, passages in pool.items() if passages}


def sheet(
    pool: Mapping[str, set[str]],
    queries: Sequence[RetrievalQuery],
    passages: Mapping[str, Passage],
    *,
    seed: int = SEED,
) -> list[dict[str, Any]]:
    """What the judge is given, shuffled; another seed is another order."""
    order = random.Random(seed)  # noqa: S311 - an order, no secret
    lines = []
    for query in sorted(queries, key=lambda one: one.id):
        names = sorted(pool.get(query.id, ()))
        order.shuffle(names)
        texts = [
            {"passage": name, "text": passages[name].as_written, "grade": None} for name in names
        ]
        if names:
            lines.append({"question": query.query, "labelled": query.relevant, "to judge": texts})
    order.shuffle(lines)
    return lines


def graded(
    lines: Iterable[Mapping[str, Any]], queries: Sequence[RetrievalQuery]
) -> dict[str, dict[str, int]]:
    """By question: the grades of a sheet.

    Raises:
        EvalError: A question is unknown, or a grade is missing or none of 0, 1, 2.
    """
    ids = {query.query: query.id for query in queries}
    found: dict[str, dict[str, int]] = {}
    for line in lines:
        if line["question"] not in ids:
            raise EvalError(f"no question {line['question']!r}")
        for one in line["to judge"]:
            if one["grade"] not in _GRADES:
                where = f"{line['question']!r}, {one['passage']}"
                raise EvalError(f"{where}: the grade is {one['grade']!r}, not 0, 1 or 2")
            found.setdefault(ids[line["question"]], {})[one["passage"]] = one["grade"]
    return found


def store(new: Mapping[str, Mapping[str, int]], file: Path = POOLED) -> None:
    """Adds grades to the file; one that was there gives way to a new one."""
    held = load_pooled(file) if file.is_file() else {}
    for name, grades in new.items():
        held[name] = {**held.get(name, {}), **grades}
    lines = [
        json.dumps({"id": name, "grades": dict(sorted(held[name].items()))})
        for name in sorted(held)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Writes a sheet, or takes the grades of one."""
    if len(arguments) != 2 or arguments[0] not in {"sheet", "take"}:
        sys.exit("usage: python -m evals.pool sheet|take FILE")
    file = Path(arguments[1])
    made = product()
    passages = made.library.passages
    queries = load_queries(set(passages))
    if arguments[0] == "take":
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        store(graded(lines, queries))
        return
    pool = unjudged(run(made)[0], load_pooled())
    lines = sheet(pool, queries, passages)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write_text(text, encoding="utf-8")
    print(f"{sum(map(len, pool.values()))} passages of {len(pool)} questions: {file}")


if __name__ == "__main__":
    main(sys.argv[1:])
