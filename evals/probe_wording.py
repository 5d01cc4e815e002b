"""What a probe may say: one open question, and nothing of the point that it is after."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


def without_quotes(text: str) -> str:
    """A follow-up without the candidate's own words in it."""
    return re.sub(r"[\"\u201c][^\"\u201d]+[\"\u201d]", "", text)


def specific_stems(text: str) -> int:
    """How many content stems the interviewer's own words hold; the candidate's are left out.

    >>> specific_stems('You said "we tune the alert cut-off". Can you say more?')
    2
    """
    return len(set(content_stems(without_quotes(text))))


def leaked(text: str, point: Point, question: Question, said: Sequence[str]) -> float:
    """Share of the point's content stems that a follow-up gives away, in [0, 1].

    Stems that the question or the candidate brought up are no secret and left out.
    """
    known = set(content_stems(" ".join([question.text, *said])))
    wanted = set(content_stems(point.statement)) - known
    return len(wanted & set(content_stems(text))) / len(wanted) if wanted else 0.0


class Authored(NamedTuple):
    """A probe that ships with a point, and the share of the point that it gives away."""

    question: str
    point: str
    text: str
    leaked: float


def authored(catalog: Catalog) -> Iterator[Authored]:
    """Every authored probe of the bank."""
    for question in catalog.questions.values():
        for point in question.points:
            for text in point.probes:
                yield Authored(question.id, point.id, text, leaked(text, point, question, ()))
