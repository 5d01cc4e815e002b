"""Anchors: what was said that a follow-up about a point may lean on."""

from collections.abc import Sequence

from interviewer.domain.question import Question
from interviewer.domain.verdict import Quote
from interviewer.engines.offline.canonical import quote
from interviewer.engines.offline.features import Evidence
from interviewer.engines.text import Span

ANCHOR_FLOOR = 0.25
"""Cosine from which a follow-up may lean on a sentence. Source: human follow-ups reach .25 in
81-94 % of cases, generic templates in 7-10 % (docs/grading.md)."""


def anchors(
    question: Question,
    evidence: Sequence[Evidence],
    usable: Sequence[Span],
    answers: Sequence[str],
) -> dict[str, Quote]:
    """For each point the nearest thing said, if it is near enough to be worth repeating."""
    found = {}
    for point, one in zip(question.points, evidence, strict=True):
        if one.sentence is None or one.values["cos_counts"] < ANCHOR_FLOOR:
            continue
        found[point.id] = quote(usable[one.sentence], answers)
    return found
