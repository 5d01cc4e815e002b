"""The questions the search is measured with, and which passages answer them.

`retrieval.jsonl` was written and labelled before anybody looked at results. Grades: 2, the passage
answers by itself; 1, it helps. `retrieval_pooled.jsonl` holds what was judged later, 0 included:
whatever some way of searching had among its first ten and no label knew (`evals.pool`).

The unanswerable questions u001 to u120 were added later, by an author who knew the subjects of the
sources and nothing of the set. Each was held against the corpus: what the search finds for it was
read, and one (u054) left out because a passage answers half of it. Their half is `half_of` their id.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field

from evals.answers import DATASETS, is_test
from evals.faults import first_fault
from interviewer.domain.rubric import PassageId
from interviewer.domain.value import Value
from interviewer.errors import EvalError

POOLED = DATASETS / "retrieval_pooled.jsonl"


class RetrievalQuery(Value):
    """One question of the set, with the passages that answer it."""

    id: str
    query: str = Field(min_length=1)
    kind: Literal["paraphrase", "fact", "plain", "successor", "history", "unanswerable"]
    relevant: dict[PassageId, Literal[1, 2]] = Field(description="2: answers it; 1: helps.")
    split: Literal["calibration", "test"]
    distance: Literal["near", "field", "off"] | None = Field(
        default=None,
        description="Of an unanswerable question: next to what a source treats, of the same trade, "
        "or of something else. None for the first 32, which were not sorted.",
    )


class PooledGrades(Value):
    """What was judged later of one question."""

    id: str
    grades: dict[PassageId, Literal[0, 1, 2]]


def half_of(name: str) -> Literal["calibration", "test"]:
    """The half of a question whose id decides, as it does for labelled answers: nobody chose it."""
    return "test" if is_test(name) else "calibration"


def load_queries(
    known: "set[str] | frozenset[str]", file: Path = DATASETS / "retrieval.jsonl"
) -> list[RetrievalQuery]:
    """Every question of the set, checked against the ids of the passages.

    Raises:
        EvalError: A line is malformed, an id is used twice, a passage is unknown, or an
            unanswerable question has passages and another one none, or another one a distance; says
            which line.
    """
    found: dict[str, RetrievalQuery] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{file.name}:{number}"
        try:
            query = RetrievalQuery.model_validate_json(line)
        except ValueError as error:
            raise EvalError(
                f"{where}: is not a question for the search: {first_fault(error)}"
            ) from None
        if query.id in found:
            raise EvalError(f"{where}: the id {query.id!r} is used twice")
        if unknown := query.relevant.keys() - known:
            raise EvalError(f"{where}: unknown passages {sorted(unknown)}")
        if (query.kind == "unanswerable") is bool(query.relevant):
            raise EvalError(f"{where}: {query.kind} with {len(query.relevant)} passages")
        if query.relevant and query.distance is not None:
            raise EvalError(f"{where}: {query.kind} at a distance of {query.distance}")
        found[query.id] = query
    return list(found.values())


def load_pooled(file: Path = POOLED) -> dict[str, dict[str, int]]:
    """By question: the grades given later; empty where there is no such file.

    Raises:
        EvalError: A line is malformed; says which.
    """
    found: dict[str, dict[str, int]] = {}
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    for number, line in enumerate(lines, start=1):
        try:
            one = PooledGrades.model_validate_json(line)
        except ValueError as error:
            raise EvalError(f"{file.name}:{number}: are no grades: {first_fault(error)}") from None
        found[one.id] = dict(one.grades)
    return found


def with_pooled(
    queries: Sequence[RetrievalQuery], pooled: Mapping[str, Mapping[str, int]]
) -> dict[str, RetrievalQuery]:
    """By id: the questions with the passages that were found to help later, too.

    A label is never changed by a later grade, and a question that the sources do not answer stays
    one.
    """
    return {
        query.id: query.model_copy(
            update={
                "relevant": {
                    **{name: grade for name, grade in pooled.get(query.id, {}).items() if grade},
                    **query.relevant,
                }
            }
        )
        if query.relevant
        else query
        for query in queries
    }
