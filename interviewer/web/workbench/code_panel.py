"""The panel for a coding problem: statement, signature, tests, editor, output, hints."""

from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from nicegui import ui

from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import ShownProblem
from interviewer.errors import InterviewerError
from interviewer.practice.coding import example_calls
from interviewer.web.words import Words, heading, paragraph
from interviewer.web.workbench.editor import Editor, WrittenAt
from interviewer.web.workbench.hints import Hints, Rung
from interviewer.web.workbench.outcome import show_tests, told
from interviewer.web.workbench.prose import prose, sentence


class CodeWork(NamedTuple):
    """Where a problem stands, and what can be done about it."""

    shown: ShownProblem
    text: str
    """What the editor opens with."""
    place: WrittenAt
    run: Callable[[str], Awaitable[CodeOutcome]]
    """Runs code; gives what the candidate may see of it."""
    hint: Callable[[int], Awaitable[Rung]]
    """Gives the hint of a number, from 1."""
    hint_note: str
    hints: Sequence[str] = ()
    """Taken before."""
    outcome: CodeOutcome | None = None
    """Of the run before."""
    refusal: str = ""
    """Why code is not run here, if it is not."""


class CodePanel:
    """One person at one problem."""

    def __init__(self, work: CodeWork) -> None:
        """Draws it where the caller stands."""
        self._work = work
        shown = work.shown
        self._examples = example_calls(shown)
        paragraph(
            f"{shown.topic.replace('-', ' ').capitalize()}, about {shown.minutes} minutes. "
            f"{shown.hidden} more tests are not shown.",
            "quiet",
        )
        prose(shown.statement)
        Words("pre", shown.starter.rstrip(), "code")
        if work.refusal:
            paragraph(sentence(work.refusal), "notice")
        heading("Your code", 3)
        editor = Editor(
            f"Your code: {shown.title}", work.text, work.place, language="Python", run=self._run
        )
        Hints(work.hints, shown.hints, work.hint, note=work.hint_note, beside=editor.actions)
        self._told = paragraph("", "told").props("role=status")
        self._tests = ui.element("div")
        self._show(work.outcome)

    async def _run(self, code: str) -> None:
        self._told.set_text("It runs ...")
        try:
            outcome = await self._work.run(code)
        except InterviewerError as error:
            self._told.set_text(sentence(error))
            return
        self._show(outcome)

    def _show(self, outcome: CodeOutcome | None) -> None:
        self._told.set_text(told(outcome) if outcome else "")
        self._tests.clear()
        with self._tests:
            show_tests(self._examples, outcome)
