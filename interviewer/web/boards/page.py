"""The pages of boards: all kinds and one's own, and one board with its editor."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.bootstrap import Product
from interviewer.domain.artefacts.kinds import KINDS
from interviewer.errors import InterviewerError, WrongSequence
from interviewer.practice.kept_boards import MOST_TITLE
from interviewer.store.board_rows import KeptBoard, ListedBoard
from interviewer.web.boards.assets import load_files
from interviewer.web.boards.editor import show_editor
from interviewer.web.boards.files import Taken, picker
from interviewer.web.controls import button
from interviewer.web.words import Words, heading, link, paragraph
from interviewer.workbench.boards.draft import Cells

_FOR = {
    "matrix": "Where each risk stands by likelihood and impact, before its control and with it.",
    "register": "Each risk with its control, its owner, who tests it, and when somebody must act.",
    "three-c": "Customer, constraints and commerce, and for each what is easily left out.",
    "four-p": "Problem, provenance, performance and policy, a sentence each that can be checked.",
    "rav": "Gain against added regulatory risk, before and after a change of governance.",
    "go-to-market": "Phases with dates, a measure, a gate, an owner, and a way back.",
    "star": "One of your own stories in four parts, as you would tell it.",
}
_AT_FIRST = 6
"""Boards that are listed without unfolding."""


async def show_boards(product: Product, owner: str) -> None:
    """Draws the list."""
    await BoardsPage(product, owner).build()


async def show_board(board_id: str, product: Product, owner: str) -> None:
    """Draws one board.

    Raises:
        UnknownId: The owner keeps no such board.
    """
    board = await product.practice.boards.board(board_id, owner=owner)
    BoardPage(product, owner, board).build()


async def _told(step: Awaitable[object]) -> bool:
    """Takes a step; says it where it cannot be taken."""
    try:
        await step
    except InterviewerError as error:
        ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
        return False
    return True


class BoardsPage:
    """The kinds there are, and the boards of one owner."""

    def __init__(self, product: Product, owner: str) -> None:
        self._boards = product.practice.boards
        self._owner = owner

    async def build(self) -> None:
        """Draws everything."""
        load_files()
        heading("Boards", 1, "title")
        paragraph(
            "What a case asks you to draw and hand over. Each is looked at while you write, as a "
            "risk officer would look at it, and is kept as you leave it.",
            "lead",
        )
        self._list = ui.element("div")
        heading("Begin one", 2)
        with ui.element("ul").classes("plain-list narrow"):
            for kind in KINDS.values():
                with ui.element("li"):
                    with ui.element("span").classes("grow"):
                        Words("span", kind.title, "name")
                        paragraph(_FOR[kind.kind], "quiet")
                    begin = button("Begin", self._beginning(kind.kind), "plain")
                    begin.props["aria-label"] = f"Begin: {kind.title}"
                    begin.mark(f"begin-{kind.kind}")
        picker("Or open one from a file (CSV, JSON or Markdown)", None, self._open)
        await self._refresh()

    def _beginning(self, kind: str) -> Callable[[], Awaitable[None]]:
        async def begin() -> None:
            await self._begun(Taken(kind, [], ""))

        return begin

    async def _open(self, taken: Taken) -> None:
        await self._begun(taken)

    async def _begun(self, taken: Taken) -> None:
        try:
            board = await self._boards.begin(
                taken.kind, taken.rows, _stem(taken.name), owner=self._owner
            )
        except InterviewerError as error:
            ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
            return
        ui.navigate.to(f"/boards/{board.id}")

    async def _refresh(self) -> None:
        kept = await self._boards.listing(self._owner)
        self._list.clear()
        if not kept:
            return
        with self._list:
            heading("Yours", 2)
            self._lines(kept[:_AT_FIRST])
            if older := kept[_AT_FIRST:]:
                with ui.element("details").classes("narrow"):
                    Words("summary", f"{len(older)} older")
                    self._lines(older)

    def _lines(self, boards: Sequence[ListedBoard]) -> None:
        with ui.element("ul").classes("plain-list narrow"):
            for board in boards:
                self._line(board)

    def _line(self, board: ListedBoard) -> None:
        async def forget() -> None:
            if await _told(self._boards.forget(board.id, owner=self._owner)):
                await self._refresh()

        with ui.element("li"):
            with ui.element("span"):
                link(board.title, f"/boards/{board.id}", "name")
                Words("span", KINDS[board.kind].title, "badge")
                paragraph(f"saved {board.saved_at:%d %B %Y, %H:%M} UTC", "quiet")
            button("Forget", forget, "plain").props["aria-label"] = f"Forget {board.title}"


def _stem(name: str) -> str:
    """A file's name without its ending."""
    return (name.rpartition(".")[0] or name)[:MOST_TITLE]


class BoardPage:
    """One board: its name, its editor, and that it is kept."""

    def __init__(self, product: Product, owner: str, board: KeptBoard) -> None:
        self._boards = product.practice.boards
        self._owner = owner
        self._board = board
        self._title = board.title
        self._saving = asyncio.Lock()

    def build(self) -> None:
        """Draws everything."""
        link("All boards", "/boards")
        self._heading = heading(self._board.title, 1, "title")
        with ui.element("div").classes("fields narrow"):
            with ui.element("label").classes("field"):
                Words("span", "Name")
                name = ui.element("input").props("autocomplete=off").mark("board-name")
            name.props["maxlength"] = MOST_TITLE
            name.props["defaultValue"] = self._board.title
            name.on("change", self._named, js_handler="(event) => emit(event.target.value)")
        self._kept = paragraph("", "quiet")
        self._trouble = ui.element("div").props("role=alert")
        self._editor = show_editor(self._board.kind, self._board.rows, self._save)
        self._say()

    async def _named(self, event: GenericEventArguments) -> None:
        if isinstance(event.args, str):
            self._title = event.args
            await self._save(self._editor.rows)

    async def _save(self, rows: list[Cells]) -> None:
        # One after the other, or the second would take the first for another window's.
        async with self._saving:
            try:
                self._board = await self._boards.save(
                    self._board, self._title, rows, owner=self._owner
                )
            except InterviewerError as error:
                if not self._trouble.is_deleted:
                    self._stopped(error)
                return
        if not self._trouble.is_deleted:
            self._trouble.clear()
            self._heading.set_text(self._board.title)
            self._say()

    def _say(self) -> None:
        self._kept.set_text(f"Kept as you write; last saved {self._board.saved_at:%H:%M:%S} UTC.")
        self._kept.props["data-revision"] = self._board.revision

    def _stopped(self, error: InterviewerError) -> None:
        """Says that it was not saved; what is typed stays in the page."""
        self._trouble.clear()
        with self._trouble:
            paragraph(f"Not saved: {error}", "notice")
            if isinstance(error, WrongSequence):
                with ui.element("div").classes("actions"):
                    button("Show what is kept", ui.navigate.reload, "plain")
                    button("Keep this one", self._overwrite, "plain")

    async def _overwrite(self) -> None:
        newest = self._boards.board(self._board.id, owner=self._owner)
        try:
            self._board = self._board._replace(revision=(await newest).revision)
        except InterviewerError as error:
            self._stopped(error)
            return
        await self._save(self._editor.rows)
