"""Coding problems for practice: the list, and a page for each."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.practice.coding import SPOKEN_ANYWAY, Hint, PracticeRun, hint, listed, practise
from interviewer.web.frame import later
from interviewer.web.words import Words, heading, link, paragraph
from interviewer.web.workbench.code_panel import CodePanel, CodeWork
from interviewer.web.workbench.editor import WrittenAt

_ALL = "/practice/code"


async def show_problems(product: Product, _owner: str) -> None:
    """Draws the list."""
    problems = listed(product.coding.problems)
    heading("Coding problems", 1, "title")
    paragraph(
        "Small programs of the kind that a coding round asks for. Your code is run on tests that are "
        "shown and on some that are not, and you read what an interviewer would ask about it.",
        "lead",
    )
    with ui.element("ul").classes("plain-list narrow"):
        for problem in problems:
            with ui.element("li"):
                link(problem.title, f"{_ALL}/{problem.id}", "grow")
                Words("span", f"{problem.topic.replace('-', ' ')}, {problem.minutes} min", "quiet")
    link("Back to practice", "/practice")


async def show_problem(problem_id: str, product: Product, owner: str) -> None:
    """Draws one problem; the editor comes once the page stands.

    Raises:
        UnknownId: There is none of that id.
    """
    problem = product.coding.problem(problem_id)
    heading(problem.title, 1, "title")

    async def draw() -> None:
        place = WrittenAt(product, f"code/{problem.id}", owner)

        async def run(code: str) -> CodeOutcome:
            asked.clear()
            ran = await practise(product.coding, problem, code)
            with asked:
                _show_run(ran)
            return ran.outcome

        async def take_hint(number: int) -> Hint:
            return hint(problem, number)

        work = CodeWork(
            shown=problem.shown,
            text=await place.kept() or problem.starter,
            place=place,
            run=run,
            hint=take_hint,
            hint_note="A hint costs nothing.",
            refusal=await product.coding.why_not_run(),
        )
        with ui.element("section").classes("bench alone"):
            CodePanel(work)
            asked = ui.element("div").props("aria-live=polite")

    later("The workbench is set up ...", draw)
    link("All problems", _ALL)


def _show_run(run: PracticeRun) -> None:
    if run.outcome.status != "no-solution":
        paragraph(f"{run.growth} Expected: {run.expected_growth}.")
    if run.observations:
        heading("An interviewer would ask", 3)
        with ui.element("ul"):
            for seen in run.observations:
                Words("li", seen.ask)
    paragraph(SPOKEN_ANYWAY, "quiet")
