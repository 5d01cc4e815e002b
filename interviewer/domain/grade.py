"""Grades: what verdicts are worth. Verdicts -> coverage -> score -> level, per criterion and whole.

All numbers of the product's grading stand in this file. Nothing here reads an answer.

Source: the credits, the probed share and the level floors are the project's own convention,
chosen so that the example answers come out at the levels their authors gave (docs/grading.md);
they are not calibrated against human raters of interviews.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from interviewer.domain.assessment import Assessment
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, Signal
from interviewer.domain.value import Value
from interviewer.domain.verdict import FlagRaised, Met, Verdict

CREDIT = {Met.YES: 1.0, Met.PARTLY: 0.5, Met.NO: 0.0}
"""Share of a point's weight that a verdict earns."""

PROBED_SHARE = 0.75
"""A point made only after a probe at it earns three quarters of one offered unasked."""

LEVEL_FLOORS = (0.15, 0.35, 0.55, 0.78)
"""Coverage from which an answer is level 2, 3, 4, 5."""

_KNOTS = ((0.0, 1.0), (0.15, 1.5), (0.35, 2.5), (0.55, 3.5), (0.78, 4.5), (1.0, 5.0))
"""Score at each coverage, linear between; rounds to the level that `LEVEL_FLOORS` gives."""

FLAG_COST = 1.0
"""Levels that a red flag without a cap takes away; a capping flag costs the same and also caps."""


RUN_CAPS = {Met.NO: 3, Met.PARTLY: 4}
"""The highest level of an answer whose code or query was run and did not do what was asked: a good
explanation of something that does not work is no more than a middling answer."""


class CriterionGrade(Value):
    """One criterion of one question. Level and coverage are None when not assessed."""

    id: str
    signal: Signal
    level: int | None
    score: float | None
    coverage: float | None


class QuestionGrade(Value):
    """One question's worth. `overall` is the level 1-5, None when not assessed."""

    question: str
    overall: int | None
    score: float | None
    coverage: float | None
    criteria: tuple[CriterionGrade, ...]
    signals: dict[Signal, float | None]
    penalty: float = 0.0
    cap: int | None = None


def grade_question(question: Question, assessment: Assessment) -> QuestionGrade:
    """Grades one exchange.

    Args:
        question: The rubric as it was asked.
        assessment: Findings on the exchange; verdicts on unknown points are ignored.
    """
    flags = assessment.red_flags
    penalty = FLAG_COST * len(flags)
    by_point = {v.point: v for v in assessment.verdicts}
    caps = [flag.cap for flag in flags] + [run_cap(p, by_point.get(p.id)) for p in question.points]
    cap = min((it for it in caps if it is not None), default=None)

    def score_of(points: Iterable[Point]) -> tuple[float | None, float | None]:
        covered = coverage(points, by_point)
        if covered is None:
            return None, None
        return covered, penalised(score_at(covered), penalty, cap)

    criteria = []
    for criterion in question.criteria:
        group = [p for p in question.points if p.criterion == criterion]
        # Flags count against the whole answer and its signals, not against each criterion.
        covered = coverage(group, by_point)
        score = None if covered is None else score_at(covered)
        criteria.append(
            CriterionGrade(
                id=criterion,
                signal=group[0].signal,
                level=level_of(score),
                score=score,
                coverage=covered,
            )
        )
    covered, score = score_of(question.points)
    return QuestionGrade(
        question=question.id,
        overall=level_of(score),
        score=score,
        coverage=covered,
        criteria=tuple(criteria),
        signals={s: score_of(p for p in question.points if p.signal is s)[1] for s in Signal},
        penalty=penalty,
        cap=cap,
    )


def run_cap(point: Point, verdict: Verdict | None) -> int | None:
    """The highest level that is left after a run; None if the point is not about its result."""
    if verdict is None or verdict.met is None or point.measured not in ("tests", "result"):
        return None
    return RUN_CAPS.get(verdict.met)


def coverage(points: Iterable[Point], verdicts: dict[str, Verdict]) -> float | None:
    """Weighted share of the points that are made, in [0, 1]; None if none was assessed.

    A point that was not assessed is left out of both sums: it is not a no.
    """
    earned = possible = 0.0
    for point in points:
        verdict = verdicts.get(point.id)
        if verdict is None or verdict.met is None:
            continue
        share = PROBED_SHARE if verdict.probed else 1.0
        earned += point.weight * CREDIT[verdict.met] * share
        possible += point.weight
    return earned / possible if possible else None


def score_at(covered: float) -> float:
    """The score in [1, 5] of a coverage in [0, 1], linear between the knots.

    >>> [score_at(c) for c in (0.0, 0.35, 1.0)]
    [1.0, 2.5, 5.0]
    """
    for (x0, y0), (x1, y1) in pairwise(_KNOTS):
        if covered <= x1:
            return y0 + (y1 - y0) * (covered - x0) / (x1 - x0)
    return _KNOTS[-1][1]


def penalised(score: float, penalty: float, cap: int | None) -> float:
    """A score after red flags: less the penalty, under the cap, never below 1."""
    lowered = max(1.0, score - penalty)
    return lowered if cap is None else min(lowered, float(cap))


def level_of(score: float | None) -> int | None:
    """The level 1-5 of a score, halves rounded up; None stays None.

    >>> [level_of(s) for s in (1.49, 1.5, 4.5, None)]
    [1, 2, 5, None]
    """
    return None if score is None else min(5, int(score + 0.5))


def coverage_from_labels(question: Question, verdicts: dict[str, Met]) -> float | None:
    """See `coverage`."""
    by_point = {
        point: Verdict.model_construct(point=point, met=met, probed=False, quote=None)
        for point, met in verdicts.items()
    }
    return coverage(question.points, by_point)


def level_from_labels(
    question: Question, verdicts: dict[str, Met], red_flags: Sequence[str] = ()
) -> int | None:
    """The level that bare labels come to, as authors of example answers compute it."""
    covered = coverage_from_labels(question, verdicts)
    if covered is None:
        return None
    raised = [flag for flag in question.red_flags if flag.id in red_flags]
    caps = [flag.cap for flag in raised if flag.cap is not None]
    return level_of(penalised(score_at(covered), FLAG_COST * len(raised), min(caps, default=None)))


def worst_first(flags: Iterable[FlagRaised]) -> tuple[FlagRaised, ...]:
    """Red flags with the lowest cap first, flags without a cap last."""
    return tuple(sorted(flags, key=lambda flag: flag.cap if flag.cap is not None else 9))
