"""Practice: what is due, how strong each criterion stands, what is missed most, a plan to a date."""

import datetime as dt

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.missed import Missed
from interviewer.domain.progress import Strength
from interviewer.errors import InputError
from interviewer.practice.choosing import Wish
from interviewer.practice.progress import ProgressReport
from interviewer.web.controls import button, date_field, form, submit
from interviewer.web.drill import begin_drill
from interviewer.web.words import Words, heading, link, paragraph

_KINDS = {"signal": "By signal", "criterion": "By criterion", "skill": "By skill"}
_WORKBENCH = (
    ("Coding problems", "/practice/code", "your code is run on tests"),
    ("SQL problems", "/practice/sql", "your query is run over an invented bank"),
    ("Sketch a system", "/practice/sketch", "see what a reviewer would miss"),
)
_TRENDS = {"up": "rising", "down": "falling", "steady": "steady", "unclear": ""}


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
    _workbench()
    if not report.strengths:
        paragraph("Nothing has been judged yet: sit a round, or drill a question.", "quiet")
    for kind, title in _KINDS.items():
        _strengths(title, [s for s in report.strengths if s.kind == kind], product)
    _missed(product, report, owner)
    _plan(report, until)
    if report.strengths:
        paragraph(report.how, "quiet")


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


def _workbench() -> None:
    heading("At the workbench", 2)
    with ui.element("ul").classes("plain-list narrow"):
        for name, path, what in _WORKBENCH:
            with ui.element("li"):
                link(name, path)
                Words("span", what, "quiet")


def _strengths(title: str, strengths: list[Strength], product: Product) -> None:
    if not strengths:
        return
    heading(title, 2)
    with ui.element("ul").classes("plain-list narrow"):
        for strength in sorted(strengths, key=lambda it: it.strength):
            _strength(strength, product)


def _strength(strength: Strength, product: Product) -> None:
    known = product.catalog.criteria.get(strength.id)
    name = known.title if known else strength.id.replace("-", " ").capitalize()
    with ui.element("li"):
        with ui.element("span").classes("grow"):
            Words("span", name)
            trend = _TRENDS[strength.trend]
            often = "1 exchange" if strength.exchanges == 1 else f"{strength.exchanges} exchanges"
            Words("p", f"{often}{', ' if trend else ''}{trend}", "quiet")
        with ui.element("span").classes("strength"):
            low, high = strength.low, strength.high
            bar = ui.element("span").classes("range").props("aria-hidden=true")
            bar.style(f"--low: {low:.2f}; --high: {high:.2f}; --at: {strength.strength:.2f}")
            Words("span", f"{strength.strength:.0%} ({low:.0%} to {high:.0%})", "quiet")


def _missed(product: Product, report: ProgressReport, owner: str) -> None:
    if not report.most_missed:
        return
    heading("Missed most", 2)
    with ui.element("ul").classes("plain-list narrow"):
        for missed in report.most_missed:
            _one_missed(product, missed, owner)


def _one_missed(product: Product, missed: Missed, owner: str) -> None:
    async def begin() -> None:
        await begin_drill(product, owner, Wish(question=missed.question))

    name = missed.question.replace("-", " ")
    with ui.element("li"):
        with ui.element("span").classes("grow"):
            Words("span", missed.statement)
            Words("p", f"{name}: missed {missed.missed} of {missed.judged} times", "quiet")
        button("Drill", begin, "plain").props["aria-label"] = f"Drill {name}"


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
