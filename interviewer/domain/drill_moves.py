"""The rules of a drill: those of a round, and then further after the weakest point.

A round leaves a question when nothing is missing or every gap was asked about once. A drill uses its
whole budget: it asks again, in other words, for what is still open, and takes what was made further; a
strong answer is taken further first. Gaps of the last drill come before others.
"""

from datetime import datetime

from interviewer.domain.assessment import Assessment
from interviewer.domain.clarifying import may_be_probed
from interviewer.domain.drill_plan import DrillPlan
from interviewer.domain.grade import coverage
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Move, Probe, Wrap
from interviewer.domain.next_move import STRONG_COVERAGE, next_move
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import Met


def conducted_move(interview: Interview, reading: Assessment | None, now: datetime) -> Move | None:
    """The next move of a round or of a drill; arguments and result as of `next_move`."""
    move = next_move(interview, reading, now)
    plan, current = interview.started.drill, interview.current
    if plan is None or current is None or reading is None:
        return move
    if isinstance(move, Probe) and not move.deepen:
        return _worded(_first(current, reading, plan) or move, current, plan)
    if isinstance(move, Wrap) and move.cause == "all-asked":
        return _further(current, reading, plan) or move
    return move


def _further(current: Exchange, reading: Assessment, plan: DrillPlan) -> Move | None:
    """A follow-up where a round would have gone on to the next question."""
    if current.follow_ups_used >= plan.follow_ups or not _goes_on(current, reading):
        return None
    again, further = _again(current, reading), _escalated(current, reading)
    verdicts = {v.point: v for v in reading.verdicts}
    if (coverage(current.question.points, verdicts) or 0.0) >= STRONG_COVERAGE:
        again, further = further, again
    probe = _first(current, reading, plan) or again or further
    return None if probe is None else _worded(probe, current, plan)


def _goes_on(current: Exchange, reading: Assessment) -> bool:
    """Not after a pass on the question itself, nor after words that were no answer."""
    if current.turns[-1].passed:
        return bool(current.answers) and current.follow_ups_used > 0
    return reading.junk_in(len(current.answers) - 1) is None


def _open(current: Exchange, reading: Assessment) -> list[Point]:
    """Points not made, heaviest first, a plain no before a partly."""
    points = [
        p
        for p in current.question.points
        # A hidden fact of a case must not be given away, and a drill tells none.
        if reading.met(p.id) in (Met.NO, Met.PARTLY) and may_be_probed(p, ())
    ]
    return sorted(points, key=lambda p: (-p.weight, reading.met(p.id) is Met.PARTLY))


def _first(current: Exchange, reading: Assessment, plan: DrillPlan) -> Probe | None:
    """A probe at the weightiest point not asked about in this drill; old gaps before others."""
    asked = _times_asked(current)
    points = [p for p in _open(current, reading) if p.id not in asked]
    old = [p for p in points if p.id in plan.gaps]
    if old:
        return _probe(old[0], reading, f"It was missing last time too: {old[0].statement}")
    if points:
        return _probe(points[0], reading, f"The weightiest point open: {points[0].statement}")
    return None


def _escalated(current: Exchange, reading: Assessment) -> Probe | None:
    """Further into the weightiest point that was made and not yet taken further."""
    taken = {m.point for m in current.moves if isinstance(m, Probe) and m.deepen}
    made = [
        p
        for p in current.question.points
        if p.deepen and p.id not in taken and reading.met(p.id) is Met.YES
    ]
    if not made:
        return None
    point = max(made, key=lambda p: p.weight)
    reason = f"You made this point; taken further: {point.statement}"
    return _probe(point, reading, reason).model_copy(update={"deepen": True})


def _again(current: Exchange, reading: Assessment) -> Probe | None:
    """A point that is still open, in a wording that was not used in this drill."""
    asked = _times_asked(current)
    left = [p for p in _open(current, reading) if asked.get(p.id, 0) < len(p.probes)]
    if not left:
        return None
    point = min(left, key=lambda p: asked.get(p.id, 0))
    return _probe(point, reading, f"Still open, so asked in other words: {point.statement}")


def _times_asked(current: Exchange) -> dict[str, int]:
    """By point: how often it was probed in this exchange."""
    asked: dict[str, int] = {}
    for move in current.moves:
        if isinstance(move, Probe) and not move.deepen:
            asked[move.point] = asked.get(move.point, 0) + 1
    return asked


def wordings_used(current: Exchange, plan: DrillPlan) -> dict[str, int]:
    """By point: how many wordings of its probe were used, earlier drills and this one together."""
    used = dict(plan.asked)
    for point, times in _times_asked(current).items():
        used[point] = used.get(point, 0) + times
    if plan.retest:
        # The text of a retest is itself the next wording at its heaviest point.
        heaviest = max(current.question.points, key=lambda p: p.weight)
        used[heaviest.id] = used.get(heaviest.id, 0) + 1
    return used


def _probe(point: Point, reading: Assessment, reason: str) -> Probe:
    return Probe(point=point.id, quote=reading.anchors.get(point.id), reason=reason)


def _worded(move: Probe, current: Exchange, plan: DrillPlan) -> Probe:
    if move.deepen:
        return move
    return move.model_copy(update={"nth": wordings_used(current, plan).get(move.point, 0)})
