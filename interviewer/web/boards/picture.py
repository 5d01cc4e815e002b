"""A board as a picture, drawn once somebody looks at it."""

from collections.abc import Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.web.words import Words, paragraph
from interviewer.workbench.boards.draft import CheckedDraft
from interviewer.workbench.boards.drawing import drawn


class Picture:
    """The picture of one board, folded away at first."""

    def __init__(
        self, kind: type[Artefact], name: str, checked: Callable[[], CheckedDraft]
    ) -> None:
        """Draws nothing yet.

        Args:
            kind: Of board.
            name: The editor's, unique in the page.
            checked: Gives the board as it is at this moment.
        """
        self._kind = kind
        self._name = name
        self._checked = checked
        self._shown = False

    def build(self) -> None:
        """Draws the fold."""
        shut = ui.element("details").mark("picture")
        shut.on("toggle", self._toggled, js_handler="(event) => emit(event.target.open)")
        with shut:
            Words("summary", "As a picture")
            self._place = ui.element("div").classes("board-picture board-scrolls")
            self._place.props("tabindex=0 role=region")
            self._place.props["aria-label"] = f"{self._kind.title} as a picture"

    def refresh(self) -> None:
        """Draws the board as it is now, if somebody looks."""
        if self._shown:
            self._draw()

    def svg(self) -> str | None:
        """The picture; None as long as no row is in order."""
        board = self._checked().board
        return None if board is None else drawn(board, self._name)

    def _toggled(self, event: GenericEventArguments) -> None:
        self._shown = event.args is True
        self.refresh()

    def _draw(self) -> None:
        self._place.clear()
        checked, svg = self._checked(), self.svg()
        with self._place:
            if svg is None:
                paragraph("It is drawn as soon as the first row is in order.", "quiet")
                return
            if checked.board is not None and not checked.is_whole:
                paragraph(
                    f"Only the first {len(checked.board.rows)} of {checked.rows} rows are drawn, "
                    "until the next is in order.",
                    "quiet",
                )
            # Built by an XML writer that escapes every text, and sanitised all the same.
            ui.html(svg, sanitize=True)
