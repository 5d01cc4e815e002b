"""A query in a round held in the terminal: the problem, `/sql` and `/tables`."""

from typing import TYPE_CHECKING, TextIO

from interviewer.cli.code import read_code
from interviewer.cli.printing import note
from interviewer.cli.work_file import edited
from interviewer.domain.interview import Interview
from interviewer.domain.sql_problem import ShownSqlProblem
from interviewer.errors import CodeNotRun, InputError, RuleBroken

if TYPE_CHECKING:
    from interviewer.bootstrap import Product

HELP = (
    "Solve this with one SELECT: /tables shows the tables, /sql opens $EDITOR and runs what you saved, "
    "/sql FILE runs a file, /hint gives a hint (it costs nothing). The last query counts. Then explain "
    "it in an answer."
)
COMMANDS = ("/sql", "/tables")


def show_problem(interview: Interview, out: TextIO) -> None:
    """Shows the SQL problem that belongs to the question just asked, if there is one."""
    from interviewer.cli.conversation import wrapped

    current = interview.current
    if current is None or current.sql is None or len(current.turns) > 1:
        return
    shown = current.sql
    order = "asked for" if shown.ordered else "of no account"
    print(f"\n{shown.title}\n\n{wrapped(shown.statement)}", file=out)
    print(f"\nTables: {', '.join(shown.tables)}. The order of the rows is {order}.", file=out)
    note(f"\n{HELP}")


async def take_command(
    product: "Product", interview_id: str, command: str, out: TextIO | None
) -> None:
    """Does what a `/sql` or `/tables` line asks; what is wrong is said, and nothing is lost."""
    from interviewer.cli.sql import print_run, print_table

    try:
        if command.split()[0] == "/tables":
            sheets = await product.query_turns.tables(interview_id, owner=product.owner)
            for sheet in sheets if out else ():
                print_table(sheet, out)
            return
        query = await _query(product, interview_id, command.partition(" ")[2].strip())
        run = await product.query_turns.query(interview_id, query, owner=product.owner)
    except (InputError, CodeNotRun, RuleBroken) as error:
        note(f"{error}")
        return
    if out is not None:
        print_run(run, out)


async def _query(product: "Product", interview_id: str, file: str) -> str:
    if file:
        return read_code(file)
    interview = await product.conductor.load(interview_id, owner=product.owner)
    shown = interview.current.sql if interview.current else None
    if shown is None:
        raise RuleBroken("the question that is open asks for no query")
    return await edited(product.settings.home / "sql" / f"{shown.id}.sql", _start(shown))


def _start(shown: ShownSqlProblem) -> str:
    return f"-- {shown.title}\n-- Tables: {', '.join(shown.tables)}\n\n"
