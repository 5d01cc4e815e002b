"""Where each page stands. A page is drawn whenever it is opened, and keeps nothing in between."""

from functools import partial

from fastapi import FastAPI, Request
from nicegui import Client, ui
from nicegui import app as nicegui_app
from starlette.responses import Response

from interviewer.web.bank import show_bank
from interviewer.web.boards.assets import serve_board_files
from interviewer.web.boards.page import show_board, show_boards
from interviewer.web.critique import show_critique
from interviewer.web.documents import show_documents
from interviewer.web.drill import show_drill
from interviewer.web.evals import show_evals
from interviewer.web.frame import frame, framed, problem, serve_files
from interviewer.web.home import show_home
from interviewer.web.knowledge import show_changes, show_knowledge, show_source
from interviewer.web.loop import show_debrief, show_loop
from interviewer.web.practice import show_practice
from interviewer.web.progress import show_progress
from interviewer.web.quiz import show_quiz
from interviewer.web.readiness import show_readiness
from interviewer.web.room import show_room
from interviewer.web.scorecard import show_scorecard
from interviewer.web.status import show_status
from interviewer.web.timeline import Wanted, show_timeline
from interviewer.web.workbench.practice_code import show_problem, show_problems
from interviewer.web.workbench.practice_sketch import show_sketch
from interviewer.web.workbench.practice_sql import show_sql_problem, show_sql_problems

_TIMEOUT_S = 30.0
"""A page that is not drawn by then is an error; with NiceGUI's three seconds a busy machine has many."""

_page = partial(ui.page, response_timeout=_TIMEOUT_S)


def register(api: FastAPI) -> None:
    """Adds the pages to the application."""
    serve_files()
    _add_rounds(api)
    _add_loops(api)
    _add_practice(api)
    _add_workbench(api)
    _add_preparation(api)
    _add_knowledge(api)
    _add_boards(api)


def _add_rounds(api: FastAPI) -> None:
    @_page("/", title="Rounds: interviewer")
    async def home() -> None:
        await framed(api, show_home, "/")

    @_page("/interviews/{interview_id}", title="The room: interviewer")
    async def room(interview_id: str) -> None:
        await framed(api, partial(show_room, interview_id))

    @_page("/interviews/{interview_id}/scorecard", title="Scorecard: interviewer")
    async def scorecard(interview_id: str) -> None:
        await framed(api, partial(show_scorecard, interview_id))


def _add_loops(api: FastAPI) -> None:
    @_page("/loops/{loop_id}", title="Loop: interviewer")
    async def loop(loop_id: str) -> None:
        await framed(api, partial(show_loop, loop_id))

    @_page("/loops/{loop_id}/debrief", title="Debrief: interviewer")
    async def debrief(loop_id: str) -> None:
        await framed(api, partial(show_debrief, loop_id))


def _add_practice(api: FastAPI) -> None:
    @_page("/practice", title="Practice: interviewer")
    async def practice(until: str = "") -> None:
        await framed(api, partial(show_practice, until), "/practice")

    @_page("/drills/{drill_id}", title="Drill: interviewer")
    async def drill(drill_id: str) -> None:
        await framed(api, partial(show_drill, drill_id), "/practice")

    @_page("/critique", title="Critique: interviewer")
    async def critique(question: str = "") -> None:
        await framed(api, partial(show_critique, question), "/critique")

    @_page("/questions", title="Question bank: interviewer")
    async def questions(track: str = "", round: str = "", category: str = "") -> None:
        await framed(api, partial(show_bank, track, round, category), "/questions")

    @_page("/progress", title="Progress: interviewer")
    async def progress(track: str = "") -> None:
        await framed(api, partial(show_progress, track), "/progress")

    @_page("/documents", title="Your documents: interviewer")
    async def documents() -> None:
        await framed(api, show_documents, "/documents")

    @_page("/status", title="Status: interviewer")
    async def status() -> None:
        await framed(api, show_status, "/status")

    @_page("/evals", title="Evaluation: interviewer")
    async def evals() -> None:
        await framed(api, show_evals, "/evals")


def _add_preparation(api: FastAPI) -> None:
    @_page("/readiness", title="Readiness: interviewer")
    async def readiness(request: Request) -> None:
        await framed(api, partial(show_readiness, dict(request.query_params)), "/readiness")

    @_page("/quiz", title="Know the business: interviewer")
    async def quiz(request: Request) -> None:
        await framed(api, partial(show_quiz, dict(request.query_params)), "/quiz")

    @_page("/timeline", title="Timeline: interviewer")
    async def timeline(
        track: str = "",
        applied: str = "",
        interview: str = "",
        step: str = "",
        reschedule: str = "",
    ) -> None:
        wanted = Wanted(track, applied, interview, step, reschedule)
        await framed(api, partial(show_timeline, wanted), "/timeline")


def _add_workbench(api: FastAPI) -> None:
    @_page("/practice/code", title="Coding problems: interviewer")
    async def problems() -> None:
        await framed(api, show_problems, "/practice/code")

    @_page("/practice/code/{problem_id}", title="Coding problem: interviewer")
    async def problem(problem_id: str) -> None:
        await framed(api, partial(show_problem, problem_id), "/practice/code")

    @_page("/practice/sql", title="SQL problems: interviewer")
    async def sql_problems() -> None:
        await framed(api, show_sql_problems, "/practice/sql")

    @_page("/practice/sql/{problem_id}", title="SQL problem: interviewer")
    async def sql_problem(problem_id: str) -> None:
        await framed(api, partial(show_sql_problem, problem_id), "/practice/sql")

    @_page("/practice/sketch", title="Sketch: interviewer")
    async def sketch() -> None:
        await framed(api, show_sketch, "/practice/sketch")


def _add_knowledge(api: FastAPI) -> None:
    @_page("/knowledge", title="Knowledge: interviewer")
    async def knowledge(q: str = "", status: str = "") -> None:
        await framed(api, partial(show_knowledge, q, status), "/knowledge")

    @_page("/knowledge/{source}", title="Knowledge: interviewer")
    async def source(source: str) -> None:
        await framed(api, partial(show_source, source), "/knowledge")

    @_page("/knowledge/{old}/{new}", title="What changed: interviewer")
    async def changes(old: str, new: str) -> None:
        await framed(api, partial(show_changes, old, new), "/knowledge")


def _add_boards(api: FastAPI) -> None:
    serve_board_files()

    @_page("/boards", title="Boards: interviewer")
    async def boards() -> None:
        await framed(api, show_boards, "/boards")

    @_page("/boards/{board_id}", title="Board: interviewer")
    async def board(board_id: str) -> None:
        await framed(api, partial(show_board, board_id), "/boards")


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
