"""The workbench beside the transcript, in rounds whose open question is solved at one."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import ShownProblem
from interviewer.domain.exchange import Exchange
from interviewer.domain.interview import Interview
from interviewer.interviews.code_turns import RoundHint
from interviewer.web.words import heading
from interviewer.web.workbench.code_panel import CodePanel, CodeWork
from interviewer.web.workbench.editor import WrittenAt

_HINT_NOTE = "A hint costs nothing; that you took it is in the report."


class Beside:
    """A place that is empty until a question needs a workbench."""

    def __init__(self, product: Product, interview_id: str, owner: str, room: ui.element) -> None:
        """Takes the place where the caller stands; `room` is what makes way for it."""
        self._product = product
        self._id = interview_id
        self._owner = owner
        self._room = room
        self._question = ""
        self._place = ui.element("section").classes("bench").props("id=workbench tabindex=-1")

    async def show(self, interview: Interview) -> None:
        """Puts up what the open question needs, and takes away what is done with."""
        current = None if interview.is_over else interview.current
        wanted = current.question.id if current and current.coding else ""
        if wanted == self._question:
            return
        self._question = wanted
        self._place.clear()
        self._room.classes(add="benched" if wanted else "", remove="" if wanted else "benched")
        if current is None or current.coding is None:
            return
        work = await self._code(current, current.coding)
        if self._question == wanted:
            with self._place:
                heading(f"Workbench: {current.coding.title}", 2)
                CodePanel(work)

    async def _code(self, exchange: Exchange, shown: ShownProblem) -> CodeWork:
        place = WrittenAt(
            self._product, f"interviews/{self._id}/{exchange.question.id}", self._owner
        )
        sent = exchange.submissions[-1] if exchange.submissions else shown.starter
        problem = self._product.catalog.coding_problems.get(shown.id)
        return CodeWork(
            shown=shown,
            text=await place.kept() or sent,
            place=place,
            run=self._submit,
            hint=self._hint,
            hint_note=_HINT_NOTE,
            hints=problem.hints[: exchange.hints] if problem else (),
            outcome=exchange.outcome.for_candidate if exchange.outcome else None,
            refusal=await self._product.coding.why_not_run(),
        )

    async def _submit(self, code: str) -> CodeOutcome:
        return await self._product.code_turns.submit(self._id, code, owner=self._owner)

    async def _hint(self, _number: int) -> RoundHint:
        return await self._product.code_turns.hint(self._id, owner=self._owner)
