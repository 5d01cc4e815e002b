"""Practice: the next drill, what else there is to prepare with, and a plan to a date."""

import datetime as dt

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.errors import InputError
from interviewer.practice.choosing import Wish
from interviewer.practice.progress import ProgressReport
from interviewer.web.controls import button, date_field, form, submit
from interviewer.web.drill import begin_drill
from interviewer.web.frame import PARTS
from interviewer.web.words import Words, heading, link, paragraph

_WAYS = {
    "/critique": "one answer, read against its points, as often as you like",
    "/progress": "where you stand on each criterion, and what you miss most",
    "/practice/code": "small programs: your code is run on tests, and asked about",
    "/practice/sql": "queries over an invented bank: a wrong result is explained",
    "/practice/sketch": "a system as Mermaid: see what a reviewer would miss",
    "/readiness": "ten things to be ready for, three checks each, and what to study",
    "/quiz": "know the business: dated facts on the firm and the rules around it",
    "/timeline": "from an application to the windows of the interviews, for your calendar",
}


async def show_practice(until: str, product: Product, owner: str) -> None:
    """Draws the page.

    Args:
        until: Date of the interview, ISO 8601, or empty for no plan.
        product: With the cards.
        owner: Whose practice.

    Raises:
        InputError: This is no date, or it has passed.
    """
    await product.practice.drills.close_all(owner=owner)
    report = await product.practice.progress.report(owner, interview_date=_date(until))
    heading("Practice", 1, "title")
    paragraph(
        "A drill is one question with its follow-ups. It comes back when you are about to forget "
        "what you missed.",
        "lead",
    )
    _begin(product, report, owner)
    with ui.element("ul").classes("ways narrow"):
        for path, text in _WAYS.items():
            with ui.element("li"):
                link(PARTS["/practice"][path], path)
                Words("span", f": {text}")
    _plan(report, until)


def _date(until: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(until) if until else None
    except ValueError:
        raise InputError(f"{until[:40]!r} is no date: write it as 2027-01-31") from None


def _begin(product: Product, report: ProgressReport, owner: str) -> None:
    async def begin() -> None:
        await begin_drill(product, owner, Wish())

    cards = report.cards
    with ui.element("section").classes("card resume narrow"):
        with ui.element("div"):
            heading(f"{cards.due} due of {cards.total} cards", 2)
            if cards.suspended:
                paragraph(f"{cards.suspended} suspended.", "quiet")
        button("Drill what is next", begin, "primary").mark("drill")


def _plan(report: ProgressReport, until: str) -> None:
    heading("A plan to your interview", 2)
    with form("/practice"):
        date_field("Date of the interview", "until", until)
        submit("Make a plan")
    with ui.element("ol").classes("plain-list narrow"):
        for day in report.plan:
            with ui.element("li"):
                Words("span", f"{day.date:%A %d %B}, {day.minutes} minutes", "name")
                with ui.element("ul"):
                    for item in day.items:
                        Words("li", f"{item.id.replace('-', ' ')}, {item.minutes} min: {item.why}")
