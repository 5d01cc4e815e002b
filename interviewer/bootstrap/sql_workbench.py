"""The SQL problems and what runs their queries, assembled."""

from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.domain.sql_problem import SqlProblem
from interviewer.errors import UnknownId
from interviewer.paths import shipped

if TYPE_CHECKING:
    from interviewer.workbench.sql.runner import SqlRunner


class SqlWorkbench:
    """The shipped problems, by id, and one runner for all of them."""

    @cached_property
    def problems(self) -> dict[str, SqlProblem]:
        """By id.

        Raises:
            SeedError: A seed file is broken.
        """
        from interviewer.store.sql_problem_files import load_sql_problems

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
