"""The panel for what a question asks to be handed in: a board, a sketch or a page.

It says what cannot be read. What was found in it is the interviewer's to ask about.
"""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from nicegui import ui

from interviewer.domain.artefacts.kinds import KINDS
from interviewer.domain.handed import Handed
from interviewer.errors import InterviewerError
from interviewer.web.boards.editor import show_editor
from interviewer.web.controls import button
from interviewer.web.words import Words, paragraph
from interviewer.web.workbench.editor import KeptText, WrittenAt
from interviewer.web.workbench.prose import sentence
from interviewer.web.workbench.sketch_panel import SketchPanel
from interviewer.workbench.artefacts import blank
from interviewer.workbench.boards.draft import Cells
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.json_form import read_json

_NOTE = (
    "You may also answer in words alone. What you hand in lies on the table while you explain it, and "
    "you may hand in another one instead."
)
_PAGE_NOTE = "What you hand in is your answer; the interviewer speaks next."


class HandInWork(NamedTuple):
    """What is asked for, and what can be done about it."""

    kind: str
    text: str
    """What was written before; empty if nothing was."""
    place: WrittenAt
    hand_in: Callable[[str], Awaitable[Handed]]
    handed: Handed | None = None
    """What was handed in last."""


class HandInPanel:
    """One person at one artefact."""

    def __init__(self, work: HandInWork) -> None:
        """Draws it where the caller stands."""
        self._work = work
        paragraph(_PAGE_NOTE if work.kind == "page" else _NOTE, "quiet")
        if work.kind in KINDS:
            self._written = _board(work)
        elif work.kind == "sketch":
            self._written = _sketch(work)
        else:
            self._written = _page(work)
        with ui.element("div").classes("actions"):
            self._button = button("Hand it in", self._hand_in, "primary")
        self._told = paragraph("", "told").props("role=status")
        self._more = ui.element("div")
        if work.handed is not None:
            self._show(work.handed)

    async def _hand_in(self) -> None:
        content = self._written()
        if not content.strip() or content.strip() == blank(self._work.kind).strip():
            self._told.set_text("There is nothing in it yet.")
            return
        self._button.set_enabled(False)
        try:
            handed = await self._work.hand_in(content)
        except InterviewerError as error:
            self._told.set_text(sentence(error))
            return
        finally:
            self._button.set_enabled(True)
        if not self._told.is_deleted:
            self._show(handed)

    def _show(self, handed: Handed) -> None:
        self._more.clear()
        found = handed.found
        if handed.problems:
            self._told.set_text("It cannot be read like this: correct it and hand it in again.")
        else:
            size = f", {found.size}" if found and found.size else ""
            after = "" if handed.kind == "page" else " Now explain it in an answer."
            self._told.set_text(f"Handed in: {handed.title.lower()}{size}.{after}")
        lines = [*handed.problems, *(found.notices if found else ())]
        if lines:
            with self._more, ui.element("ul"):
                for line in lines:
                    Words("li", line)


def _board(work: HandInWork) -> Callable[[], str]:
    """Draws the editor of a board; gives what reads it as text."""
    rows: list[dict[str, Any]] = []
    if work.text:
        rows = [dict(row.cells) for row in read_json(KINDS[work.kind], "draft", work.text).rows]
    latest = [work.text]

    def changed(_rows: list[Cells]) -> None:
        latest[0] = editor.written(Format.JSON)

    editor = show_editor(work.kind, rows, changed, name="handed", asks=False)
    KeptText(work.place, lambda: latest[0])
    return lambda: editor.written(Format.JSON) if editor.checked.rows else ""


def _sketch(work: HandInWork) -> Callable[[], str]:
    panel = SketchPanel(work.text or blank(work.kind), work.place)
    return lambda: panel.text


def _page(work: HandInWork) -> Callable[[], str]:
    box = ui.textarea(value=work.text).props('outlined autogrow aria-label="Your page"')
    box.classes("answer").mark("page")

    def written() -> str:
        return box.value or ""

    KeptText(work.place, written)
    return written
