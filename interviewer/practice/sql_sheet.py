"""A SQL problem as a candidate gets it: the task, and the tables with a few of their rows."""

from interviewer.domain.sql_problem import PosedProblem, SqlProblem, posed
from interviewer.domain.sql_result import Result
from interviewer.domain.value import Value
from interviewer.workbench.sql.bank import AS_OF, declared, note
from interviewer.workbench.sql.runner import SqlRunner


class TableSheet(Value):
    """A table: what its rows are, its columns, and a few rows."""

    name: str
    note: str
    declared: str
    sample: Result


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
    tables = [
        TableSheet(
            name=table,
            note=note(table),
            declared=declared(table),
            sample=await runner.sample(table),
        )
        for table in problem.tables
    ]
    return SqlSheet(problem=posed(problem), as_of=AS_OF.isoformat(), tables=tuple(tables))
