"""The workbench beside the transcript, in rounds whose open question is solved at one."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import ShownProblem
from interviewer.domain.exchange import Exchange
from interviewer.domain.handed import TITLES, Handed
from interviewer.domain.interview import Interview
from interviewer.domain.sql_problem import ShownSqlProblem, SqlProblem
from interviewer.domain.sql_run import SqlRun
from interviewer.errors import CodeNotRun
from interviewer.interviews.code_turns import RoundHint
from interviewer.web.words import heading, link
from interviewer.web.workbench.code_panel import CodePanel, CodeWork
from interviewer.web.workbench.editor import WrittenAt
from interviewer.web.workbench.hand_in_panel import HandInPanel, HandInWork
from interviewer.web.workbench.sql_panel import SqlPanel, SqlWork
from interviewer.workbench.sql.sheet import TableSheet, table_sheets

_HINT_NOTE = "A hint costs nothing; that you took it is in the report."
PutUp = Callable[[], Awaitable[None]]


class Beside:
    """A place that is empty until a question needs a workbench."""

    def __init__(
        self,
        product: Product,
        interview_id: str,
        owner: str,
        room: ui.element,
        go_on: Callable[[], Awaitable[None]],
    ) -> None:
        """Takes the place where the caller stands.

        Args:
            product: With the problems and their runners.
            interview_id: Of the interview.
            owner: Whose it is.
            room: What makes way for the workbench.
            go_on: Shows what was handed in, and takes the interviewer's turn where one is due.
        """
        self._product = product
        self._id = interview_id
        self._owner = owner
        self._room = room
        self._go_on = go_on
        self._question = ""
        self._place = ui.element("section").classes("bench").props("id=workbench tabindex=-1")

    async def show(self, interview: Interview) -> None:
        """Puts up what the open question needs, and takes away what is done with."""
        current = None if interview.is_over else interview.current
        put_up = self._for(current) if current else None
        wanted = current.question.id if current and put_up else ""
        if wanted == self._question:
            return
        self._question = wanted
        self._place.clear()
        self._room.classes(add="benched" if wanted else "", remove="" if wanted else "benched")
        if put_up is not None:
            await put_up()

    def _for(self, exchange: Exchange) -> PutUp | None:
        """What puts up the panel that a question needs; None where it needs none."""
        if exchange.coding is not None:
            return partial(self._put_code, exchange, exchange.coding)
        if exchange.sql is not None:
            return partial(self._put_sql, exchange, exchange.sql)
        if exchange.question.artefact is not None:
            return partial(self._put_hand_in, exchange, exchange.question.artefact)
        return None

    def _at(self, exchange: Exchange) -> WrittenAt:
        return WrittenAt(
            self._product, f"interviews/{self._id}/{exchange.question.id}", self._owner
        )

    async def _put_code(self, exchange: Exchange, shown: ShownProblem) -> None:
        place = self._at(exchange)
        problem = self._product.catalog.coding_problems.get(shown.id)
        work = CodeWork(
            shown=shown,
            text=await place.kept() or _sent_last(exchange) or shown.starter,
            place=place,
            run=self._submit,
            hint=self._hint,
            hint_note=_HINT_NOTE,
            hints=problem.hints[: exchange.hints] if problem else (),
            outcome=exchange.outcome.for_candidate if exchange.outcome else None,
            refusal=await self._product.coding.why_not_run(),
        )
        self._put(exchange, shown.title, partial(CodePanel, work))

    async def _put_sql(self, exchange: Exchange, shown: ShownSqlProblem) -> None:
        place = self._at(exchange)
        problem = self._product.catalog.sql_problems.get(shown.id)
        tables, trouble = await self._tables(problem)
        work = SqlWork(
            problem=shown,
            tables=tables,
            hints_of=shown.hints,
            text=await place.kept() or _sent_last(exchange),
            place=place,
            run=self._query,
            hint=self._hint,
            hint_note=_HINT_NOTE,
            hints=problem.hints[: exchange.hints] if problem else (),
            ran=exchange.run.for_candidate if exchange.run else None,
            trouble=trouble,
        )
        self._put(exchange, shown.title, partial(SqlPanel, work))

    async def _put_hand_in(self, exchange: Exchange, kind: str) -> None:
        place = self._at(exchange)
        work = HandInWork(
            kind=kind,
            text=await place.kept(),
            place=place,
            hand_in=partial(self._hand_in, kind),
            handed=exchange.handed[-1] if exchange.handed else None,
        )
        self._put(exchange, TITLES[kind], partial(HandInPanel, work))

    async def _tables(self, problem: SqlProblem | None) -> tuple[Sequence[TableSheet], str]:
        """The tables of a problem, and why there are none where they cannot be read."""
        if problem is None:
            return (), ""
        try:
            return await table_sheets(problem.tables, self._product.sql_workbench.runner), ""
        except CodeNotRun as error:
            return (), str(error)

    def _put(self, exchange: Exchange, title: str, panel: Callable[[], object]) -> None:
        # The round may have gone on while drafts and tables were read.
        if self._question == exchange.question.id:
            with self._place:
                heading(f"Workbench: {title}", 2)
                link("Back to your answer", "#answering", "to-bench")
                panel()

    async def _submit(self, code: str) -> CodeOutcome:
        return await self._product.code_turns.submit(self._id, code, owner=self._owner)

    async def _query(self, sql: str) -> SqlRun:
        return await self._product.query_turns.query(self._id, sql, owner=self._owner)

    async def _hand_in(self, kind: str, content: str) -> Handed:
        conductor = self._product.conductor
        handed = await conductor.hand_in(self._id, kind, content, owner=self._owner)
        with self._room:
            # Of the room, because the panel may be gone before the interviewer has spoken.
            ui.timer(0.05, self._go_on, once=True)
        return handed

    async def _hint(self, _number: int) -> RoundHint:
        return await self._product.code_turns.hint(self._id, owner=self._owner)


def _sent_last(exchange: Exchange) -> str:
    return exchange.submissions[-1] if exchange.submissions else ""
