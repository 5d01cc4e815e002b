"""The RAV curve: points to drag, beside the same numbers as fields."""

from nicegui import ui

from interviewer.domain.artefacts.rav import When
from interviewer.web.boards.form import Edited, Form
from interviewer.web.boards.rav_plot import RavPlot
from interviewer.web.controls import button
from interviewer.web.words import paragraph
from interviewer.workbench.boards.draft import Cells, CheckedDraft, empty_row

_UNITS = ("gain_unit", "risk_unit")
"""The same in every row, and asked for once."""
_COLUMNS = ("option", "when", "gain", "risk", "baseline", "change")


class RavForm(Form):
    """Cards of points, the plot they stand in, and the units of both axes."""

    a_row = "an option"

    def __init__(self, edited: Edited) -> None:
        super().__init__(edited)
        self._plot = RavPlot(edited.name)

    def build(self) -> None:
        """Draws everything."""
        with ui.element("figure").classes("board-plot"):
            self._plot.build()
        self._missing = paragraph("", "quiet")
        super().build()

    def refresh(self, checked: CheckedDraft) -> None:
        """Moves the points to where the numbers are."""
        super().refresh(checked)
        left = self._plot.refresh(self.edited.rows)
        rows = ", ".join(map(str, left))
        many = "Rows" if len(left) > 1 else "Row"
        self._missing.set_text(
            f"{many} {rows}: not in the plot yet; write a gain and a risk." if left else ""
        )

    def row(self, number: int) -> None:
        """Draws a point; above the first, the units of all."""
        if number == 1:
            with ui.element("div").classes("board-cells units"):
                for column in _UNITS:
                    self.cell(1, column)
        with self.card(number):
            for column in _COLUMNS:
                self.cell(number, column)

    def extras(self, number: int) -> None:
        """An option before the change leads to the same one after it."""
        row = self.edited.rows[number - 1]
        if row["when"] != When.AFTER:
            made = button("Add the point after", lambda: self._after(row), "plain")
            made.props["aria-label"] = f"Add the point after the change for row {number}"
            made.mark(f"after-{number}")

    def typed(self, number: int, column: str) -> object:
        """Keeps the units of all rows the same."""
        if column in _UNITS:
            for row in self.edited.rows:
                row[column] = self.edited.rows[0][column]
        return super().typed(number, column)

    def new_row(self) -> Cells:
        """One more option before the change."""
        return self._with_units(when=When.BEFORE.value)

    def _after(self, before: Cells) -> object:
        same = {column: before[column] for column in ("option", "gain", "risk")}
        return self.append(self._with_units(when=When.AFTER.value, **same))

    def _with_units(self, **cells: str) -> Cells:
        first = self.edited.rows[0] if self.edited.rows else {}
        units = {column: first.get(column, "") for column in _UNITS}
        return empty_row(self.edited.kind, **units, **cells)
