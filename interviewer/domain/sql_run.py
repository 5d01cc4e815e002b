"""One run of a candidate's query, and what an interviewer notices about it."""

from typing import Literal

from pydantic import Field

from interviewer.domain.sql_comparison import compared
from interviewer.domain.sql_problem import SqlProblem, probes_for
from interviewer.domain.sql_result import Column, Difference, Result, Row, SqlFinding
from interviewer.domain.value import Value

SHOWN_ROWS = 50
"""So many rows of a result are handed on; all are compared."""
SHOWN_CHARS = 200
"""So many characters of a text in it."""

Failure = Literal[
    SqlFinding.ERROR, SqlFinding.REFUSED, SqlFinding.TIME, SqlFinding.MEMORY, SqlFinding.TOO_LARGE
]


class NotRun(Value):
    """A query that returned nothing that could be compared."""

    finding: Failure
    message: str = Field(description="For the candidate: what happened and what to do.")


class SqlRun(Value):
    """How a query did, ready to be shown."""

    problem: str
    finding: SqlFinding
    message: str = Field(description="What came of it, in a sentence or two.")
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = Field(default=(), description="The first rows of the result.")
    row_count: int | None = Field(default=None, description="Of the whole result; null if not run.")
    touched: int | None = Field(
        default=None, description="The most rows that one step of the plan handed on."
    )
    difference: Difference | None = None

    @property
    def was_run(self) -> bool:
        """Whether there was a result to compare."""
        return self.row_count is not None


class SqlObservation(Value):
    """One thing noticed about a run: what, in words, and what may be asked about it."""

    kind: SqlFinding
    text: str
    probes: tuple[str, ...]


def judged(problem: SqlProblem, expected: Result, outcome: Result | NotRun) -> SqlRun:
    """Judges what a query returned, or why it did not."""
    if isinstance(outcome, NotRun):
        return SqlRun(problem=problem.id, finding=outcome.finding, message=outcome.message)
    difference = compared(
        expected, outcome, ordered=problem.ordered, key=problem.key, sums=problem.sums
    )
    if difference is not None:
        finding, message = difference.kind, difference.text
    elif problem.most_touched is not None and outcome.touched > problem.most_touched:
        finding = SqlFinding.SLOW
        message = (
            f"The result is right, but one step of the query made {outcome.touched:,} rows; "
            f"{problem.most_touched:,} are plenty."
        )
    else:
        finding, message = SqlFinding.RIGHT, _right(outcome, problem)
    return SqlRun(
        problem=problem.id,
        finding=finding,
        message=message,
        columns=outcome.columns,
        rows=tuple(map(_shown, outcome.rows[:SHOWN_ROWS])),
        row_count=len(outcome.rows),
        touched=outcome.touched,
        difference=None if difference is None else _bounded(difference),
    )


def observations(problem: SqlProblem, run: SqlRun) -> tuple[SqlObservation, ...]:
    """What there is to ask about a run; always at least one thing."""
    probes = probes_for(problem, run.finding)
    return (SqlObservation(kind=run.finding, text=run.message, probes=probes),)


def _right(outcome: Result, problem: SqlProblem) -> str:
    rows = "1 row is" if len(outcome.rows) == 1 else f"All {len(outcome.rows):,} rows are"
    return f"{rows} as expected{', in order' if problem.ordered else ''}."


def _bounded(difference: Difference) -> Difference:
    shown = {name: tuple(map(_shown, getattr(difference, name))) for name in ("missing", "extra")}
    return difference.model_copy(update={**shown, "text": difference.text[:1000]})


def _shown(row: Row) -> Row:
    return tuple(
        f"{cell[: SHOWN_CHARS - 1]}…" if isinstance(cell, str) and len(cell) > SHOWN_CHARS else cell
        for cell in row
    )
