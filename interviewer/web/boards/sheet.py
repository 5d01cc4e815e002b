"""The 3-C and 4-P sheets and the STAR story: a part a card, sentences with their length."""

from nicegui import ui

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.domain.timing import speaking_seconds
from interviewer.web.boards.form import Edited, Form, row_name
from interviewer.web.words import Words, clock_time, heading, paragraph
from interviewer.workbench.boards.draft import parts_of

_TEXT = {"three-c": "statement", "four-p": "statement", "star": "told"}
"""The column that is the text of a part."""


class SheetForm(Form):
    """One card a part; parts are neither added nor taken away."""

    def __init__(self, edited: Edited) -> None:
        super().__init__(edited)
        self._column = _TEXT[edited.kind.kind]
        self._counts: dict[int, Words] = {}

    def build(self) -> None:
        """Draws everything."""
        self._total = paragraph("", "quiet count")
        self._place = ui.element("div").classes("board-rows")
        self._draw()

    def redraw(self) -> None:
        """Draws all parts anew."""
        self._counts.clear()
        super().redraw()

    def row(self, number: int) -> None:
        """Draws one part."""
        kind, rows = self.edited.kind, self.edited.rows
        name = row_name(kind, rows, number)
        advice = _advice(kind, rows[number - 1]["part"], self._column)
        section = ui.element("section").classes("board-card")
        section.props["id"] = f"{self.edited.name}-row-{number}"
        section.props["aria-label"] = name
        with section:
            heading(name, 3)
            if advice:
                paragraph(advice, "quiet")
            with ui.element("div").classes("board-cells"):
                for column in kind.row.columns():
                    if column == "part":
                        continue
                    self.cell(number, column)
                    if column == self._column:
                        self._counts[number] = Words("p", "", "quiet count")
            # A part too many came in with a file: only then is there something to take away.
            if number > len(parts_of(kind)) or rows[number - 1]["part"] not in parts_of(kind):
                self.remover(number, name)
        self._count()

    def typed(self, number: int, column: str) -> object:
        """Counts words as they are typed."""
        if column == self._column:
            self._count()
        return super().typed(number, column)

    def _count(self) -> None:
        texts = [row[self._column] for row in self.edited.rows]
        for number, shown in self._counts.items():
            shown.set_text(_length(texts[number - 1]))
        told = " ".join(texts)
        self._total.set_text(f"All parts together: {_length(told)}, {_time(told)} to say.")


def _length(text: str) -> str:
    words = len(text.split())
    return f"{words} word" if words == 1 else f"{words} words"


def _time(text: str) -> str:
    return f"about {clock_time(speaking_seconds(text))}"


def _advice(kind: type[Artefact], part: str, column: str) -> str:
    """What to write in this part, where the column's hint tells the parts apart."""
    for piece in kind.row.hint(column).split("; "):
        named, colon, rest = piece.partition(": ")
        if colon and named == part:
            return f"{rest[:1].upper()}{rest[1:]}."
    return ""
