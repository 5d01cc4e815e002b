"""The second labelling: how far another reader, blind to the first labels, gave the same ones.

`evals/datasets/second_labels.jsonl` holds one object a line: the id of a labelled answer, verdicts by
point, red flags. The second reader saw rubric and answers in another order, without the quality that
an answer was written for. Both readings were made with a language model's help and not by bank
interviewers: the agreement says how clearly rubric and answers speak, not that experts would agree.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from statistics import correlation
from typing import NamedTuple

from sklearn.metrics import cohen_kappa_score

from evals.answers import DATASETS, GradedAnswer
from evals.faults import first_fault
from evals.metrics import macro_f1, quadratic_kappa
from interviewer.domain.catalog import Catalog
from interviewer.domain.grade import level_from_labels
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met
from interviewer.errors import EvalError

SECOND = DATASETS / "second_labels.jsonl"


class SecondLabels(Value):
    """What the second reader said of one answer."""

    id: str
    verdicts: dict[str, Met]
    red_flags: tuple[str, ...] = ()


class Agreement(NamedTuple):
    """Two readers of the same answers.

    Attributes:
        answers: How many both have read.
        points: How many verdicts both have given.
        disagreements: Verdicts that differ.
        kappa: Cohen's, on verdicts, unweighted.
        macro_f1: Of the second reader's verdicts against the first's.
        level_kappa: Quadratic weighted, on levels 1-5.
    """

    answers: int
    points: int
    disagreements: int
    kappa: float
    macro_f1: float
    level_kappa: float


def second_labels(answers: Sequence[GradedAnswer], path: Path = SECOND) -> dict[str, SecondLabels]:
    """By id of the answer.

    Raises:
        EvalError: A line is malformed, repeated, of an unknown answer, or lacks a point.
    """
    by_id = {answer.id: answer for answer in answers}
    found: dict[str, SecondLabels] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name}:{number}"
        try:
            labels = SecondLabels.model_validate(json.loads(line))
        except ValueError as error:
            raise EvalError(f"{where}: is not a second labelling: {first_fault(error)}") from None
        if labels.id in found or labels.id not in by_id:
            raise EvalError(f"{where}: {labels.id!r} is repeated or no labelled answer")
        if labels.verdicts.keys() != by_id[labels.id].verdicts.keys():
            raise EvalError(f"{where}: the points of {labels.id!r} differ from the first labelling")
        found[labels.id] = labels
    return found


def agreement(
    answers: Sequence[GradedAnswer], second: dict[str, SecondLabels], catalog: Catalog
) -> Agreement:
    """How far the second reader agrees with the first, over the answers both have read."""
    both = [(answer, second[answer.id]) for answer in answers if answer.id in second]
    pairs = [
        (met.value, other.verdicts[point].value)
        for answer, other in both
        for point, met in answer.verdicts.items()
    ]
    one, two = map(list, zip(*pairs, strict=True))
    levels = [answer.level(catalog) for answer, _ in both]
    others = [
        level_from_labels(catalog.question(answer.question), other.verdicts, other.red_flags) or 1
        for answer, other in both
    ]
    return Agreement(
        answers=len(both),
        points=len(pairs),
        disagreements=sum(a != b for a, b in pairs),
        kappa=float(cohen_kappa_score(one, two)),
        macro_f1=macro_f1(one, two),
        level_kappa=quadratic_kappa(levels, others),
    )


def length_correlation(answers: Sequence[GradedAnswer], catalog: Catalog) -> float:
    """Pearson's r between the words of an answer and its labelled level, in [-1, 1]."""
    lengths = [float(len(answer.answer.split())) for answer in answers]
    return correlation(lengths, [float(answer.level(catalog)) for answer in answers])
