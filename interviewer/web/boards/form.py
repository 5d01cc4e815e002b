"""What every form of an editor does: its cells, rows that are added and taken away, and messages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from nicegui import ui

from interviewer.domain.artefacts.artefact import MOST_ROWS, Artefact, Trouble
from interviewer.web.boards.cells import Cell
from interviewer.web.controls import button
from interviewer.web.words import Words
from interviewer.workbench.boards.draft import Cells, CheckedDraft, empty_row, has_parts


class Edited(NamedTuple):
    """What a form works on.

    Attributes:
        kind: Of board.
        rows: As they are being typed; a form changes them in place.
        name: Unique in the page; a letter first, then letters, digits and hyphens.
        typed: Somebody wrote in a cell; the checks may wait for a pause. A coroutine function.
        moved: Something was placed, added or taken away; the checks follow at once.
        keep: Remembers all rows as they are, so that the next step can be undone.
    """

    kind: type[Artefact]
    rows: list[Cells]
    name: str
    typed: Callable[[], object]
    moved: Callable[[], object]
    keep: Callable[[str], None]


def row_name(kind: type[Artefact], rows: list[Cells], number: int) -> str:
    """What a row is called: its part, or its number from 1."""
    if has_parts(kind) and number <= len(rows):
        return rows[number - 1]["part"].strip()[:40].capitalize() or f"Row {number}"
    return f"Row {number}"


def focus(element: ui.element) -> None:
    """Gives an element the focus, once the browser has drawn it."""
    ui.run_javascript(
        f"setTimeout(() => document.getElementById('{element.html_id}')?.focus(), 60)"
    )


class Form:
    """The rows of a board to be edited; each kind draws them in its own way."""

    a_row = "a row"
    """What is added."""

    def __init__(self, edited: Edited) -> None:
        self.edited = edited
        self.cells: dict[tuple[int, str], Cell] = {}

    def build(self) -> None:
        """Draws everything."""
        self._place = ui.element("div").classes("board-rows")
        self._draw()
        with ui.element("div").classes("actions"):
            self._adding = button(f"Add {self.a_row}", self._add, "plain")

    def refresh(self, checked: CheckedDraft) -> None:
        """Says at each cell what is wrong with it."""
        said: dict[tuple[int, str], Trouble] = {}
        for trouble in checked.wrong:
            said.setdefault((trouble.row or 0, trouble.field or ""), trouble)
        for place, cell in self.cells.items():
            cell.say(said[place].message if place in said else "")

    def redraw(self) -> None:
        """Draws all rows anew."""
        self._place.clear()
        self._draw()

    def _draw(self) -> None:
        self.cells.clear()
        with self._place:
            for number in range(1, len(self.edited.rows) + 1):
                self.row(number)

    def row(self, number: int) -> None:
        """Draws one row."""
        with self.card(number):
            for column in self.columns():
                self.cell(number, column)

    def columns(self) -> tuple[str, ...]:
        """What a card holds, in the order in which it is read."""
        return self.edited.kind.row.columns()

    @contextmanager
    def card(self, number: int) -> Iterator[None]:
        """A row as a card, with a button that takes it away."""
        name = row_name(self.edited.kind, self.edited.rows, number)
        made = ui.element("fieldset").classes("board-card")
        made.props["id"] = f"{self.edited.name}-row-{number}"
        with made:
            Words("legend", name)
            with ui.element("div").classes("board-cells"):
                yield
            with ui.element("div").classes("actions"):
                self.extras(number)
                self.remover(number, name)

    def extras(self, number: int) -> None:
        """Buttons of a card besides the one that takes it away; none as a rule."""

    def remover(self, number: int, name: str) -> None:
        """The button that takes a row away."""

        def remove() -> object:
            self.edited.keep(f"{name} is taken away.")
            del self.edited.rows[number - 1]
            if not self.edited.rows:
                self.edited.rows.append(self.new_row())
            self.redraw()
            return self.edited.moved()

        made = button("Remove", remove, "plain")
        made.props["aria-label"] = f"Remove {name.lower()}"

    def cell(self, number: int, column: str, tag: str = "div") -> Cell:
        """Draws one cell."""
        kind, rows = self.edited.kind, self.edited.rows
        made = Cell(
            kind.row,
            rows[number - 1],
            column,
            place=(self.edited.name, number),
            typed=lambda column: self.typed(number, column),
            tag=tag,
        )
        self.cells[number, column] = made
        return made

    def typed(self, number: int, column: str) -> object:
        """Somebody wrote in a cell; forms that show more than the cell override this."""
        del number, column
        return self.edited.typed()

    def new_row(self) -> Cells:
        """What is added by the button."""
        return empty_row(self.edited.kind)

    def _add(self) -> object:
        return self.append(self.new_row())

    def append(self, row: Cells) -> object:
        """Adds a row at the end and draws it."""
        if len(self.edited.rows) >= MOST_ROWS:
            ui.notify(f"A board has at most {MOST_ROWS} rows.")
            return None
        self.edited.rows.append(row)
        number = len(self.edited.rows)
        with self._place:
            self.row(number)
        focus(next(cell.control for place, cell in self.cells.items() if place[0] == number))
        return self.edited.moved()
