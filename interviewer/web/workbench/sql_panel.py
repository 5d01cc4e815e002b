"""The panel for a SQL problem: task, tables, editor, result, and a mismatch in words."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from nicegui import ui

from interviewer.domain.sql_problem import PosedProblem, ShownSqlProblem
from interviewer.domain.sql_run import SqlRun
from interviewer.errors import InterviewerError
from interviewer.web.words import Words, heading, paragraph
from interviewer.web.workbench.editor import Editor, WrittenAt
from interviewer.web.workbench.grid import show_grid
from interviewer.web.workbench.hints import Hints, Rung
from interviewer.web.workbench.prose import prose, sentence
from interviewer.workbench.sql.bank import AS_OF
from interviewer.workbench.sql.sheet import TableSheet


class SqlWork(NamedTuple):
    """Where a problem stands, and what can be done about it."""

    problem: PosedProblem | ShownSqlProblem
    tables: Sequence[TableSheet]
    hints_of: int
    """How many hints there are."""
    text: str
    """What the editor opens with."""
    place: WrittenAt
    run: Callable[[str], Awaitable[SqlRun]]
    """Runs a query; gives what the candidate may see of it."""
    hint: Callable[[int], Awaitable[Rung]]
    """Gives the hint of a number, from 1."""
    hint_note: str
    hints: Sequence[str] = ()
    """Taken before."""
    ran: SqlRun | None = None
    """The run before."""
    trouble: str = ""
    """Why the tables could not be read, if they could not."""


class SqlPanel:
    """One person at one problem."""

    def __init__(self, work: SqlWork) -> None:
        """Draws it where the caller stands."""
        self._work = work
        problem = work.problem
        prose(problem.statement)
        order = "is asked for" if problem.ordered else "does not matter"
        paragraph(f"The order of the rows {order}. The bank is as of {AS_OF.isoformat()}.", "quiet")
        heading("Tables", 3)
        if work.trouble:
            paragraph(sentence(work.trouble), "notice")
        for table in work.tables:
            with ui.element("details"):
                Words("summary", f"{table.name}: {table.note}")
                Words("pre", table.declared, "code")
                show_grid(f"First rows of {table.name}", table.sample.columns, table.sample.rows)
        heading("Your query", 3)
        editor = Editor(
            f"Your query: {problem.title}", work.text, work.place, language="SQL", run=self._run
        )
        Hints(work.hints, work.hints_of, work.hint, note=work.hint_note, beside=editor.actions)
        self._told = paragraph("", "told").props("role=status")
        self._result = ui.element("div")
        if work.ran is not None:
            self._show(work.ran)

    async def _run(self, query: str) -> None:
        if not query.strip():
            self._told.set_text("There is no query yet.")
            return
        self._told.set_text("It runs ...")
        try:
            run = await self._work.run(query)
        except InterviewerError as error:
            self._told.set_text(sentence(error))
            return
        self._show(run)

    def _show(self, run: SqlRun) -> None:
        said, _, place = run.message.partition("\n")
        self._told.set_text(said)
        self._result.clear()
        with self._result:
            if place.strip():
                # The database points at the place with a mark below it.
                Words("pre", place, "output")
            _show_run(run)


def _show_run(run: SqlRun) -> None:
    """Draws rows of the result, and a few that differ."""
    if run.columns:
        count = run.row_count or 0
        shown = f"the first {len(run.rows)} of " if count > len(run.rows) else ""
        size = "1 row" if count == 1 else f"{count:,} rows"
        show_grid(f"Your result: {shown}{size}", run.columns, run.rows)
    difference = run.difference
    if difference is None:
        return
    for label, rows in (
        ("Expected and not in yours, for instance", difference.missing),
        ("In yours and not expected, for instance", difference.extra),
    ):
        if rows:
            show_grid(label, run.columns if len(run.columns) == len(rows[0]) else (), rows)
