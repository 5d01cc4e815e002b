"""A drill in the terminal: the conversation of a round, with a critique after each answer."""

import asyncio
import sys
from typing import TYPE_CHECKING, TextIO

from interviewer.cli.conversation import HELP, Conversation, wrapped
from interviewer.cli.printing import note, print_markdown
from interviewer.cli.unattended import Script
from interviewer.domain.interview import Interview
from interviewer.errors import InputError
from interviewer.interviews.report_markdown import critique_markdown
from interviewer.practice.drill import DrillReport
from interviewer.practice.drill_markdown import outcome_line, so_far_markdown

if TYPE_CHECKING:
    from interviewer.bootstrap import Product
    from interviewer.domain.critique import Critique


class DrillConversation(Conversation):
    """Holds drills one after another with a person or a script."""

    def __init__(self, product: "Product", script: Script | None, *, out: TextIO | None) -> None:
        """Takes its parts.

        Args:
            product: With its store.
            script: Answers from a file, None to read them from the terminal.
            out: Where the conversation is shown; None shows nothing.
        """
        super().__init__(product, out=out)
        self._script = script
        self._shown: Critique | None = None

    async def drill(self, drill_id: str) -> DrillReport:
        """Holds one drill to its end, and closes it."""
        product = self._product
        conductor, drills, owner = product.conductor, product.practice.drills, product.owner
        interview = await conductor.load(drill_id, owner=owner)
        plan = interview.started.drill
        if plan is None:
            raise InputError(f"{drill_id!r} is a round: interviewer chat --resume goes on with it")
        shows_each = plan.critique == "each"
        self._introduce(interview, drill_id)
        self._shown = None
        try:
            await self._show(conductor.advance(drill_id, owner=owner))
            while not (interview := await conductor.load(drill_id, owner=owner)).is_over:
                await self._take_turn(drill_id, interview, self._script)
                if shows_each and self._out is not None:
                    await self._show_critique(drill_id, interview)
        except asyncio.CancelledError:
            go_on = f"Go on with: interviewer drill --resume {drill_id}"
            note(f"\nStopped; every answer you sent is kept. {go_on}")
            raise
        report = await drills.close(drill_id, owner=owner)
        if self._out is not None:
            self._print_critique(critique_markdown(report.critique, product.library.passages))
        self._print(f"\n{wrapped(outcome_line(report))}")
        return report

    @property
    def is_unattended(self) -> bool:
        """Whether answers come from a file."""
        return self._script is not None

    async def wants_more(self, question: str) -> bool:
        """Asks the person; never where answers come from a file or no terminal."""
        if self._script is not None or not sys.stdin.isatty():
            return False
        self._print(f"\n{question}")
        try:
            line = await self._line("Enter goes on, q stops: ")
        except EOFError:
            return False
        return not line.strip().lower().startswith(("q", "n"))

    def _introduce(self, interview: Interview, interview_id: str) -> None:
        persona = self._product.catalog.persona(interview.started.persona)
        self._print(f"\n{interview.started.title}, with {persona.name}, {persona.title}")
        self._print(wrapped(self._product.engine_line))
        self._print(wrapped(f"{HELP} Drill {interview_id}."))

    async def _show_critique(self, drill_id: str, before: Interview) -> None:
        """Shown after a new answer only; a pass changes nothing."""
        product = self._product
        after = await product.conductor.load(drill_id, owner=product.owner)
        if after.is_over or not _answered_since(before, after):
            return
        found = await product.practice.drills.critique_so_far(drill_id, owner=product.owner)
        if found is not None:
            self._print_critique(so_far_markdown(found, self._shown))
            self._shown = found

    def _print_critique(self, text: str) -> None:
        if self._out is sys.stdout:
            print_markdown(f"\n{text}")
        else:
            self._print(f"\n{text}")
        if self._out is not None:
            self._out.flush()


def _answered_since(before: Interview, after: Interview) -> bool:
    earlier = len(before.current.answers) if before.current else 0
    return after.current is not None and len(after.current.answers) > earlier
