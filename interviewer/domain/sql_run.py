"""One run of a candidate's query, and what an interviewer notices about it."""

from collections.abc import Collection
from typing import Literal

from pydantic import Field

from interviewer.domain.observation import Observation
from interviewer.domain.sql_comparison import compared
from interviewer.domain.sql_problem import SqlProblem, probes_for
from interviewer.domain.sql_result import Cell, Column, Difference, Result, Row, SqlFinding
from interviewer.domain.value import Value

SHOWN_ROWS = 50
"""So many rows of a result are handed on; all are compared."""
SHOWN_CHARS = 200
"""So many characters of a text in it."""
KEPT_ROWS = 20
"""So many rows stay in an interview's log, as long as they are short."""
KEPT_CHARS = 10_000
_OBSERVED_CHARS = 400

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

    @property
    def is_right(self) -> bool:
        """Whether the result is what was asked for, at whatever cost."""
        return self.finding in (SqlFinding.RIGHT, SqlFinding.SLOW)

    @property
    def for_candidate(self) -> "SqlRun":
        """What a candidate sees during a round: none of the rows that were expected."""
        return self._with_difference(missing=())

    @property
    def kept(self) -> "SqlRun":
        """What a log keeps: the first rows of a long result."""
        rows: list[Row] = []
        chars = 0
        for row in self.rows[:KEPT_ROWS]:
            chars += sum(len(str(cell)) for cell in row)
            if chars > KEPT_CHARS:
                break
            rows.append(row)
        return self.model_copy(update={"rows": tuple(rows)})

    def _with_difference(self, **changes: object) -> "SqlRun":
        if self.difference is None:
            return self
        changed = self.difference.model_copy(update=changes)
        return self.model_copy(update={"difference": changed})


class SqlObservation(Value):
    """One thing noticed about a run: what, in words, and what may be asked about it."""

    kind: SqlFinding
    text: str
    probes: tuple[str, ...]


def judged(problem: SqlProblem, expected: Result, outcome: Result | NotRun) -> SqlRun:
    """Judges what a query returned, or why it did not."""
    if isinstance(outcome, NotRun):
        message = _printable(outcome.message)
        return SqlRun(problem=problem.id, finding=outcome.finding, message=message)
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
        message=_printable(message),
        columns=tuple(c.model_copy(update={"name": _printable(c.name)}) for c in outcome.columns),
        rows=tuple(map(_shown, outcome.rows[:SHOWN_ROWS])),
        row_count=len(outcome.rows),
        touched=outcome.touched,
        difference=None if difference is None else _bounded(difference),
    )


def observations(problem: SqlProblem, run: SqlRun) -> tuple[SqlObservation, ...]:
    """What there is to ask about a run; always at least one thing."""
    probes = probes_for(problem, run.finding)
    return (SqlObservation(kind=run.finding, text=run.message, probes=probes),)


def query_observations(
    problem: SqlProblem, run: SqlRun, asked: Collection[str] = ()
) -> tuple[Observation, ...]:
    """What an interviewer asks next about a run; nothing where all there is was asked before.

    Args:
        problem: What was to be solved.
        run: The last one.
        asked: Questions that were put already.
    """
    found = []
    for seen in observations(problem, run):
        fresh = next((probe for probe in seen.probes if probe not in asked), None)
        if fresh is not None:
            text = " ".join(seen.text.split())[:_OBSERVED_CHARS]
            found.append(Observation(kind=seen.kind, text=text, ask=fresh))
    return tuple(found)


def _right(outcome: Result, problem: SqlProblem) -> str:
    rows = "1 row is" if len(outcome.rows) == 1 else f"All {len(outcome.rows):,} rows are"
    return f"{rows} as expected{', in order' if problem.ordered else ''}."


def _bounded(difference: Difference) -> Difference:
    shown = {name: tuple(map(_shown, getattr(difference, name))) for name in ("missing", "extra")}
    text = _printable(difference.text[:1000])
    return difference.model_copy(update={**shown, "text": text})


def _shown(row: Row) -> Row:
    return tuple(_shown_cell(cell) for cell in row)


def _shown_cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return _printable(f"{cell[: SHOWN_CHARS - 1]}…" if len(cell) > SHOWN_CHARS else cell)


def _printable(text: str) -> str:
    """A query can make any character: none that a terminal would obey or a log cannot hold."""
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )
