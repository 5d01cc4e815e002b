"""Two versions of an answer: what the second one gained and lost, point by point."""

from typing import Literal

from interviewer.domain.critique import Critique, PointCritique
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met

_WORTH = {Met.NO: 0, Met.PARTLY: 1, Met.YES: 2}


class PointChange(Value):
    """One point whose verdict changed; the quotes are from the version they belong to."""

    id: str
    statement: str
    weight: int
    before: Met
    after: Met
    quote_before: str | None
    quote_after: str | None


class VersionComparison(Value):
    """The second version against the first."""

    question: str
    before: int | None
    after: int | None
    change: float | None
    """Of the score, in levels; None where a version was not assessed."""
    gained: tuple[PointChange, ...]
    lost: tuple[PointChange, ...]
    open: tuple[str, ...]
    """Statements made in neither version, heaviest first."""
    flags_raised: tuple[str, ...]
    flags_gone: tuple[str, ...]
    verdict: Literal["better", "worse", "mixed", "the same", "not assessed"]


def compared(before: Critique, after: Critique) -> VersionComparison:
    """Compares two critiques of answers to one question.

    Raises:
        ValueError: They are of different questions.
    """
    if before.question != after.question:
        raise ValueError(f"{before.question!r} is not {after.question!r}")
    old = {point.id: point for point in before.points}
    pairs = [(old[point.id], point) for point in after.points if point.id in old]
    changes = [_change(one, other) for one, other in pairs if one.met and other.met]
    gained = tuple(c for c in changes if _WORTH[c.after] > _WORTH[c.before])
    lost = tuple(c for c in changes if _WORTH[c.after] < _WORTH[c.before])
    raised = {flag.statement for flag in after.red_flags}
    had = {flag.statement for flag in before.red_flags}
    assessed = before.score is not None and after.score is not None
    change = round((after.score or 0) - (before.score or 0), 2) if assessed else None
    neither = [other for one, other in pairs if one.met is Met.NO and other.met is Met.NO]
    return VersionComparison(
        question=before.question,
        before=before.overall,
        after=after.overall,
        change=change,
        gained=gained,
        lost=lost,
        open=tuple(p.statement for p in sorted(neither, key=lambda point: -point.weight)),
        flags_raised=tuple(sorted(raised - had)),
        flags_gone=tuple(sorted(had - raised)),
        verdict=_verdict(
            bool(gained or had - raised), bool(lost or raised - had), assessed=assessed
        ),
    )


def _change(before: PointCritique, after: PointCritique) -> PointChange:
    return PointChange(
        id=after.id,
        statement=after.statement,
        weight=after.weight,
        before=before.met or Met.NO,
        after=after.met or Met.NO,
        quote_before=before.quote,
        quote_after=after.quote,
    )


def _verdict(
    gained: bool, lost: bool, *, assessed: bool
) -> Literal["better", "worse", "mixed", "the same", "not assessed"]:
    if not assessed:
        return "not assessed"
    if gained and lost:
        return "mixed"
    if gained:
        return "better"
    return "worse" if lost else "the same"
