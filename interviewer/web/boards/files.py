"""Files in and out of an editor."""

from collections.abc import Callable
from typing import NamedTuple

from nicegui import ui
from nicegui.events import MultiUploadEventArguments

from interviewer.domain.problem import Problem
from interviewer.web.controls import button
from interviewer.web.words import Words, paragraph
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.reading import MOST_BYTES, ReadBoard, read_board
from interviewer.workbench.boards.writing import cells_of

FORMATS = {
    Format.CSV: "text/csv",
    Format.JSON: "application/json",
    Format.MARKDOWN: "text/markdown",
}
_NAMES = {Format.CSV: "CSV", Format.JSON: "JSON", Format.MARKDOWN: "Markdown"}


class Taken(NamedTuple):
    """Rows out of a file."""

    kind: str
    rows: list[dict[str, object]]
    name: str


def picker(text: str, kind: str | None, take: Callable[[Taken], object]) -> ui.upload:
    """A field for one file; says what is wrong with it, line by line.

    Args:
        text: Beside the field.
        kind: What a file must hold; told from the file if None.
        take: Gets the rows; may be a coroutine function.
    """
    # NiceGUI's own control is closed to a keyboard and to screen readers. It only takes what
    # `page.js` sends it from the browser's own.
    relay = ui.upload(multiple=True, max_file_size=MOST_BYTES).mark("board-file").classes("relay")
    with ui.element("label").classes("field narrow"):
        Words("span", text)
        field = ui.element("input").props("type=file data-uploads accept=.csv,.tsv,.json,.md")
    field.props["data-url"] = relay.props["url"]
    field.props["data-most"], field.props["data-bytes"] = 1, MOST_BYTES
    ui.element("progress").props('max=1 value=0 aria-label="Sending" hidden').classes("narrow")
    Words("p", "", "notice upload-note").props("role=status")
    said = ui.element("div").props("role=status")

    async def arrived(event: MultiUploadEventArguments) -> None:
        said.clear()
        upload = event.files[0]
        name = upload.name.replace("\\", "/").rpartition("/")[2][:80]
        if upload.size() > MOST_BYTES:
            with said:
                paragraph(f"{name} is over {MOST_BYTES:,} bytes.", "notice")
            return
        read = read_board(name, await upload.read(), kind=kind)
        with said:
            await _taken(name, read, take)

    relay.on_multi_upload(arrived)
    return relay


async def _taken(name: str, read: ReadBoard, take: Callable[[Taken], object]) -> None:
    for notice in read.notices:
        paragraph(notice, "quiet")
    if read.board is not None:
        cells: list[dict[str, object]] = [dict(row) for row in cells_of(read.board)]
        await _handed(take, Taken(type(read.board).kind, cells, name))
        return
    paragraph(f"{name} was not taken in. Correct it, or take it in and correct it here.", "notice")
    with ui.element("ul"):
        for problem in read.problems:
            Words("li", _said(problem))
    if read.kind is not None and read.rows:
        taken = Taken(read.kind, [dict(row) for row in read.rows], name)
        button("Take it in as it is", lambda: _handed(take, taken), "plain")


async def _handed(take: Callable[[Taken], object], taken: Taken) -> None:
    done = take(taken)
    if hasattr(done, "__await__"):
        await done


def _said(problem: Problem) -> str:
    field = "" if problem.field == "-" else f"{problem.field}: "
    return f"Line {problem.line}: {field}{problem.message}"


def exporter(stem: str, written: Callable[[Format], str], drawn: Callable[[], str | None]) -> None:
    """Buttons that hand the board over as a file.

    Args:
        stem: Of the file's name.
        written: The board as text.
        drawn: The board as a picture; None if there is nothing to draw yet.
    """

    def picture() -> None:
        svg = drawn()
        if svg is None:
            ui.notify("There is nothing to draw yet: the first row is not in order.")
            return
        ui.download(svg.encode(), f"{stem}.svg", "image/svg+xml")

    def giving(form: Format) -> Callable[[], None]:
        def give() -> None:
            ui.download(written(form).encode(), f"{stem}.{form}", FORMATS[form])

        return give

    with ui.element("div").classes("actions").props('role=group aria-label="Take it along"'):
        for form, name in _NAMES.items():
            button(name, giving(form), "plain").props["aria-label"] = f"Export as {name}"
        button("Picture", picture, "plain").props["aria-label"] = "Export as a picture (SVG)"
