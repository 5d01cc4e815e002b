"""The SQL problems and what runs their queries, assembled."""

from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.bootstrap.content import now
from interviewer.domain.sql_problem import SqlProblem
from interviewer.errors import UnknownId
from interviewer.paths import shipped

if TYPE_CHECKING:
    from interviewer.bootstrap.product import Product
    from interviewer.interviews.query_turns import QueryTurns
    from interviewer.workbench.sql.runner import SqlRunner


class SqlWorkbench:
    """The shipped problems, by id, and one runner for all of them."""

    def __init__(self, problems: dict[str, SqlProblem] | None = None) -> None:
        """Takes the problems if they have been read already."""
        self._known = problems

    @cached_property
    def problems(self) -> dict[str, SqlProblem]:
        """By id.

        Raises:
            SeedError: A seed file is broken.
        """
        from interviewer.store.sql_problem_files import load_sql_problems

        if self._known is not None:
            return self._known
        return {problem.id: problem for problem in load_sql_problems(shipped("seeds"))}

    @cached_property
    def runner(self) -> "SqlRunner":
        """Runs their queries."""
        from interviewer.workbench.sql.runner import SqlRunner

        return SqlRunner()

    def problem(self, problem_id: str) -> SqlProblem:
        """One problem.

        Raises:
            UnknownId: There is none with this id.
        """
        if problem_id not in self.problems:
            raise UnknownId(
                f"there is no SQL problem {problem_id[:80]!r}; interviewer sql lists them"
            )
        return self.problems[problem_id]


def query_turns(product: "Product") -> "QueryTurns":
    """What takes queries in a product's rounds."""
    from interviewer.domain.events import EVENT
    from interviewer.interviews.query_turns import QueryTurns
    from interviewer.interviews.record import Record
    from interviewer.store.event_log import EventLog

    if product.database is None:
        raise RuntimeError("opened without a store")
    record = Record(EventLog(product.database, EVENT, clock=now), now)
    return QueryTurns(record, product.catalog.sql_problems, product.sql_workbench.runner, now)
