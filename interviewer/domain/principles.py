"""The firm's Business Principles that a told experience is evidence of: shown by it, not recited.

A point of a rubric rests on a group of principles where it cites that group's passage. The
principles are a statement of culture; nobody publishes them as a rubric, so they count for nothing
here: the candidate is told which group a story belongs to, and no level comes of it
(jpm-business-principles#evidence-without-reciting, #not-a-rubric).
"""

import re

from pydantic import Field

from interviewer.domain.assessment import Assessment
from interviewer.domain.question import Question
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met

SOURCE = "jpm-business-principles"
GROUPS = {
    f"{SOURCE}#client-service": "Exceptional client service",
    f"{SOURCE}#operational-excellence": "Operational excellence",
    f"{SOURCE}#integrity": "Integrity, fairness and responsibility",
    f"{SOURCE}#team": "A great team and winning culture",
}
"""Passage and title of each group, in the firm's order."""

_RECITED = {
    f"{SOURCE}#client-service": r"exceptional client service",
    f"{SOURCE}#operational-excellence": r"operational excellence",
    f"{SOURCE}#integrity": r"commitment to integrity|integrity,? fairness and responsibility",
    f"{SOURCE}#team": r"winning culture",
}


class PrincipleShown(Value):
    """A group of principles that a story shows, or only names."""

    passage: str
    title: str
    points: tuple[str, ...] = Field(description="Ids of the points made that rest on it.")
    quote: str | None = Field(description="The candidate's words; None: it was named, not shown.")


def principles_shown(
    question: Question, assessment: Assessment, answers: tuple[str, ...]
) -> tuple[PrincipleShown, ...]:
    """The groups that the answers to a question about one's past are evidence of, strongest first.

    Empty for other questions. A group that is only recited comes last and has no quote.
    """
    if not question.tells_a_story:
        return ()
    made: dict[str, list[tuple[float, str, str]]] = {}
    for point in question.points:
        verdict = assessment.verdict(point.id)
        if verdict is None or verdict.met is None or verdict.quote is None:
            continue
        worth = point.weight * _SHARE[verdict.met]
        for group in (passage for passage in point.passages if passage in GROUPS and worth):
            made.setdefault(group, []).append((worth, point.id, verdict.quote.text))
    shown = sorted(made, key=lambda group: -sum(worth for worth, _, _ in made[group]))
    said = " ".join(answers)
    recited = [
        group
        for group, words in _RECITED.items()
        if group not in made and re.search(words, said, re.IGNORECASE)
    ]
    return tuple(
        PrincipleShown(
            passage=group,
            title=GROUPS[group],
            points=tuple(point for _, point, _ in made.get(group, ())),
            quote=max(made[group])[2] if group in made else None,
        )
        for group in (*shown, *recited)
    )


_SHARE = {Met.YES: 1.0, Met.PARTLY: 0.5, Met.NO: 0.0}
