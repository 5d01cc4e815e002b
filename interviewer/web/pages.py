"""The pages: home, the room, the scorecard. Each is drawn from the log whenever it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from nicegui import Client, ui
from nicegui import app as nicegui_app
from starlette.responses import Response

from interviewer.bootstrap import LOCAL_OWNER, Product
from interviewer.errors import InterviewerError
from interviewer.web.home import show_home
from interviewer.web.room import Room
from interviewer.web.scorecard import show_scorecard
from interviewer.web.sign_in import owner_signed_in, sign_in_form
from interviewer.web.words import heading, paragraph

FOOTER = (
    "An independent practice tool, not affiliated with JPMorgan Chase. Personas are fictional. "
    "No legal advice."
)
_STYLE = Path(__file__).with_name("style.css")


def register(api: FastAPI) -> None:
    """Adds the pages to the application."""
    nicegui_app.add_static_file(local_file=_STYLE, url_path="/style.css")

    @ui.page("/", title="interviewer")
    async def home() -> None:
        with _frame():
            owner = _owner(api)
            if owner is None:
                return
            try:
                await show_home(_product(api), owner)
            except InterviewerError as error:
                _problem(str(error))

    @ui.page("/interviews/{interview_id}", title="The room")
    async def room(interview_id: str) -> None:
        with _frame() as shell:
            owner = _owner(api)
            if owner is None:
                return
            try:
                await Room(_product(api), interview_id, owner).build()
            except InterviewerError as error:
                shell.clear()
                _problem(str(error))

    @ui.page("/interviews/{interview_id}/scorecard", title="Scorecard")
    async def scorecard(interview_id: str) -> None:
        with _frame():
            owner = _owner(api)
            if owner is None:
                return
            try:
                report = await _product(api).report(interview_id, owner=owner)
            except InterviewerError as error:
                _problem(str(error))
                return
            show_scorecard(report, _product(api).library.passages)


def register_mishaps() -> None:
    """Adds what is shown instead of a page that does not exist, or cannot be built."""

    @nicegui_app.exception_handler(404)
    async def not_found(request: Request, error: Exception) -> Response:
        del error
        with Client(ui.page(""), request=request) as client, _frame():
            _problem(f"There is no page at {request.url.path}.")
        return client.build_response(request, 404)

    def broken() -> None:
        with _frame():
            _problem("This is a fault of the product; its log says more. What you sent is kept.")

    nicegui_app.on_page_exception(broken)


def _product(api: FastAPI) -> Product:
    product: Product = api.state.product
    return product


def _owner(api: FastAPI) -> str | None:
    """Who looks at the page; shows the sign-in form and returns None if nobody may yet."""
    if not api.state.owners:
        return LOCAL_OWNER
    owner = owner_signed_in(api.state.owners)
    if owner is None:
        sign_in_form(api.state.owners)
    return owner


@contextmanager
def _frame() -> Iterator[ui.element]:
    """What every page has around its content."""
    ui.add_head_html('<link rel="stylesheet" href="/style.css">')
    ui.query("html").props("lang=en")
    shell = ui.element("div").classes("shell")
    with ui.element("footer").classes("shell footer"):
        paragraph(FOOTER)
    with shell:
        yield shell


def _problem(message: str) -> None:
    heading("This cannot be shown", 1, "title")
    paragraph(message, "notice")
    ui.link("Back to the start", "/")
