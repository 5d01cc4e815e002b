"""`sql`: problems over an invented bank's tables, solved with one query."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from interviewer.cli.printing import print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from interviewer.bootstrap.sql_workbench import SqlWorkbench
    from interviewer.domain.sql_problem import SqlProblem
    from interviewer.domain.sql_result import Column, Row
    from interviewer.domain.sql_run import SqlRun
    from interviewer.practice.sql_sheet import SqlSheet
    from interviewer.workbench.sql.sheet import TableSheet

_FAILED = 1
_MOST_BYTES = 1_000_000
_SHOWN = 12
"""Rows of a result that are printed."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(sql)


def sql(
    problem_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A problem; without it they are listed.")
    ] = None,
    file: Annotated[
        str | None, typer.Option(help="Run the query in this file; - reads standard input.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Write the query in $EDITOR.")] = False,
    hints: Annotated[
        int, typer.Option("--hint", min=0, max=9, help="Show the first so many hints.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Solve a problem with a SQL query; a wrong result is explained, the solution is not shown."""
    from interviewer.bootstrap.sql_workbench import SqlWorkbench

    workbench = SqlWorkbench()
    if problem_id is None:
        _list(workbench, as_json)
        return
    problem = workbench.problem(problem_id)
    query = _query(problem, file, edit)
    if query is not None:
        _run(workbench, problem, query, as_json)
        return
    _put(workbench, problem, hints, as_json)


def _query(problem: "SqlProblem", file: str | None, edit: bool) -> str | None:
    """The candidate's query, if one was given."""
    from interviewer.errors import InputError, NotText

    if file is not None:
        try:
            data = sys.stdin.buffer.read(_MOST_BYTES) if file == "-" else _start_of(Path(file))
            return data.decode("utf-8")
        except UnicodeDecodeError:
            raise NotText(f"{file} is not UTF-8 text") from None
        except OSError as error:
            raise InputError(f"{file}: {error.strerror or error}") from None
    if not edit:
        return None
    from interviewer.cli.editor import written

    return written(f"-- {problem.title}\n-- Tables: {', '.join(problem.tables)}\n\n", ".sql")


def _start_of(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)


def _list(workbench: "SqlWorkbench", as_json: bool) -> None:
    from interviewer.domain.sql_problem import posed

    found = list(workbench.problems.values())
    if as_json:
        print_json([posed(problem).model_dump(mode="json") for problem in found])
        return
    width = max(len(problem.id) for problem in found)
    for problem in found:
        print(f"{problem.id:<{width}}  {problem.title} ({problem.topic})")
    print("\ninterviewer sql ID shows one; interviewer sql ID --file QUERY.sql runs your query.")


def _put(workbench: "SqlWorkbench", problem: "SqlProblem", hints: int, as_json: bool) -> None:
    from interviewer.practice.sql_sheet import sql_sheet

    sheet = asyncio.run(sql_sheet(problem, workbench.runner))
    shown = sheet.problem.hints[:hints]
    if as_json:
        document = sheet.model_dump(mode="json")
        document["problem"]["hints"] = shown
        print_json(document)
        return
    _print_sheet(sheet)
    for number, hint in enumerate(shown, 1):
        print(f"Hint {number} of {len(sheet.problem.hints)}: {hint}")


def _print_sheet(sheet: "SqlSheet") -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(f"{sheet.problem.title}\n", style="bold")
    console.print(sheet.problem.statement)
    order = "asked for" if sheet.problem.ordered else "of no account"
    console.print(f"\nThe order of the rows is {order}. The bank is as of {sheet.as_of}.\n")
    for table in sheet.tables:
        print_table(table)


def print_table(sheet: "TableSheet", out: TextIO | None = None) -> None:
    """Prints a table of the bank: what a row is, its columns, its first rows."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, file=out)
    console.print(f"{sheet.name}: {sheet.note}", style="bold")
    console.print(f"  {sheet.declared}")
    _print_rows(sheet.sample.columns, sheet.sample.rows, out)


def _run(workbench: "SqlWorkbench", problem: "SqlProblem", query: str, as_json: bool) -> None:
    from interviewer.domain.sql_run import observations

    run = asyncio.run(workbench.runner.run(problem, query))
    observed = observations(problem, run)
    if as_json:
        print_json(
            {
                "run": run.model_dump(mode="json"),
                "observations": [one.model_dump(mode="json") for one in observed],
            }
        )
    else:
        print_run(run)
        for one in observed[:1]:
            print(f"\nAn interviewer might ask: {one.probes[0]}")
    if not run.was_run:
        raise typer.Exit(_FAILED)


def print_run(run: "SqlRun", out: TextIO | None = None) -> None:
    """Prints the first rows of a result and how it differs from what was asked for."""
    if run.columns:
        _print_rows(run.columns, run.rows[:_SHOWN], out)
        if run.row_count is not None and run.row_count > _SHOWN:
            print(f"... {run.row_count - _SHOWN:,} more rows", file=out)
    print(f"{run.finding.value}: {run.message}", file=out)
    if run.difference is None:
        return
    for title, rows in (("Expected", run.difference.missing), ("In yours", run.difference.extra)):
        if rows:
            print(f"{title}, for instance:", file=out)
            for row in rows:
                print(f"  {_line(row)}", file=out)


def _print_rows(
    columns: "Sequence[Column]", rows: "Iterable[Row]", out: TextIO | None = None
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in columns:
        table.add_column(Text(_text(column.name)))
    for row in rows:
        # As Text, so that brackets in a value are no markup.
        table.add_row(*(Text(_text(cell)) for cell in row))
    Console(highlight=False, file=out).print(table)


def _line(row: "Row") -> str:
    return ", ".join(_text(cell) for cell in row)


def _text(cell: object) -> str:
    text = "NULL" if cell is None else str(cell)
    # A result may hold anything, also what a terminal would obey.
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
