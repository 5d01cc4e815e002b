"""What every page has around its content: name, menu, footer, and the line said when it fails."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI
from nicegui import ui

from interviewer.bootstrap import LOCAL_OWNER, Product
from interviewer.errors import InterviewerError
from interviewer.web.served_files import address_of, serve_file
from interviewer.web.sign_in import owner_signed_in, sign_in_form
from interviewer.web.words import Words, heading, link, paragraph

FOOTER = (
    "An independent practice tool, not affiliated with JPMorgan Chase. Personas are fictional. "
    "No legal advice."
)
MENU = {
    "/": "Rounds",
    "/practice": "Practice",
    "/questions": "Questions",
    "/boards": "Boards",
    "/knowledge": "Knowledge",
    "/documents": "Your documents",
    "/status": "Status",
}
"""Where every page that can be reached without an interview is found; no page, no entry."""

PARTS = {
    "/practice": {
        "/practice": "Drills",
        "/critique": "Critique",
        "/progress": "Progress",
        "/practice/code": "Code",
        "/practice/sql": "SQL",
        "/practice/sketch": "Sketch",
        "/readiness": "Readiness",
        "/quiz": "Quiz",
        "/timeline": "Timeline",
    },
    "/status": {"/status": "Checks and settings", "/evals": "Evaluation"},
}
"""Pages that share an entry of the menu have a menu of their own below it."""

Show = Callable[[Product, str], Awaitable[None]]
"""Draws a page for an owner."""

_FOLDER = Path(__file__).parent
_STYLES = ("style.css", "workbench.css")
_SCRIPT = "page.js"


def serve_files() -> None:
    """Adds the pages' own stylesheet and script to what is served."""
    for name in (*_STYLES, _SCRIPT):
        serve_file(_FOLDER / name)


@contextmanager
def frame(here: str = "") -> Iterator[ui.element]:
    """The frame; what is drawn inside the block is its content.

    Args:
        here: Path of this page, or of the one in the menus that it belongs to.
    """
    ui.add_head_html(_HEAD)
    ui.query("html").props("lang=en")
    link("Skip to the content", "#content", "skip")
    group = next((path for path, parts in PARTS.items() if here in parts), here)
    with ui.element("header").classes("shell top"):
        link("interviewer", "/", "brand")
        _menu("Pages", MENU, group, "page" if group == here else "true")
        if group in PARTS:
            _menu(MENU[group], PARTS[group], here, "page").classes("parts")
    shell = ui.element("div").classes("shell content").props("id=content tabindex=-1")
    with ui.element("footer").classes("shell footer"):
        paragraph(FOOTER)
    Words(
        "p",
        "The connection is lost. What you type or send stays here; the page goes on when it is back.",
        "offline",
    ).props("role=status hidden")
    with shell:
        yield shell


async def framed(api: FastAPI, show: Show, here: str = "") -> None:
    """Draws a page in its frame, for whoever may see it; an error is one line in its place."""
    with frame(here) as shell:
        owner = _owner(api)
        if owner is None:
            return
        product: Product = api.state.product
        try:
            await show(product, owner)
        except InterviewerError as error:
            shell.clear()
            with shell:
                problem(str(error))


def _menu(label: str, entries: Mapping[str, str], here: str, current: str) -> ui.element:
    menu = ui.element("nav")
    menu.props["aria-label"] = label
    with menu:
        for path, name in entries.items():
            entry = link(name, path)
            if path == here:
                entry.props["aria-current"] = current
    return menu


def later(waiting: str, draw: Callable[[], Awaitable[None]]) -> None:
    """Draws what takes seconds once the page stands; until then the page says what it waits for."""
    place = ui.element("div").props("aria-live=polite")
    with place:
        said = paragraph(waiting, "quiet")

    async def fill() -> None:
        with place:
            drawn = ui.element("div")
            try:
                with drawn:
                    await draw()
            except InterviewerError as error:
                drawn.clear()
                with drawn:
                    problem(str(error))
        said.delete()

    ui.timer(0.05, fill, once=True)


def problem(message: str) -> None:
    """Says why there is no page."""
    heading("This cannot be shown", 1, "title")
    paragraph(message, "notice")
    link("Back to the start", "/")


def _owner(api: FastAPI) -> str | None:
    """Who looks at the page; shows the sign-in form and returns None if nobody may yet."""
    if not api.state.owners:
        return LOCAL_OWNER
    owner = owner_signed_in(api.state.owners)
    if owner is None:
        sign_in_form(api.state.owners)
    return owner


_HEAD = (
    "".join(f'<link rel="stylesheet" href="{address_of(_FOLDER / name)}">' for name in _STYLES)
    + f'<script defer src="{address_of(_FOLDER / _SCRIPT)}"></script>'
)
