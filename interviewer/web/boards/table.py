"""The register and the plan: a table to write in; where there is no room for it, cards."""

from nicegui import ui

from interviewer.web.boards.cells import label
from interviewer.web.boards.form import Form, row_name
from interviewer.web.words import Words


class TableForm(Form):
    """Rows of a table, a control in every cell."""

    def build(self) -> None:
        """Draws everything."""
        super().build()
        self._place.classes("board-scrolls").props("tabindex=0 role=region")
        self._place.props["aria-label"] = self.edited.kind.title

    def _draw(self) -> None:
        self.cells.clear()
        with self._place, ui.element("table").classes("board-table"):
            with ui.element("thead"), ui.element("tr"):
                Words("th", "Row").props["scope"] = "col"
                for column in self.edited.kind.row.columns():
                    Words("th", label(column), f"col-{column}").props["scope"] = "col"
                ui.element("td")
            self._body = ui.element("tbody")
        with self._body:
            for number in range(1, len(self.edited.rows) + 1):
                self.row(number)

    def row(self, number: int) -> None:
        """Draws one row, in the body of the table."""
        name = row_name(self.edited.kind, self.edited.rows, number)
        with self._body, ui.element("tr") as made:
            made.props["id"] = f"{self.edited.name}-row-{number}"
            Words("th", name).props["scope"] = "row"
            for column in self.edited.kind.row.columns():
                self.cell(number, column, "td")
            with ui.element("td"):
                self.remover(number, name)
