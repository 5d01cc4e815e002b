"""The bank's tables as a candidate gets them: what a row is, the columns, and a few rows."""

from collections.abc import Sequence

from interviewer.domain.sql_problem import BankTable
from interviewer.domain.sql_result import Result
from interviewer.domain.value import Value
from interviewer.workbench.sql.bank import declared, note
from interviewer.workbench.sql.runner import SqlRunner


class TableSheet(Value):
    """A table: what its rows are, its columns, and a few rows."""

    name: str
    note: str
    declared: str
    sample: Result


async def table_sheets(tables: Sequence[BankTable], runner: SqlRunner) -> tuple[TableSheet, ...]:
    """A sheet for each table.

    Raises:
        CodeNotRun: The rows of a table could not be read.
    """
    return tuple(
        [
            TableSheet(
                name=table,
                note=note(table),
                declared=declared(table),
                sample=await runner.sample(table),
            )
            for table in tables
        ]
    )
