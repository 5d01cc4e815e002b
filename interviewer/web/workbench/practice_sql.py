"""SQL problems for practice: the list, and a page for each."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.sql_run import SqlRun, observations
from interviewer.errors import InputError
from interviewer.interviews.code_turns import RoundHint
from interviewer.practice.sql_sheet import sql_sheet
from interviewer.web.frame import later
from interviewer.web.words import Words, heading, link, paragraph
from interviewer.web.workbench.editor import WrittenAt
from interviewer.web.workbench.sql_panel import SqlPanel, SqlWork

_ALL = "/practice/sql"


async def show_sql_problems(product: Product, _owner: str) -> None:
    """Draws the list."""
    heading("SQL problems", 1, "title")
    paragraph(
        "One query each, over the tables of an invented bank that are untidy on purpose. A result that "
        "is not the one asked for is explained; the solution is not shown.",
        "lead",
    )
    with ui.element("ul").classes("plain-list narrow"):
        for problem in product.sql_workbench.problems.values():
            with ui.element("li"):
                link(problem.title, f"{_ALL}/{problem.id}", "grow")
                Words("span", problem.topic, "quiet")
    link("Back to practice", "/practice")


async def show_sql_problem(problem_id: str, product: Product, owner: str) -> None:
    """Draws one problem; tables and editor come once the page stands.

    Raises:
        UnknownId: There is none of that id.
    """
    bench = product.sql_workbench
    problem = bench.problem(problem_id)
    heading(problem.title, 1, "title")

    async def draw() -> None:
        place = WrittenAt(product, f"sql/{problem.id}", owner)

        async def run(query: str) -> SqlRun:
            asked.clear()
            ran = await bench.runner.run(problem, query)
            with asked:
                heading("An interviewer might ask", 3)
                for seen in observations(problem, ran)[:1]:
                    paragraph(seen.probes[0])
            return ran

        async def take_hint(number: int) -> RoundHint:
            if not 1 <= number <= len(problem.hints):
                raise InputError(f"there are {len(problem.hints)} hints")
            text = problem.hints[number - 1]
            return RoundHint(number=number, of=len(problem.hints), text=text)

        sheet = await sql_sheet(problem, bench.runner)
        work = SqlWork(
            problem=sheet.problem,
            tables=sheet.tables,
            hints_of=len(problem.hints),
            text=await place.kept(),
            place=place,
            run=run,
            hint=take_hint,
            hint_note="A hint costs nothing.",
        )
        with ui.element("section").classes("bench alone"):
            SqlPanel(work)
            asked = ui.element("div").props("aria-live=polite")

    later("The tables are read ...", draw)
    link("All problems", _ALL)
