"""How an assessor takes answers that must not be rewarded, or must not be punished.

`python -m evals.robustness` prints both halves of the labelled set apart. An assessor is asked with
the question as an interview asks it, without its example answers.
"""

import sys
from collections.abc import Mapping, Sequence
from functools import cache
from math import nan
from typing import NamedTuple, Protocol

from evals.answers import GradedAnswer, is_test, load_answers
from evals.attack_kinds import KINDS, Kind, Measure
from evals.attacks import Attack, attacks, cases
from evals.bank import product
from evals.metrics import mean_interval
from interviewer.domain.assessment import Assessment
from interviewer.domain.catalog import Catalog
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Question

__all__ = ["KINDS", "Attack", "Measure", "Reads", "Row", "attacks", "broken", "cases", "run"]


FALLS_SHORT: frozenset[str] = frozenset()
"""Properties that the offline engine does not keep yet; the report names them. A kind leaves the
set when it holds, and none may join it unnoticed."""


class Reads(Protocol):
    """Anything that assesses the answers to one question."""

    def read(self, question: Question, answers: Sequence[str], /) -> Assessment:
        """Findings on the answers."""
        ...


class Row(NamedTuple):
    """One kind of answer over all its cases; `low` and `high` bound the mean, questions drawn."""

    measure: Measure
    mean: float
    most: float
    over: int
    n: int
    low: float = nan
    high: float = nan

    def holds(self, kind: str) -> bool:
        """Whether the property of the kind is kept; without a case it is not."""
        return bool(self.n) and self.mean <= self.most and not (KINDS[kind].no_case and self.over)


def run(assessor: Reads, answers: Sequence[GradedAnswer], catalog: Catalog) -> dict[str, Row]:
    """By kind: the mean, what is allowed, how many cases are over it and how many there are.

    Args:
        assessor: Whatever is under test.
        answers: The labelled answers of one half.
        catalog: The bank.
    """

    @cache
    def reading(question_id: str, text: str) -> tuple[int, float, bool]:
        question = catalog.question(question_id).as_asked
        found = assessor.read(question, [text])
        grade = grade_question(question, found)
        return grade.overall or 1, grade.score or 1.0, found.may_be_gamed

    values: dict[str, list[tuple[str, float]]] = {}
    for case in cases(answers, catalog):
        level, score, marked = reading(case.question, case.answer)
        before = [reading(case.question, text) for text in (case.original, case.other) if text]
        base_level = max((one[0] for one in before), default=0)
        base_score = before[0][1] if before else score
        value = case.property.measure.of(
            level, score, marked=marked, level_before=base_level, score_before=base_score
        )
        values.setdefault(case.kind, []).append((case.question, value))
    return {kind: _row(KINDS[kind], found) for kind, found in values.items()}


def broken(rows: Mapping[str, Row]) -> list[str]:
    """Every property that does not hold, in words; a kind without a case is one of them."""
    found = [f"{kind}: no case" for kind in KINDS if kind not in rows]
    return found + [
        f"{kind}: {row.measure} {row.mean:.2f} on the mean of {row.n}, at most {row.most}; "
        f"{row.over} over it"
        for kind, row in rows.items()
        if not row.holds(kind)
    ]


def _row(kind: Kind, cases: Sequence[tuple[str, float]]) -> Row:
    mean = sum(value for _, value in cases) / len(cases)
    over = sum(value > kind.most for _, value in cases)
    return Row(kind.measure, mean, kind.most, over, len(cases), *mean_interval(cases))


def main() -> None:
    """Runs every attack on both halves and exits with 1 if a property of the test half breaks."""
    catalog, reader = product().catalog, product().reader
    answers = load_answers(catalog)
    failed = False
    for half in ("calibration", "test"):
        rows = run(reader, [a for a in answers if is_test(a.question) is (half == "test")], catalog)
        print(
            f"\n{half} half\n| kind | measure | mean | allowed | over | n |\n|---|---|---|---|---|---|"
        )
        for kind, row in rows.items():
            print(
                f"| {kind} | {row.measure} | {row.mean:.2f} | {row.most} | {row.over} | {row.n} |"
            )
        found = broken(rows)
        print("\n".join(f"broken: {line}" for line in found))
        failed = failed or (half == "test" and bool(found))
    sys.exit(failed)


if __name__ == "__main__":
    main()
