"""What a probe may say: one open question, and nothing of the point that it is after."""

import re
from collections.abc import Iterator, Sequence

from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.engines.text import content_stems

LEAKED = 0.30
"""Share of the missing point's words from which a probe gives it away. A convention."""

_NODDED = re.compile(
    r"^(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|would|will|should|may|must)"
    r"(?:n't)? (?!.*\bor\b)",
    re.IGNORECASE,
)


def is_open(text: str) -> bool:
    """Whether a follow-up puts one question that a nod does not answer.

    >>> is_open("That surprises me. Who owns the alert?"), is_open("Do you own it?")
    (True, False)
    """
    asked = [s for s in re.split(r"(?<=[.!?;:])\s+", text.strip()) if s.endswith("?")]
    return len(asked) <= 1 and not any(_NODDED.match(sentence) for sentence in asked)


def leaked(text: str, point: Point, question: Question, said: Sequence[str]) -> float:
    """Share of the point's content stems that a follow-up gives away, in [0, 1].

    Stems that the question or the candidate brought up are no secret and left out.
    """
    known = set(content_stems(" ".join([question.text, *said])))
    wanted = set(content_stems(point.statement)) - known
    return len(wanted & set(content_stems(text))) / len(wanted) if wanted else 0.0


def authored(catalog: Catalog) -> Iterator[tuple[str, str, float]]:
    """Every authored probe as (place, text, share of its point that it gives away)."""
    for question in catalog.questions.values():
        for point in question.points:
            for text in point.probes:
                place = f"{question.id}/{point.id}"
                yield place, text, leaked(text, point, question, ())
