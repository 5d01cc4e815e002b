"""Strong answers from which the words that make one point were taken out.

Which pieces of an answer make which point is marked by hand for every strong labelled answer
(`datasets/point_sentences.jsonl`: from rubric and text, before any engine saw the gapped answers; of
the calibration half ten by the marker of the test half, the others later by another). For any other
answer the pieces are found by label and evidence: of the points labelled yes, each piece belongs to the
one whose authored ways of saying it come nearest. Do not tune on those: a reader that routes by
embeddings finds them by itself.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from evals.answers import DATASETS, GradedAnswer
from evals.probe_wording import without_quotes
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import Met
from interviewer.errors import EvalError
from interviewer.knowledge.embedding import Embedder

MARKS = DATASETS / "point_sentences.jsonl"

LEAST_EVIDENCE = 0.25
"""Cosine below which a piece is not taken to make a point. Source: docs/grading.md, "The engines"."""

_BORDER = re.compile(r"(?<=[.!?;:])[\"')\]\u201d\u2019]*\s+|\n+")

Pieces = Mapping[str, Sequence[int]]
"""By point, the numbers of the pieces of an answer that make it."""


class Gap(NamedTuple):
    """An answer with one gap."""

    source: GradedAnswer
    point: Point
    answer: str
    hidden: str
    """The words that were taken out."""
    by_hand: bool
    """Whether the words were marked by hand."""


def pieces(answer: str) -> list[str]:
    """Sentences, cut at semicolons and colons too."""
    return [piece for piece in _BORDER.split(answer) if piece]


def marked(answers: Mapping[str, GradedAnswer], file: Path = MARKS) -> dict[str, Pieces]:
    """The marks by answer.

    Raises:
        EvalError: An answer is unknown or was changed since, or a point or piece does not exist.
    """
    found: dict[str, Pieces] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{file.name}:{number}"
        try:
            row = json.loads(line)
            answer = answers.get(row["answer"])
        except (ValueError, KeyError, TypeError) as error:
            raise EvalError(f"{where}: is no mark of pieces: {error!r}") from None
        if answer is None:
            raise EvalError(f"{where}: there is no answer {row['answer']!r}")
        if hashlib.sha256(answer.answer.encode()).hexdigest()[:16] != row["sha256"]:
            raise EvalError(f"{where}: {answer.id!r} was changed since; mark it again")
        if unknown := set(row["pieces"]) - set(answer.verdicts):
            raise EvalError(f"{where}: unknown points {sorted(unknown)}")
        if max(max(numbers) for numbers in row["pieces"].values()) >= len(pieces(answer.answer)):
            raise EvalError(f"{where}: a piece beyond the end of {answer.id!r}")
        found[answer.id] = row["pieces"]
    return found


def found_by_evidence(
    answer: str, verdicts: Mapping[str, Met], question: Question, embedder: Embedder
) -> Pieces:
    """Each piece under the point labelled yes that it comes nearest to; far ones under none."""
    made = [p for p in question.points if verdicts[p.id] is Met.YES]
    said = embedder.embed(pieces(answer))
    near = np.array([(embedder.embed([p.statement, *p.counts]) @ said.T).max(axis=0) for p in made])
    own: dict[str, list[int]] = {point.id: [] for point in made}
    for number, column in enumerate(near.T):
        if column.max() >= LEAST_EVIDENCE:
            own[made[int(column.argmax())].id].append(number)
    return own


def planted(
    answer: GradedAnswer, question: Question, marks: Pieces, *, by_hand: bool
) -> Iterator[Gap]:
    """The answer without one of its points, for each that can be the only gap worth a probe.

    Left out are points that no piece makes alone (taking it out would take most of another point
    along) and points that a labelled gap outweighs.
    """
    texts = pieces(answer.answer)
    open_weights = [p.weight for p in question.points if answer.verdicts[p.id] is not Met.YES]
    for point in question.points:
        out = set(marks.get(point.id, ()))
        if answer.verdicts[point.id] is not Met.YES or not out:
            continue
        if any(weight >= point.weight for weight in open_weights):
            continue
        others = [set(own) for i, own in marks.items() if i != point.id and own]
        if any(len(own & out) * 2 > len(own) for own in others):
            continue
        kept = " ".join(text for number, text in enumerate(texts) if number not in out)
        hidden = " ".join(texts[number] for number in sorted(out))
        yield Gap(answer, point, kept, hidden, by_hand)


class Oracle:
    """A candidate who holds one point back until asked about it, and else repeats themselves."""

    def __init__(self, gap: Gap, question: Question, embedder: Embedder) -> None:
        """Takes what it must not say unasked.

        Args:
            gap: The point held back.
            question: Whose points a follow-up may be about.
            embedder: What the candidate understands questions with.
        """
        self._gap, self._question, self._embedder = gap, question, embedder
        self.has_revealed = False

    def reply(self, follow_up: str) -> str:
        """The hidden words if the follow-up asks about them, else something said before."""
        asked = self._embedder.embed([without_quotes(follow_up)])[0]
        nearness = {
            point.id: float((self._embedder.embed(_ways(point)) @ asked).max())
            for point in self._question.points
        }
        if max(nearness, key=nearness.__getitem__) == self._gap.point.id:
            self.has_revealed = True
            return self._gap.hidden
        said = pieces(self._gap.answer)
        near = self._embedder.embed(said) @ asked
        return f"I would come back to what I said: {said[int(near.argmax())]}"


def _ways(point: Point) -> list[str]:
    return [point.statement, *point.counts, *point.probes]
