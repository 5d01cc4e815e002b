"""Drills: beginning the next one, and what came of one that is over."""

import datetime as dt

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.critique import Critique
from interviewer.domain.names import name_from
from interviewer.errors import InterviewerError
from interviewer.practice.choosing import Wish
from interviewer.practice.drill import DrillReport
from interviewer.web.controls import button
from interviewer.web.findings import show_flags, show_points
from interviewer.web.frame import later
from interviewer.web.marked import marked, marks_of
from interviewer.web.words import Words, heading, link, paragraph

_PREFIX = "d"


async def begin_drill(product: Product, owner: str, wish: Wish) -> None:
    """Begins the drill that is wanted and leads to its room; says so if there is none."""
    practice = product.practice
    try:
        await practice.drills.close_all(owner=owner)
        choice = await practice.chooser.next(wish, owner=owner)
        if choice is None:
            ui.notify("Nothing is due, and no new card is left for today.")
            return
        drill_id = await practice.drills.start(choice.question, choice.plan(), owner=owner)
    except InterviewerError as error:
        ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
        return
    ui.navigate.to(f"/interviews/{drill_id}")


async def show_drill(drill_id: str, product: Product, owner: str) -> None:
    """Draws the report of a drill; the first time its card is reviewed.

    Raises:
        UnknownId: There is none of that id and owner.
    """
    await product.conductor.load(drill_id, owner=owner)

    async def draw() -> None:
        report = await product.practice.drills.close(drill_id, owner=owner)
        _draw(product, report, owner)

    later("Your answers are being read ...", draw)


def _draw(product: Product, report: DrillReport, owner: str) -> None:
    name = name_from(report.question)
    kind = "Retest" if report.retest else "Drill"
    rating = "not rated" if report.rating is None else str(report.rating)
    heading(f"{kind}: {name}: {rating}", 1, "title")
    paragraph(report.because, "lead")
    paragraph(_when(report), "quiet")
    found = report.critique
    paragraph(found.text, "said asked narrow")
    with ui.element("div").classes("split"):
        said = ui.element("div").classes("transcript")
        with said.props('tabindex=0 role=region aria-label="Your answers, marked"'):
            for number, answer in enumerate(found.answers):
                with ui.element("article").classes("turn candidate"):
                    marked(answer, marks_of(found, number, _PREFIX))
        with ui.element("div"):
            show_flags(found, product.library.passages, _PREFIX)
            show_points(found, product.library.passages, _PREFIX)

    async def following() -> None:
        await begin_drill(product, owner, Wish())

    with ui.element("div").classes("actions"):
        button("Next drill", following, "primary")
        link("Practice", "/practice")


def _when(report: DrillReport) -> str:
    if report.again:
        return "It comes back in this session."
    if report.due is None:
        return "It is not scheduled."
    return f"It comes back on {dt.datetime.fromisoformat(report.due):%d %B %Y}."


def show_so_far(product: Product, found: Critique) -> None:
    """The critique in the middle of a drill."""
    made = sum(point.met is not None and point.met.value == "yes" for point in found.points)
    with ui.element("details"):
        Words("summary", f"So far: {made} of {len(found.points)} points made")
        show_points(found, product.library.passages, _PREFIX)
