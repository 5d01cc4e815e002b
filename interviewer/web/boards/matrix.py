"""The risk matrix: a grid to click, beside the same data as fields."""

from nicegui import ui

from interviewer.domain.artefacts.findings import named
from interviewer.domain.artefacts.scales import Impact, Likelihood, band
from interviewer.web.boards.form import Edited, Form
from interviewer.web.controls import choice, on_choice
from interviewer.web.words import Words, paragraph
from interviewer.workbench.boards.draft import Cells, CheckedDraft

_BEFORE = ("likelihood", "impact")
_AFTER = ("residual_likelihood", "residual_impact")
_RATINGS = {"before": _BEFORE, "after": _AFTER}
_SAID = {"before": "before its control", "after": "with its control"}


class MatrixForm(Form):
    """Cards of risks, and the grid in which they are placed."""

    a_row = "a risk"

    def __init__(self, edited: Edited) -> None:
        super().__init__(edited)
        self._number = 1
        self._rating = "before"
        self._squares: dict[tuple[str, str], tuple[Words, ui.element]] = {}

    def columns(self) -> tuple[str, ...]:
        """Words first, then the four places."""
        return ("risk", "control", *_BEFORE, *_AFTER)

    def append(self, row: Cells) -> object:
        """Adds a risk, which is then the one to be placed."""
        self._number, self._rating = len(self.edited.rows) + 1, "before"
        return super().append(row)

    def build(self) -> None:
        """Draws everything."""
        self._choosing = ui.element("div").classes("fields")
        self._armed = paragraph("", "quiet").props("role=status")
        self._grid()
        super().build()

    def redraw(self) -> None:
        """Draws all risks anew."""
        self._number, self._rating = 1, "before"
        super().redraw()

    def refresh(self, checked: CheckedDraft) -> None:
        """Moves the marks to where the risks are."""
        super().refresh(checked)
        self._choose()
        for (likelihood, impact), (told, marks) in self._squares.items():
            before, after = (self._there(it, likelihood, impact) for it in (_BEFORE, _AFTER))
            level = band(Likelihood(likelihood), Impact(impact)).value
            said = [f"{likelihood.replace('-', ' ')}, {impact}: {level}."]
            said += [f"Before controls: {', '.join(map(str, before))}."] if before else []
            said += [f"With controls: {', '.join(map(str, after))}."] if after else []
            words = " ".join(said)
            if told.text == words:
                continue
            told.set_text(words)
            marks.clear()
            with marks:
                for number in before:
                    Words("span", str(number), "mark-before")
                for number in after:
                    Words("span", str(number), "mark-after")

    def _there(self, rating: tuple[str, str], likelihood: str, impact: str) -> list[int]:
        place = (likelihood, impact)
        return [
            number
            for number, row in enumerate(self.edited.rows, 1)
            if (row[rating[0]], row[rating[1]]) == place
        ]

    def _choose(self) -> None:
        """Which risk the next click places, and which of its ratings."""
        risks = {
            str(number): f"{number}: {named(row['risk'])}" if row["risk"] else f"{number}"
            for number, row in enumerate(self.edited.rows, 1)
        }
        ratings = {key: text.capitalize() for key, text in _SAID.items()}

        self._number = min(self._number, len(self.edited.rows))

        def risk_chosen(number: str) -> None:
            self._number = int(number)
            self._say()

        def rating_chosen(rating: str) -> None:
            self._rating = rating
            self._say()

        shown = (risks, self._number, self._rating)
        if getattr(self, "_shown", None) != shown:
            self._shown = shown
            self._choosing.clear()
            with self._choosing:
                on_choice(choice("Place risk", risks, str(self._number)), risks, risk_chosen)
                on_choice(choice("As it is", ratings, self._rating), ratings, rating_chosen)
        self._say()

    def _say(self) -> None:
        self._armed.set_text(
            f"A click in the grid places risk {self._number} {_SAID[self._rating]}. "
            "Arrow keys move in the grid; the fields below are the same."
        )

    def _grid(self) -> None:
        with ui.element("table").classes("risk-grid"):
            Words("caption", "Impact upwards, likelihood to the right")
            with ui.element("thead"), ui.element("tr"):
                ui.element("td")
                for likelihood in Likelihood:
                    Words("th", likelihood.value.replace("-", " ")).props["scope"] = "col"
            with ui.element("tbody"):
                for impact in reversed(Impact):
                    with ui.element("tr"):
                        Words("th", impact.value).props["scope"] = "row"
                        for likelihood in Likelihood:
                            with ui.element("td"):
                                self._square(likelihood, impact)
        with ui.element("p").classes("quiet legend"):
            Words("span", "1", "mark-before").props("aria-hidden=true")
            Words("span", "before controls")
            Words("span", "1", "mark-after").props("aria-hidden=true")
            Words("span", "with controls")

    def _square(self, likelihood: Likelihood, impact: Impact) -> None:
        level = band(likelihood, impact).value
        square = ui.element("button").classes(f"square {level}").props("type=button")
        square.mark(f"square-{likelihood}-{impact}")
        square.on("click", lambda: self._put(likelihood.value, impact.value))
        with square:
            told = Words("span", "", "unseen")
            marks = ui.element("span").classes("marks").props("aria-hidden=true")
            Words("span", level, "level").props("aria-hidden=true")
        self._squares[likelihood.value, impact.value] = (told, marks)

    def _put(self, likelihood: str, impact: str) -> object:
        columns = _RATINGS[self._rating]
        for column, place in zip(columns, (likelihood, impact), strict=True):
            self.cells[self._number, column].put(place)
        self._advance()
        return self.edited.moved()

    def _advance(self) -> None:
        """On to the next rating that is still to be placed, so that two clicks do a risk."""
        row = self.edited.rows[self._number - 1]
        if self._rating == "before" and not any(row[column] for column in _AFTER):
            self._rating = "after"
        elif self._rating == "after" and self._number < len(self.edited.rows):
            following = self.edited.rows[self._number]
            if not any(following[column] for column in _BEFORE):
                self._number, self._rating = self._number + 1, "before"
