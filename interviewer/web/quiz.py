"""The quiz on the firm and the rules around it: dated facts, marked with the passage behind each.

The seed and the answers stand in the address: a reload asks the same again and loses nothing.
"""

import asyncio
from collections.abc import Mapping

from nicegui import ui

from interviewer.bootstrap import Product, now
from interviewer.domain.names import name_from
from interviewer.domain.quiz import Asked, Mark, Marks, marked, topics_of
from interviewer.practice.quiz_sheet import drawn
from interviewer.web.controls import carried, choice, form, one_of, sheet, submit
from interviewer.web.findings import show_passage
from interviewer.web.words import Words, heading, link, paragraph

_ITEMS = 10
_LONGEST_SEED = 12
"""Digits."""


async def show_quiz(query: Mapping[str, str], product: Product, _owner: str) -> None:
    """Draws the page.

    Args:
        query: `topic` and `seed`; by item the number of the option chosen; `done` to be marked.
        product: With the facts and the passages.

    Raises:
        UnknownId: There is no such topic.
    """
    items = (await asyncio.to_thread(lambda: product.practice.preparation)).quiz
    topic, seed = query.get("topic", ""), _seed(query.get("seed", ""))
    asked = drawn(items, n=_ITEMS, seed=seed, topic=topic or None)
    answers = {item.id: _chosen(item, query) for item in asked}
    heading("Know the business", 1, "title")
    paragraph(
        "Facts on the firm, its AI programme and the rules, each with the day it was checked.",
        "lead",
    )
    if "done" in query:
        _marks(product, marked(items, answers), topic)
        return
    with form("/quiz"):
        topics = {it: name_from(it) for it in topics_of(items)}
        choice("Topic", {"": "All", **topics}, topic, name="topic")
    with sheet("/quiz"):
        carried("topic", topic)
        carried("seed", str(seed))
        for number, item in enumerate(asked, 1):
            options = dict(enumerate(item.options))
            chosen = answers[item.id]
            at = None if chosen is None else str(item.options.index(chosen))
            one_of(
                f"{number}. {item.question}",
                item.id,
                {str(place): text for place, text in options.items()},
                at,
                stacked=True,
            )
        submit("Mark it", "done")


def _seed(given: str) -> int:
    if given.isascii() and given.isdigit() and len(given) <= _LONGEST_SEED:
        return int(given)
    return int(now().timestamp())


def _chosen(item: Asked, query: Mapping[str, str]) -> str | None:
    """The text of the option; None where there is none of that number."""
    places = {str(place): text for place, text in enumerate(item.options)}
    return places.get(query.get(item.id, ""))


def _marks(product: Product, found: Marks, topic: str) -> None:
    heading(f"{found.correct} of {found.of} right", 2)
    if found.as_of is not None:
        paragraph(f"Facts as of {found.as_of:%d %B %Y} or later; look them up again.", "quiet")
    for number, mark in enumerate(found.marks, 1):
        _mark(product, number, mark)
    with ui.element("div").classes("actions"):
        link("Another quiz", f"/quiz?topic={topic}", "as-button")
        link("Practice", "/practice")


def _mark(product: Product, number: int, mark: Mark) -> None:
    with ui.element("article").classes("asked narrow"):
        paragraph(f"{number}. {mark.question}", "said")
        if mark.correct:
            paragraph(f"Right: {mark.right}", "met yes")
        else:
            paragraph(f"You said: {mark.answered or 'nothing'}", "met no")
            paragraph(f"Right is: {mark.right}")
        with ui.element("p"):
            Words("span", f"{mark.why} ")
            Words("span", f"As of {mark.as_of:%d %B %Y}.", "quiet")
        passage = product.library.passages.get(mark.passage)
        if passage is not None:
            show_passage(passage)
