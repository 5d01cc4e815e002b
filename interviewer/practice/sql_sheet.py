"""A SQL problem as a candidate gets it: the task, and the tables with a few of their rows."""

from interviewer.domain.sql_problem import PosedProblem, SqlProblem, posed
from interviewer.domain.value import Value
from interviewer.workbench.sql.bank import AS_OF
from interviewer.workbench.sql.runner import SqlRunner
from interviewer.workbench.sql.sheet import TableSheet, table_sheets


class SqlSheet(Value):
    """A problem with the tables it needs."""

    problem: PosedProblem
    as_of: str
    tables: tuple[TableSheet, ...]


async def sql_sheet(problem: SqlProblem, runner: SqlRunner) -> SqlSheet:
    """Puts a problem.

    Raises:
        CodeNotRun: The rows of a table could not be read.
    """
    tables = await table_sheets(problem.tables, runner)
    return SqlSheet(problem=posed(problem), as_of=AS_OF.isoformat(), tables=tables)
