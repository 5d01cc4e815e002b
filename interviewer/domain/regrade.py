"""A stored interview graded again: how far the same words are judged the same each time."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from pydantic import AwareDatetime, Field

from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import grade_question
from interviewer.domain.question import Question
from interviewer.domain.usage import PromptRef, Usage
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met


class GradedBy(Value):
    """What a grade rests on: enough to find the exact prompt and rubric again."""

    engine: str
    model: str | None
    prompts: tuple[PromptRef, ...]
    rubric: str = Field(description="sha256 of the question and rubric as asked.")


class PointSpread(Value):
    """One point, judged several times."""

    point: str
    statement: str
    weight: int
    stored: Met | None
    readings: tuple[Met | None, ...] = Field(description="One for each time; None: not assessed.")
    agreement: float = Field(description="Share of the readings that give the commonest verdict.")


class QuestionSpread(Value):
    """One exchange, graded several times. Scores are in [1, 5] or None when not assessed."""

    question: str
    stored_by: GradedBy | None
    stored_score: float | None
    graded_by: GradedBy
    scores: tuple[float | None, ...]
    points: tuple[PointSpread, ...]
    failed: int = Field(default=0, description="Readings that brought no usable reply.")
    usage: Usage = Usage()


class Regrade(Value):
    """An interview graded again. What it says of the interview changes nothing in it."""

    interview: str
    at: AwareDatetime
    times: int
    deterministic: bool
    note: str
    questions: tuple[QuestionSpread, ...]
    version: str = Field(default="", description="Of the product.")


def rubric_hash(question: Question) -> str:
    """The sha256 of a question and its rubric, as asked."""
    return hashlib.sha256(question.as_asked.model_dump_json().encode()).hexdigest()


def graded_by(question: Question, assessment: Assessment) -> GradedBy:
    """What a grade rests on."""
    return GradedBy(
        engine=assessment.engine,
        model=assessment.model,
        prompts=assessment.prompts,
        rubric=rubric_hash(question),
    )


def spread(
    question: Question, stored: Assessment | None, readings: Sequence[Assessment], failed: int = 0
) -> QuestionSpread:
    """Lays several readings of one exchange beside each other.

    Args:
        question: The rubric as it was asked.
        stored: The grade in the log, if there is one.
        readings: At least one.
        failed: How many more were tried in vain.
    """
    return QuestionSpread(
        question=question.id,
        stored_by=None if stored is None else graded_by(question, stored),
        stored_score=None if stored is None else _score(question, stored),
        graded_by=graded_by(question, readings[0]),
        scores=tuple(_score(question, reading) for reading in readings),
        points=tuple(
            PointSpread(
                point=point.id,
                statement=point.statement,
                weight=point.weight,
                stored=None if stored is None else stored.met(point.id),
                readings=tuple(reading.met(point.id) for reading in readings),
                agreement=_agreement([reading.met(point.id) for reading in readings]),
            )
            for point in question.points
        ),
        failed=failed,
        usage=sum((reading.usage for reading in readings), Usage()),
    )


def _score(question: Question, assessment: Assessment) -> float | None:
    score = grade_question(question, assessment).score
    return None if score is None else round(score, 2)


def _agreement(readings: Sequence[Met | None]) -> float:
    return round(Counter(readings).most_common(1)[0][1] / len(readings), 3)
