"""The labelled answers: written without sight of the bank's key terms, labelled from the rubric.

`evals/datasets/graded_answers_*.jsonl`: one object a line with id, question, quality, answer,
verdicts by point, and red flags. Labels were given before any engine read the answers.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.faults import first_fault
from interviewer.domain.catalog import Catalog
from interviewer.domain.grade import level_from_labels
from interviewer.domain.question import Quality
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met
from interviewer.errors import EvalError

DATASETS = Path(__file__).parent / "datasets"
LABELLED = "graded_answers_*.jsonl"


class GradedAnswer(Value):
    """One labelled answer."""

    id: str
    question: str
    quality: Quality
    answer: str
    verdicts: dict[str, Met]
    red_flags: tuple[str, ...] = ()

    def level(self, catalog: Catalog) -> int:
        """The level that its labels come to."""
        question = catalog.question(self.question)
        return level_from_labels(question, self.verdicts, self.red_flags) or 1


def is_test(question_id: str) -> bool:
    """Whether a question belongs to the test half, which nothing is fitted to.

    Decided by the id alone, so that it cannot drift as questions are added.
    """
    return hashlib.sha256(question_id.encode()).digest()[0] % 2 == 1


def load_answers(
    catalog: Catalog, folder: Path = DATASETS, pattern: str = LABELLED
) -> list[GradedAnswer]:
    """Every labelled answer, checked against the bank.

    Args:
        catalog: The bank.
        folder: Where the files lie.
        pattern: Which of its files.

    Raises:
        EvalError: A line is malformed, an id is repeated, a point or flag is unknown or missing, or a
            question lacks an answer of some quality; says which file and line. There is none at all.
    """
    found: dict[str, GradedAnswer] = {}
    first: dict[str, str] = {}
    for where, line in _lines(folder, pattern):
        try:
            graded = GradedAnswer.model_validate(json.loads(line, object_pairs_hook=_once))
        except ValueError as error:
            raise EvalError(f"{where}: is not a graded answer: {first_fault(error)}") from None
        if graded.id in found:
            raise EvalError(f"{where}: the id {graded.id!r} is used twice")
        _check_labels(where, graded, catalog)
        found[graded.id] = graded
        first.setdefault(graded.question, where)
    if not found:
        raise EvalError(f"{folder / pattern}: there is no labelled answer")
    if pattern == LABELLED:
        _check_complete(found.values(), first)
    return list(found.values())


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object none of whose keys is given twice, of which JSON would keep the last."""
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"given twice: {sorted({key for key in keys if keys.count(key) > 1})}")
    return made


def _check_complete(answers: Iterable[GradedAnswer], first: Mapping[str, str]) -> None:
    """Each question has one answer of each quality.

    Args:
        answers: All of them.
        first: By question, the file and line of its first answer.
    """
    held: dict[str, Counter[Quality]] = defaultdict(Counter)
    for one in answers:
        held[one.question][one.quality] += 1
    for question, counts in held.items():
        if missing := [q.value for q in Quality if not counts[q]]:
            raise EvalError(f"{first[question]}: {question!r} has no answer that is {missing}")
        if repeated := [q.value for q in Quality if counts[q] > 1]:
            raise EvalError(f"{first[question]}: {question!r} has several that are {repeated}")


def _lines(folder: Path, pattern: str) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.glob(pattern)):
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise EvalError(f"{path.name}:{number}: is not UTF-8: {error}") from None
            if text.strip():
                yield f"{path.name}:{number}", text


def _check_labels(where: str, graded: GradedAnswer, catalog: Catalog) -> None:
    question = catalog.questions.get(graded.question)
    if question is None:
        raise EvalError(f"{where}: there is no question {graded.question!r}")
    points = {point.id for point in question.points}
    if unknown := set(graded.verdicts) - points:
        raise EvalError(f"{where}: unknown points {sorted(unknown)}")
    if missing := points - set(graded.verdicts):
        raise EvalError(f"{where}: no verdict on {sorted(missing)}")
    if unknown := set(graded.red_flags) - {flag.id for flag in question.red_flags}:
        raise EvalError(f"{where}: unknown red flags {sorted(unknown)}")
    if not graded.answer.strip():
        raise EvalError(f"{where}: the answer is missing")
