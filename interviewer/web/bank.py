"""The question bank: filtered by track, round and category, each question with its points."""

from collections.abc import Iterable

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.catalog import Catalog
from interviewer.domain.names import name_from
from interviewer.domain.question import Question
from interviewer.web.controls import choice, form, unfolding
from interviewer.web.own_questions import show_own_questions
from interviewer.web.words import Words, heading, link, paragraph

_WEIGHTS = {1: "good to have", 2: "expected", 3: "decisive"}
_ANY = "Any"


async def show_bank(track: str, round_: str, category: str, product: Product, owner: str) -> None:
    """Draws the page; a filter that names nothing finds nothing.

    Args:
        track: Id, or empty for any; likewise the others.
        round_: See `track`.
        category: See `track`.
        product: With the bank.
        owner: Whose imported questions stand at the end.
    """
    bank = product.catalog.questions.values()
    found = [
        question
        for question in bank
        if track in ("", question.track)
        and round_ in ("", question.round)
        and category in ("", question.category)
    ]
    heading("Question bank", 1, "title")
    paragraph(
        "What the interviewers ask, and what they listen for. Looking at the points first spoils "
        "a round; looking at them afterwards is what they are for.",
        "lead",
    )
    with form("/questions"):
        tracks = {it.id: it.title for it in product.catalog.tracks.values()}
        choice("Track", {"": _ANY, **tracks}, track, name="track")
        choice("Round", {"": _ANY, **_rounds(product.catalog, track)}, round_, name="round")
        choice("Category", {"": _ANY, **_categories(bank)}, category, name="category")
    link("Your own questions, and how to import a list", "#own")
    count = "1 question" if len(found) == 1 else f"{len(found)} questions"
    paragraph(f"{count} of {len(bank)}.", "quiet")
    for question in found:
        _question(product.catalog, question)
    await show_own_questions(product, owner)


def _rounds(catalog: Catalog, track: str) -> dict[str, str]:
    return {
        round_.id: round_.title
        for known in catalog.tracks.values()
        if track in ("", known.id)
        for round_ in known.rounds
    }


def _categories(bank: Iterable[Question]) -> dict[str, str]:
    kinds = sorted({question.category for question in bank})
    return {kind: name_from(kind) for kind in kinds}


def _question(catalog: Catalog, question: Question) -> None:
    who = catalog.persona(question.persona)
    with ui.element("article").classes("asked narrow"):
        paragraph(question.text, "said")
        with ui.element("p").classes("quiet"):
            Words("span", f"{who.name}, {question.minutes} minutes, ")
            Words("span", f"{question.category.replace('-', ' ')}. ")
            link("Practise it", f"/critique?question={question.id}")
        _preview(question)


def _preview(question: Question) -> None:
    """Filled when it is first opened: a hundred rubrics at once would be a heavy page."""
    text = f"What is listened for: {len(question.points)} points"
    unfolding(text, lambda: _points(question)).classes("quiet").mark(f"points-{question.id}")


def _points(question: Question) -> None:
    with ui.element("ul"):
        for point in question.points:
            with ui.element("li"):
                Words("span", f"{point.statement} ")
                Words("span", f"{point.signal.value}, {_WEIGHTS[point.weight]}", "quiet")
    if question.red_flags:
        paragraph("Red flags", "caption")
        with ui.element("ul"):
            for flag in question.red_flags:
                Words("li", flag.statement)
