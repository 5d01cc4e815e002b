"""Points that are judged by running code or a query, not by words: added to a question with a problem."""

from interviewer.domain.assessment import Assessment
from interviewer.domain.code_observations import told_growth
from interviewer.domain.code_outcome import CodeOutcome, Ending
from interviewer.domain.exchange import Exchange
from interviewer.domain.grade import run_cap
from interviewer.domain.measured_query import query_points, query_verdict
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, Signal
from interviewer.domain.sql_problem import SqlProblem
from interviewer.domain.verdict import Met, Verdict

CRITERION = "working-code"
PARTLY_FROM = 0.6
"""Share of the tests from which code that fails some is partly right (our own convention)."""


def with_measured_points(question: Question, sql: SqlProblem | None = None) -> Question:
    """The question with the points that running will judge.

    Args:
        question: It names a problem.
        sql: That problem, if it is solved with a query; otherwise it is solved in code.
    """
    added = MEASURED_POINTS if sql is None else query_points(sql)
    return question.model_copy(update={"points": (*question.points, *added)})


def as_spoken(exchange: Exchange) -> Exchange:
    """The exchange with only those points that words can make: what an assessor is given."""
    points = tuple(p for p in exchange.question.points if p.measured is None)
    if len(points) == len(exchange.question.points):
        return exchange
    question = exchange.question.model_copy(update={"points": points})
    return exchange.model_copy(update={"question": question})


def with_measured(found: Assessment, exchange: Exchange) -> Assessment:
    """Findings with the verdicts of the last run added; without a run they are not assessed."""
    points = [p for p in exchange.question.points if p.measured is not None]
    if not points:
        return found
    names = {point.id for point in points}
    spoken = tuple(v for v in found.verdicts if v.point not in names)
    measured = tuple(_told_cap(point, _verdict(point, exchange)) for point in points)
    return found.model_copy(update={"verdicts": (*spoken, *measured)})


def _told_cap(point: Point, verdict: Verdict) -> Verdict:
    cap = run_cap(point, verdict)
    if cap is None:
        return verdict
    return verdict.model_copy(update={"why": f"{verdict.why} The answer is level {cap} at most."})


def _verdict(point: Point, exchange: Exchange) -> Verdict:
    if point.measured in ("result", "work"):
        return query_verdict(point, exchange)
    outcome = exchange.outcome
    if outcome is None:
        return Verdict(point=point.id, met=None, why="No code of yours was run: words alone count.")
    met, observed = _of_tests(outcome) if point.measured == "tests" else _of_growth(outcome)
    return Verdict(
        point=point.id, met=met, observed=observed, why=observed, citations=point.passages
    )


def _of_tests(outcome: CodeOutcome) -> tuple[Met | None, str]:
    count = f"{outcome.passed} of {len(outcome.tests)} tests passed"
    if outcome.status == "no-solution":
        return Met.NO, f"{count}: {outcome.message}"
    if outcome.all_passed:
        changed = [test.name for test in outcome.tests if test.changed_argument]
        if changed:
            return Met.PARTLY, f"{count}, but the argument was changed ({changed[0]})."
        return Met.YES, f"{count}."
    failed = ", ".join(f"{test.name} {_HOW[test.ending]}" for test in outcome.failing[:3])
    share = outcome.passed / max(1, len(outcome.tests))
    return (
        Met.PARTLY if share >= PARTLY_FROM else Met.NO
    ), f"{count}; {failed or outcome.message}."


_HOW = {
    Ending.FAILED: "gave another result",
    Ending.RAISED: "raised an error",
    Ending.SLOW: "did not end in time",
    Ending.NOT_RUN: "was not run",
    Ending.PASSED: "passed",
}


def _of_growth(outcome: CodeOutcome) -> tuple[Met | None, str]:
    told = f"{told_growth(outcome)} Expected: {outcome.growth.expected}."
    if outcome.growth.fits is None:
        return None, told
    if not outcome.growth.fits:
        return Met.NO, told
    # Code that is fast and wrong shows little.
    return (Met.YES if outcome.all_passed else Met.PARTLY), told


MEASURED_POINTS = (
    Point(
        id="code-passes-its-tests",
        statement="Hands in code that passes the visible and the hidden tests.",
        criterion=CRITERION,
        signal=Signal.IMPACT,
        weight=3,
        measured="tests",
        counts=("Every test passes.", "No argument is changed on the way."),
        partly=("Six in ten tests pass, or an argument is changed.",),
        does_not_count=("Code that was described and not run.",),
        key_terms=(("test", "tests"),),
        probes=("Which input would break it?", "What does it do at the edges?"),
        passages=("testing-code-and-numbers#cases",),
    ),
    Point(
        id="run-time-grows-as-expected",
        statement="Hands in code whose measured run time grows no faster than the problem asks for.",
        criterion=CRITERION,
        signal=Signal.IMPACT,
        weight=2,
        measured="growth",
        counts=("From n to 8n elements it grows as expected.", "The result is right as well."),
        partly=("It grows as expected and fails tests.",),
        does_not_count=("A complexity that was claimed and is not what was measured.",),
        key_terms=(("complexity", "O("),),
        probes=("What happens with eight times as much?", "Which line is run most often?"),
        passages=("algorithms-and-complexity#costs",),
    ),
)
"""The same for every problem: what differs is in its tests."""
