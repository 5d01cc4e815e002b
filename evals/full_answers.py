"""Full answers: more of what planted gaps and justified skips are measured with, and fitted to.

To measure, `datasets/full_answers.jsonl`: three strong answers to each labelled question, written from
question and statements alone, with verdicts from a reader of rubric and text. Which of its pieces make
which point that reader marked, too (`full_answers_pieces.jsonl`). A second reader, blind to the first,
did both again (`full_answers_second.jsonl`, `full_answers_second_pieces.jsonl`).

To fit, `datasets/answers_to_fit/<question>.txt`: four answers to every question of the bank, written
from the rubric by other authors, kept from everything else below `evals/`. Under a heading `## 1` each
line is `point: words` or `point, point: words`, or `-: words` for what makes none; one after another
they are the answer, which makes every point.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.answers import DATASETS, GradedAnswer, load_answers
from evals.labels import second_labels
from evals.planted_gaps import Pieces, marked
from interviewer.domain.catalog import Catalog
from interviewer.errors import EvalError

FULL = "full_answers.jsonl"
PIECES = DATASETS / "full_answers_pieces.jsonl"
SECOND = DATASETS / "full_answers_second.jsonl"
SECOND_PIECES = DATASETS / "full_answers_second_pieces.jsonl"
TO_FIT = DATASETS / "answers_to_fit"

_LINE = re.compile(r"(-|[a-z0-9-]+(?:, [a-z0-9-]+)*): (\S.*)")


def full_answers(catalog: Catalog) -> list[GradedAnswer]:
    """Those to measure with.

    Raises:
        EvalError: As `load_answers` does.
    """
    return load_answers(catalog, pattern=FULL)


def all_marks(catalog: Catalog) -> dict[str, Pieces]:
    """By labelled or full answer which of its pieces make which point, as marked by hand.

    Raises:
        EvalError: A mark does not fit its answer.
    """
    labelled = marked({one.id: one for one in load_answers(catalog)})
    return labelled | marked({one.id: one for one in full_answers(catalog)}, PIECES)


class SecondReading(NamedTuple):
    """How far the second reader of the full answers agrees.

    Attributes:
        points: Verdicts that both have given.
        disagreements: Those that differ.
        pieces: Of the pieces that either marks for a point, the share that both do, in [0, 1].
    """

    points: int
    disagreements: int
    pieces: float


def second_reading(catalog: Catalog) -> SecondReading:
    """Compares the two readings.

    Raises:
        EvalError: A line does not fit its answer.
    """
    answers = {one.id: one for one in full_answers(catalog)}
    labels = second_labels(list(answers.values()), SECOND)
    first, second = marked(answers, PIECES), marked(answers, SECOND_PIECES)
    same, shares = [], []
    for name, answer in answers.items():
        for point, met in answer.verdicts.items():
            same.append(labels[name].verdicts[point] is met)
            one, other = set(first[name].get(point, ())), set(second[name].get(point, ()))
            shares.append(len(one & other) / len(one | other) if one | other else 1.0)
    return SecondReading(len(same), same.count(False), sum(shares) / len(shares))


class Told(NamedTuple):
    """An answer to fit with.

    Attributes:
        question: Its id.
        number: Which of the question's answers, from 1.
        lines: In order, each with the points it makes.
    """

    question: str
    number: int
    lines: tuple[tuple[tuple[str, ...], str], ...]

    @property
    def text(self) -> str:
        """The whole of it."""
        return " ".join(text for _, text in self.lines)

    def without(self, point: str) -> str:
        """All but the lines that make a point."""
        return " ".join(text for points, text in self.lines if point not in points)


def answers_to_fit(catalog: Catalog, folder: Path = TO_FIT) -> list[Told]:
    """Every answer to fit with, by question.

    Raises:
        EvalError: A file is of no question, a line cannot be read, or an answer lacks a point; says
            which file and line.
    """
    return [told for path in sorted(folder.glob("*.txt")) for told in _told(path, catalog)]


def _told(path: Path, catalog: Catalog) -> Iterator[Told]:
    if path.stem not in catalog.questions:
        raise EvalError(f"{path.name}: there is no question {path.stem!r}")
    points = {point.id for point in catalog.question(path.stem).points}
    answers: list[list[tuple[tuple[str, ...], str]]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            answers.append([])
        elif line.strip():
            made = _LINE.fullmatch(line)
            if made is None or not answers:
                raise EvalError(f"{path.name}:{number}: is no `point: words` below a heading")
            named = () if made[1] == "-" else tuple(made[1].split(", "))
            if unknown := set(named) - points:
                raise EvalError(f"{path.name}:{number}: unknown points {sorted(unknown)}")
            answers[-1].append((named, made[2]))
    for number, lines in enumerate(answers, start=1):
        if missing := points - {point for named, _ in lines for point in named}:
            raise EvalError(f"{path.name}: answer {number} makes no {sorted(missing)}")
        yield Told(path.stem, number, tuple(lines))
