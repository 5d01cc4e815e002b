"""How the first answer to a question about one's past is told: its STAR shape and its result."""

from collections.abc import Sequence
from typing import NamedTuple

from interviewer.domain.impact import ImpactFinding, impact_statement
from interviewer.domain.question import Question
from interviewer.domain.star import StarShape, star_shape
from interviewer.engines.text import spans


class Telling(NamedTuple):
    """Empty where the question does not ask for a story, or nothing was said."""

    star: StarShape | None = None
    impact: tuple[ImpactFinding, ...] = ()


def telling(question: Question, answers: Sequence[str]) -> Telling:
    """Looks at the first answer only: what comes after it was asked for."""
    if not question.tells_a_story or not answers:
        return Telling()
    sentences = [(span.start, span.end) for span in spans(answers[:1])]
    shape = star_shape(answers[0], sentences)
    return Telling() if shape is None else Telling(shape, impact_statement(answers[0], sentences))
