"""Open points: what an answer lacks, the one to ask for first.

By the verdicts that is the heaviest. After a good answer an engine may know better: there the question is
no longer how much is missing but which one thing is, and it gives each point a chance
(`Assessment.gaps`).
"""

from interviewer.domain.assessment import Assessment
from interviewer.domain.exchange import Exchange
from interviewer.domain.rubric import Point
from interviewer.domain.shown import examined
from interviewer.domain.verdict import Met

GOOD_COVERAGE = 0.45
"""From here, half way through level 3, an answer that the engine gives chances for is pushed further
before a mere possibility is asked for."""

LIKELY_GAP, POSSIBLE_GAP = 0.88, 0.50
"""Chances from which a point is asked for: at once, and once a good answer was pushed further. Chosen on
the calibration half so that nine full answers in ten are not asked for what they said."""


_BY_VERDICT: dict[Met | None, float] = {Met.NO: 1.0, Met.PARTLY: 0.5}
"""The chance of a point that was judged by other means than the rest, such as by running code."""


def open_points(current: Exchange, reading: Assessment, covered: float) -> list[Point]:
    """Points not yet asked about that lack something, the one to ask for first.

    Args:
        current: The exchange so far.
        reading: Of all its answers.
        covered: Coverage by the verdicts, in [0, 1].
    """
    asked = current.probed
    seen = examined(current)
    left = [
        point
        for point in current.question.points
        if point.id not in asked and seen.isdisjoint(point.checks)
    ]
    if (chances := reading.gaps) is not None:
        pushed = any(move.kind == "probe" and move.deepen for move in current.moves)
        least = LIKELY_GAP if covered >= GOOD_COVERAGE and not pushed else POSSIBLE_GAP
        chance = {p.id: chances.get(p.id, _BY_VERDICT.get(reading.met(p.id), 0.0)) for p in left}
        likely = [point for point in left if chance[point.id] >= least]
        return sorted(likely, key=lambda p: -chance[p.id])
    lacking = [point for point in left if reading.met(point.id) in (Met.NO, Met.PARTLY)]
    return sorted(lacking, key=lambda p: (-p.weight, reading.met(p.id) is Met.PARTLY))


def what_it_lacks(point: Point, reading: Assessment) -> str:
    """Why this point, as the beginning of a sentence."""
    first = "The weightiest point" if reading.gaps is None else "The point most likely"
    match reading.met(point.id):
        case Met.YES:
            return "The point made least clearly"
        case Met.PARTLY:
            return f"{first} only partly made"
        case _:
            return f"{first} still missing"
