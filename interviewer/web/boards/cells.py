"""One cell of a board as a labelled control of the browser's own.

A control is given its text once and from then on belongs to whoever types in it: nothing that is
drawn anew elsewhere can overwrite a half-typed word.
"""

import datetime as dt
import math
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from typing import get_args

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.domain.artefacts.artefact import Row
from interviewer.web.words import Words
from interviewer.workbench.boards.draft import MOST_TYPED, Cells

LONG = {
    "risk",
    "control",
    "statement",
    "told",
    "change",
    "audience",
    "measure",
    "gate",
    "stop",
    "fallback",
    "trigger",
}
"""Columns that hold sentences: they get a box that grows."""

Typed = Callable[[str], object]
"""Called with all that stands in the cell; may be a coroutine function."""

_ALL = f"(event) => emit(event.target.value.slice(0, {MOST_TYPED + 1}))"


def label(column: str) -> str:
    """A column's name for people.

    >>> label("residual_impact")
    'Residual impact'
    """
    return column.replace("_", " ").capitalize()


def places(row: type[Row], column: str) -> tuple[str, ...]:
    """What may be chosen there; nothing where anything may be written."""
    kinds = _kinds(row, column)
    scale = next((it for it in kinds if isinstance(it, type) and issubclass(it, StrEnum)), None)
    return () if scale is None else tuple(place.value for place in scale)


def number_in(text: str) -> float | None:
    """The number that a cell holds; None if it holds none."""
    with suppress(ValueError):
        number = float(text)
        if math.isfinite(number):
            return number
    return None


class Cell:
    """One control, with its label and what is wrong with what stands in it."""

    def __init__(
        self,
        row: type[Row],
        cells: Cells,
        column: str,
        *,
        place: tuple[str, int],
        typed: Typed,
        tag: str = "div",
    ) -> None:
        """Draws it.

        Args:
            row: The kind of row.
            cells: Where the text is kept; this writes there.
            column: Which of its cells.
            place: The editor's name and the row's number, from 1.
            typed: Told of every change, after it is kept.
            tag: Of the element that holds it all.
        """
        self.column = column
        self.number = place[1]
        self._cells = cells
        self._typed = typed
        self._options: dict[str, Words] = {}
        self._name = f"{place[0]}-{place[1]}-{column}"
        self._frame = ui.element(tag).classes(f"cell col-{column}")
        self._wrong: Words | None = None
        with self._frame, ui.element("label").classes("field"):
            Words("span", label(column), "label")
            self.control = self._drawn(row)
        self.control.props["data-cell"] = self._name
        self.control.props["aria-label"] = f"{label(column)}, row {self.number}"
        self.control.mark(f"{column}-{self.number}")

    def _drawn(self, row: type[Row]) -> ui.element:
        text, options = self._cells[self.column], places(row, self.column)
        if options:
            return self._select(options, text, needed=row.model_fields[self.column].is_required())
        if self.column in LONG and float not in _kinds(row, self.column):
            made = ui.element("textarea").props("rows=2")
        else:
            made = ui.element("input").props("autocomplete=off")
            made.props["type"] = _sort(row, self.column, text)
            made.props["step"] = "any"
        # As a default, not as a value: Vue would put a value back whenever the page is drawn.
        made.props["defaultValue"] = text
        made.props["placeholder"] = f"e.g. {row.example(self.column)}"
        made.on("input", self._written, js_handler=_ALL)
        return made

    def _select(self, options: tuple[str, ...], text: str, *, needed: bool) -> ui.element:
        made = ui.element("select")
        named = {"": "choose" if needed else "not chosen"}
        named |= {place: place.replace("-", " ") for place in options}
        # What came in with a file stays to be seen until something else is chosen.
        named.setdefault(text, f"{text[:40]} (not on the scale)")
        with made:
            for value, shown in named.items():
                self._options[value] = Words("option", shown)
                self._options[value].props["value"] = value
        self._choose(text)
        made.on("change", self._written, js_handler=_ALL)
        return made

    def _choose(self, text: str) -> None:
        for value, option in self._options.items():
            option.props.set_bool("selected", value == text)

    def put(self, text: str) -> None:
        """Chooses a place, as if somebody had."""
        self._cells[self.column] = text
        self._choose(text)

    def say(self, wrong: str) -> None:
        """Says what is wrong with the cell; nothing, if nothing is."""
        if wrong == (self._wrong.text if self._wrong else ""):
            return
        if self._wrong is None:
            with self._frame:
                self._wrong = Words("p", "", "wrong")
            self._wrong.props["id"] = f"{self._name}-wrong"
            self.control.props["aria-describedby"] = f"{self._name}-wrong"
        self._wrong.set_text(wrong)
        self.control.props.set_optional("aria-invalid", "true" if wrong else None)

    async def _written(self, event: GenericEventArguments) -> None:
        if not isinstance(event.args, str) or (self._options and event.args not in self._options):
            return
        self._cells[self.column] = event.args
        if self._options:
            self._choose(event.args)
        done = self._typed(self.column)
        if hasattr(done, "__await__"):
            await done


def _kinds(row: type[Row], column: str) -> tuple[object, ...]:
    annotation = row.model_fields[column].annotation
    return (annotation, *get_args(annotation))


def _sort(row: type[Row], column: str, text: str) -> str:
    """The browser's own kind of field; plain text where it would hide what stands there."""
    kinds = _kinds(row, column)
    if dt.date in kinds:
        with suppress(ValueError):
            if text:
                dt.date.fromisoformat(text)
            return "date"
    if float in kinds and (not text or number_in(text) is not None):
        return "number"
    return "text"
