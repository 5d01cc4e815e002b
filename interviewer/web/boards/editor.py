"""The editor of a board: a form of its kind, what is said of it, its picture, files in and out.

A component that any page can hold:

    editor = show_editor("matrix", rows, changed)

It keeps nothing by itself. `changed` gets all rows after every change, as text, whether they are in
order or not; `editor.rows` are those of this moment.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.domain.artefacts.kinds import kind_of
from interviewer.errors import InputError
from interviewer.web.boards.assets import load_files
from interviewer.web.boards.cells import label
from interviewer.web.boards.files import Taken, exporter, picker
from interviewer.web.boards.form import Edited, Form, focus
from interviewer.web.boards.matrix import MatrixForm
from interviewer.web.boards.picture import Picture
from interviewer.web.boards.rav import RavForm
from interviewer.web.boards.said import Said
from interviewer.web.boards.sheet import SheetForm
from interviewer.web.boards.table import TableForm
from interviewer.web.controls import button
from interviewer.web.words import Words, paragraph
from interviewer.workbench.boards.draft import (
    Cells,
    CheckedDraft,
    checked_draft,
    draft_rows,
    written_draft,
)
from interviewer.workbench.boards.incoming import Format

_FORMS: dict[str, type[Form]] = {
    "matrix": MatrixForm,
    "register": TableForm,
    "go-to-market": TableForm,
    "three-c": SheetForm,
    "four-p": SheetForm,
    "star": SheetForm,
    "rav": RavForm,
}
_PAUSE_S = 0.4
"""Typing pauses so long before the board is checked again."""

Changed = Callable[[list[Cells]], Awaitable[None] | None]
"""Gets all rows of the board, each a mapping of every column to its text."""


def show_editor(
    kind: str,
    value: Sequence[Mapping[str, Any]],
    on_change: Changed,
    *,
    name: str = "board",
    asks: bool = True,
) -> "BoardEditor":
    """Draws an editor where it is called.

    Args:
        kind: `matrix`, `register`, `four-p`, `rav`, `go-to-market` or `star`.
        value: The rows to begin with, as mappings of column to text; may be empty.
        on_change: Called with all rows after a change: at once for what is placed, added or taken
            away, after a pause for what is typed.
        name: Unique in the page; a letter first, then letters, digits and hyphens.
        asks: Whether it says what a reader would stop at. Not in a round, where somebody asks.

    Raises:
        UnknownId: There is no such kind.
        InputError: The rows are too many or too long.
    """
    editor = BoardEditor(kind, value, on_change, name, asks=asks)
    editor.build()
    return editor


class BoardEditor:
    """One board being edited."""

    def __init__(
        self,
        kind: str,
        value: Sequence[Mapping[str, Any]],
        on_change: Changed,
        name: str,
        *,
        asks: bool = True,
    ) -> None:
        self.kind = kind_of(kind)
        self.rows: list[Cells] = draft_rows(kind, value)
        """All rows as they are typed at this moment; changed in place."""
        self.checked: CheckedDraft = checked_draft(kind, self.rows)
        """What was said of the rows last."""
        self._on_change = on_change
        self._name = name
        self._asks = asks
        self._turn = self._kept_turn = 0
        self._before: list[Cells] | None = None

    def build(self) -> None:
        """Draws everything."""
        load_files()
        edited = Edited(
            self.kind, self.rows, self._name, self._typed, self._moved, self._taken_away
        )
        self._form = _FORMS[self.kind.kind](edited)
        self._said = Said(self.kind, self._name, asks=self._asks)
        self._picture = Picture(self.kind, self._name, lambda: self.checked)
        self._frame = ui.element("section").classes(f"board-editor {self.kind.kind}")
        self._frame.props["aria-label"] = self.kind.title
        self._frame.on("ask", self._asked, js_handler="(event) => emit(event.detail)")
        with self._frame:
            if self.kind.note:
                paragraph(self.kind.note, "quiet narrow")
            self._legend()
            with ui.element("div").classes("board-desk"):
                with ui.element("div").classes("board-form"):
                    self._form.build()
                    with ui.element("div").classes("actions undoing").props("role=status") as line:
                        self._undone = Words("span", "", "quiet")
                        self._undoer = button("Undo", self._undo, "plain")
                    self._undoing = line
                    line.set_visibility(False)
                self._said.build()
            self._picture.build()
            with ui.element("details"):
                Words("summary", "Import or export")
                picker("From a file (CSV, JSON or Markdown)", self.kind.kind, self._take)
                exporter(self.kind.kind, self.written, self._picture.svg)
        self._refresh()

    def written(self, form: Format) -> str:
        """The board as text in a format, in order or not."""
        return written_draft(self.kind.kind, self.rows, form)

    def put(self, rows: Sequence[Mapping[str, Any]], said: str = "The rows were replaced.") -> None:
        """Replaces all rows; one step back leads to those of before.

        Raises:
            InputError: They are too many or too long; nothing is replaced.
        """
        made = draft_rows(self.kind.kind, rows)
        self._remember(said)
        self._replace(made)

    def _replace(self, rows: list[Cells]) -> None:
        self.rows[:] = rows
        self._form.redraw()
        self._refresh()

    async def _take(self, taken: Taken) -> None:
        try:
            self.put(taken.rows, f"{taken.name} is in place of what was here.")
        except InputError as error:
            ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
            return
        await self._moved()

    def _remember(self, said: str) -> None:
        self._before = [dict(row) for row in self.rows]
        self._undone.set_text(said)
        self._undoing.set_visibility(True)

    def _taken_away(self, said: str) -> None:
        self._remember(said)
        # The button that had the focus goes with its row.
        focus(self._undoer)

    async def _undo(self) -> None:
        if self._before is not None:
            rows, self._before = self._before, None
            self._undoing.set_visibility(False)
            self._replace(rows)
            await self._moved()

    async def _typed(self) -> None:
        self._turn += 1
        mine = self._turn
        await asyncio.sleep(_PAUSE_S)
        if mine == self._turn:
            await self._changed()

    async def _moved(self) -> None:
        self._turn += 1
        await self._changed()

    async def _changed(self) -> None:
        turn = self._turn
        if not self._frame.is_deleted:
            self._refresh()
        done = self._on_change([dict(row) for row in self.rows])
        if done is not None:
            await done
        self._kept_turn = max(turn, self._kept_turn)

    async def _asked(self, event: GenericEventArguments) -> None:
        """Tells the browser up to when all that was typed there is kept, by its own clock."""
        if not isinstance(event.args, int | float):
            return
        if self._kept_turn < self._turn:
            await self._moved()
        self._frame.props["data-kept"] = event.args

    def _refresh(self) -> None:
        self.checked = checked_draft(self.kind.kind, self.rows)
        self._form.refresh(self.checked)
        self._said.refresh(self.rows, self.checked)
        self._picture.refresh()

    def _legend(self) -> None:
        with ui.element("details"):
            Words("summary", "What to write")
            with ui.element("dl").classes("board-legend"):
                for column in self.kind.row.columns():
                    field = self.kind.row.model_fields[column]
                    needed = " (needed)" if field.is_required() else ""
                    Words("dt", f"{label(column)}{needed}")
                    hint, example = self.kind.row.hint(column), self.kind.row.example(column)
                    Words("dd", f"{hint}. For example: {example}")
