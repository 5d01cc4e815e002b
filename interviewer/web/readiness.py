"""Readiness: ten things to be ready for, three checks each, and the study plan that follows.

The answers stand in the address, and nowhere else: it can be kept, and completed another day.
"""

import asyncio
from collections.abc import Mapping

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.readiness import (
    Answers,
    Item,
    ItemScore,
    Readiness,
    Standing,
    StudyStep,
    assess,
)
from interviewer.domain.verdict import Met
from interviewer.errors import InputError
from interviewer.practice.preparation_markdown import WORDS
from interviewer.web.controls import choice, one_of, sheet, submit
from interviewer.web.findings import show_passage
from interviewer.web.tables import table
from interviewer.web.words import Words, heading, link, paragraph

_OPTIONS = {Met.YES.value: "Yes", Met.PARTLY.value: "Partly", Met.NO.value: "No"}
_TRACK = "track"
_TONES = {
    Standing.READY: "yes",
    Standing.NEARLY: "partly",
    Standing.NOT_YET: "no",
    Standing.UNANSWERED: "none",
}


async def show_readiness(query: Mapping[str, str], product: Product, _owner: str) -> None:
    """Draws the page.

    Args:
        query: What the form sent: `item.check` with `yes`, `partly` or `no`; `track`.
        product: With the questions and the passages.

    Raises:
        UnknownId: There is no such item, check or track.
        InputError: An answer is none of the three.
    """
    content = await asyncio.to_thread(lambda: product.practice.preparation)
    track = query.get(_TRACK, "")
    given = _given(query)
    heading("Readiness", 1, "title")
    paragraph(
        "Ten things to be ready for. Asking yourself \u201cam I ready?\u201d invites a yes, so each has "
        "three checks that you could try out today.",
        "lead",
    )
    found = assess(
        content.readiness,
        given,
        skills=content.skills,
        catalog=product.catalog,
        track=track or None,
    )
    if given:
        _result(found)
        _plan(product, found)
    _questions(
        content.readiness, given, {it.id: it.title for it in product.catalog.tracks.values()}, track
    )


def _given(query: Mapping[str, str]) -> Answers:
    given: Answers = {}
    for key, value in query.items():
        if key == _TRACK:
            continue
        item, _, check = key.partition(".")
        if value not in _OPTIONS:
            raise InputError(f"{value[:40]!r} is no answer: yes, partly or no")
        given.setdefault(item, {})[check] = Met(value)
    return given


def _result(found: Readiness) -> None:
    score = "not assessed" if found.score is None else f"{found.score:.0%}"
    heading(f"{score} over {found.answered} of {found.checks} checks", 2)
    paragraph("You assessed yourself; nobody has looked at an answer.", "quiet")
    if found.answered < found.checks:
        link("Go on with the checks", "#checks")
    with ui.element("ul").classes("plain-list narrow"):
        for item in found.items:
            _item(item)
    heading("By skill", 2)
    rows = [
        (skill.title, "not assessed" if skill.score is None else f"{skill.score:.0%}")
        for skill in found.skills
    ]
    with ui.element("div").classes("narrow"):
        table("By skill", ("Skill", "Of its checks"), rows)


def _item(item: ItemScore) -> None:
    score = "" if item.score is None else f"{item.score:.0%}, "
    with ui.element("li"):
        Words("span", item.title)
        Words("span", f"{score}{WORDS[item.standing]}", f"met {_TONES[item.standing]}")


def _plan(product: Product, found: Readiness) -> None:
    heading("Study plan, weakest first", 2)
    if not found.plan:
        paragraph("Every check is a yes. Sit a round and see whether an interviewer agrees.")
        link("To the rounds", "/", "as-button")
    for number, step in enumerate(found.plan, 1):
        with ui.element("details").classes("narrow step").props("open" if number == 1 else ""):
            Words("summary", f"{number}. {step.title}").classes("name")
            _step(product, step)


def _step(product: Product, step: StudyStep) -> None:
    with ui.element("ul"):
        for todo in step.todo:
            Words("li", todo)
        for practice in step.practise:
            with ui.element("li"):
                Words("span", "Practise: ")
                name = practice.question.replace("-", " ")
                link(name, f"/critique?question={practice.question}")
                Words("span", f" ({practice.round_title})", "quiet")
    for passage_id in step.read:
        passage = product.library.passages.get(passage_id)
        if passage is not None:
            show_passage(passage)


def _questions(
    items: tuple[Item, ...], given: Answers, tracks: Mapping[str, str], track: str
) -> None:
    heading("The checks", 2).props("id=checks tabindex=-1")
    with sheet("/readiness"):
        choice("Questions of", {"": "Both tracks", **tracks}, track, name=_TRACK)
        for number, item in enumerate(items, 1):
            heading(f"{number}. {item.title}", 3)
            for check in item.checks:
                said = given.get(item.id, {}).get(check.id)
                one_of(check.asks, f"{item.id}.{check.id}", _OPTIONS, said.value if said else None)
        submit("Score and plan")
