"""Where each page stands. A page is drawn whenever it is opened, and keeps nothing in between."""

from functools import partial

from fastapi import FastAPI, Request
from nicegui import Client, ui
from nicegui import app as nicegui_app
from starlette.responses import Response

from interviewer.web.frame import frame, framed, problem, serve_files
from interviewer.web.home import show_home
from interviewer.web.room import show_room
from interviewer.web.scorecard import show_scorecard


def register(api: FastAPI) -> None:
    """Adds the pages to the application."""
    serve_files()
    _add_rounds(api)


def _add_rounds(api: FastAPI) -> None:
    @ui.page("/", title="Rounds: interviewer")
    async def home() -> None:
        await framed(api, show_home, "/")

    @ui.page("/interviews/{interview_id}", title="The room: interviewer")
    async def room(interview_id: str) -> None:
        await framed(api, partial(show_room, interview_id))

    @ui.page("/interviews/{interview_id}/scorecard", title="Scorecard: interviewer")
    async def scorecard(interview_id: str) -> None:
        await framed(api, partial(show_scorecard, interview_id))


def register_mishaps() -> None:
    """Adds what is shown instead of a page that does not exist, or cannot be built."""

    @nicegui_app.exception_handler(404)
    async def not_found(request: Request, error: Exception) -> Response:
        del error
        with Client(ui.page(""), request=request) as client, frame():
            problem(f"There is no page at {request.url.path}.")
        return client.build_response(request, 404)

    def broken() -> None:
        with frame():
            problem("This is a fault of the product; its log says more. What you sent is kept.")

    nicegui_app.on_page_exception(broken)
