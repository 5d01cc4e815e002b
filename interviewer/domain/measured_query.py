"""Points that are judged by running the query: added to a question with an SQL problem."""

from interviewer.domain.exchange import Exchange
from interviewer.domain.rubric import Point, Signal
from interviewer.domain.sql_problem import SqlProblem
from interviewer.domain.sql_result import SqlFinding
from interviewer.domain.sql_run import SqlRun
from interviewer.domain.verdict import Met, Verdict

CRITERION = "working-code"
PARTLY = (SqlFinding.ORDER, SqlFinding.ROUNDING)
"""The right rows, in another order or with fewer decimals: half of the way (our own convention)."""
_TOO_MUCH = (SqlFinding.TIME, SqlFinding.MEMORY, SqlFinding.TOO_LARGE)


def query_points(problem: SqlProblem) -> tuple[Point, ...]:
    """The points that a run of the problem's query is judged on."""
    return (RESULT,) if problem.most_touched is None else (RESULT, WORK)


def query_verdict(point: Point, exchange: Exchange) -> Verdict:
    """The verdict of the last run; without one it is not assessed."""
    run = exchange.run
    if run is None:
        return Verdict(
            point=point.id, met=None, why="No query of yours was run: words alone count."
        )
    met, observed = _of_result(run) if point.measured == "result" else _of_work(run, exchange)
    return Verdict(
        point=point.id, met=met, observed=observed, why=observed, citations=point.passages
    )


def _of_result(run: SqlRun) -> tuple[Met, str]:
    if run.is_right:
        return Met.YES, run.message
    return (Met.PARTLY if run.finding in PARTLY else Met.NO), f"{run.finding.value}: {run.message}"


def _of_work(run: SqlRun, exchange: Exchange) -> tuple[Met | None, str]:
    most = exchange.sql.most_touched if exchange.sql else None
    if run.finding in _TOO_MUCH:
        return Met.NO, run.message
    if run.touched is None or most is None:
        return None, "There was no result, so nothing was measured."
    told = (
        f"The widest step of the query made {run.touched:,} rows; at most {most:,} were asked for."
    )
    if run.touched > most:
        return Met.NO, told
    # A query that does little and returns something else shows little.
    return (Met.YES if run.is_right else Met.PARTLY), told


RESULT = Point(
    id="query-returns-what-was-asked",
    statement="Hands in a query whose result is the one that was asked for.",
    criterion=CRITERION,
    signal=Signal.IMPACT,
    weight=3,
    measured="result",
    counts=("Every row is there, once, with the right values.", "In order where order was asked."),
    partly=("The right rows in another order, or rounded where that was not asked for.",),
    does_not_count=("A query that was described and not run.",),
    key_terms=(("query", "select"),),
    probes=("Which row would you check by hand?", "What is one row of your result?"),
    passages=("sql-for-analysts#order-of-evaluation",),
)
WORK = Point(
    id="query-does-no-needless-work",
    statement="Hands in a query no step of which makes more rows than the problem allows.",
    criterion=CRITERION,
    signal=Signal.IMPACT,
    weight=2,
    measured="work",
    counts=("The widest step stays within what was asked for.", "The result is right as well."),
    partly=("The widest step stays within it and the result is another one.",),
    does_not_count=("A claim about speed that is not what was measured.",),
    key_terms=(("rows", "step"),),
    probes=("Where in the query are there the most rows?", "What happens with twice as many?"),
    passages=("sql-for-analysts#performance",),
)
