"""The conversation in the terminal: shows the interviewer's turns, takes the candidate's."""

import sys
import textwrap
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING, TextIO

from interviewer.cli import code_turn, hand_in_turn, query_turn
from interviewer.cli.keyboard import Keyboard
from interviewer.cli.printing import note
from interviewer.cli.unattended import Script
from interviewer.domain.interview import Interview
from interviewer.domain.panel import panel_of
from interviewer.errors import InputError, NotText
from interviewer.interviews.updates import MOVES, MoveChosen, Notice, Token, TurnTaken, Update

if TYPE_CHECKING:
    from interviewer.bootstrap import Product

HELP = "Type your answer over as many lines as you like; an empty line sends it. /pass skips, /end ends."
_BADGES = MOVES | {"redirect": "again"}
_CUT = "The terminal may have cut this line off: paste long text in several lines."
_WIDTH = 92
_WORK = (code_turn, query_turn, hand_in_turn)
"""What takes the commands with which something is handed in besides words."""


class Conversation:
    """Holds one interview with a person or a script.

    Args:
        product: With its store.
        out: Where the conversation is shown; None shows nothing.
    """

    def __init__(self, product: "Product", *, out: TextIO | None) -> None:
        self._product = product
        self._out = out
        self._keyboard: Keyboard | None = None
        self._is_panel = False

    async def hold(self, interview_id: str, blocks: Sequence[str] | None) -> None:
        """Goes on until the round is over; with blocks, without asking anybody.

        Args:
            interview_id: Of an interview of this owner.
            blocks: Answers in order, or None to read them from the terminal.
        """
        product = self._product
        script = Script(blocks, product.catalog, product.reader) if blocks is not None else None
        await self.play(interview_id, script)
        if script is not None and script.left:
            note(f"{script.left} of the file's answers were not needed.")

    async def play(self, interview_id: str, script: Script | None) -> None:
        """Goes on until the round is over or the script refuses; without one, asks the person."""
        product = self._product
        owner = product.owner
        interview = await product.conductor.load(interview_id, owner=owner)
        self._is_panel = len(panel_of(interview)) > 1
        self._introduce(interview, interview_id)
        await self._show(product.conductor.advance(interview_id, owner=owner))
        while True:
            interview = await product.conductor.load(interview_id, owner=owner)
            if interview.is_over:
                break
            await self._take_turn(interview_id, interview, script)

    async def command(self, prompt: str) -> str:
        """A short reply of the person, between rounds. Raises `EOFError` at the end of input."""
        return (await self._line(prompt)).strip()

    def say(self, text: str) -> None:
        """Shows a text, wrapped."""
        self._print(wrapped(text))

    async def _take_turn(
        self, interview_id: str, interview: Interview, script: Script | None
    ) -> None:
        conductor, owner = self._product.conductor, self._product.owner
        if script is None:
            self._show_problem(interview)
        try:
            text = script.next_answer(interview) if script else await self._ask_person(interview_id)
        except EOFError:
            await self._show(conductor.end(interview_id, owner=owner))
            return
        except hand_in_turn.AnsweredInWriting:
            await self._show(conductor.advance(interview_id, owner=owner))
            return
        if text is None:
            await self._show(conductor.skip(interview_id, owner=owner))
            return
        self._echo(text, script)
        try:
            await self._show(conductor.answer(interview_id, text, owner=owner))
        except InputError as error:
            if script is not None:
                raise
            note(f"{error}")

    async def _ask_person(self, interview_id: str) -> str | None:
        """Reads an answer; None for /pass.

        Raises:
            EOFError: For /end or the end of input.
            AnsweredInWriting: A page was handed in: it is the answer.
        """
        lines: list[str] = []
        while True:
            try:
                line = await self._line("  " if lines else "> ")
            except EOFError:
                if not lines:
                    raise
                line = ""
            command = line.strip()
            if command == "/end":
                raise EOFError
            if lines and not command:
                return "\n".join(lines)
            if not lines and command == "/pass":
                return None
            if not lines and await self._took_command(interview_id, command):
                continue
            if not lines and command == "/help":
                note(HELP)
            elif command:
                lines.append(line)

    def _show_problem(self, interview: Interview) -> None:
        if self._out is not None:
            for turn in _WORK:
                turn.show_problem(interview, self._out)

    async def _took_command(self, interview_id: str, command: str) -> bool:
        """Does what a line asks that sends code or a query; False for any other line."""
        for turn in _WORK:
            if command.split(" ")[0] in turn.COMMANDS:
                await turn.take_command(self._product, interview_id, command, self._out)
                return True
        return False

    async def _line(self, prompt: str) -> str:
        """A typed line. Raises `EOFError` at the end of input."""
        if self._keyboard is None:
            self._keyboard = Keyboard(self._out or sys.stderr)
        while True:
            try:
                line = await self._keyboard.line(prompt)
            except NotText as error:
                note(f"{error}")
                continue
            if line is None:
                raise EOFError
            if self._keyboard.was_cut(line):
                note(_CUT)
            return line

    def _introduce(self, interview: Interview, interview_id: str) -> None:
        self._print(f"\n{interview.started.title}, {interview.started.minutes} minutes")
        for persona_id in panel_of(interview):
            persona = self._product.catalog.persona(persona_id)
            self._print(wrapped(f"{persona.name}, {persona.title}. {persona.introduction}"))
        self._print(wrapped(self._product.engine_line))
        self._print(wrapped(f"{HELP} Interview {interview_id}."))

    def _echo(self, text: str, script: Script | None) -> None:
        if script is not None:
            self._print(textwrap.indent(wrapped(text), "  > "))

    def _print(self, text: str) -> None:
        if self._out is not None:
            print(text, file=self._out)

    async def _show(self, updates: AsyncIterator[Update]) -> None:
        printer = _Printer(self._out, is_panel=self._is_panel)
        async for update in updates:
            printer.show(update)


class _Printer:
    """Prints one turn as it is said."""

    def __init__(self, out: TextIO | None, *, is_panel: bool) -> None:
        self._out = out
        self._is_panel = is_panel
        self._streamed = False
        self._column = 0

    def show(self, update: Update) -> None:
        out = self._out
        if out is None:
            return
        match update:
            case MoveChosen():
                self._streamed, self._column = False, 0
                print(f"\n{self._heading(update)}".rstrip(), file=out)
            case Token():
                self._streamed = True
                self._print_wrapped(out, update.text)
            case Notice():
                print(f"\n({update.message})\n", file=out)
                self._column = 0
            case TurnTaken():
                print("" if self._streamed else f"\n{wrapped(update.text)}", file=out)
                out.flush()
            case _:
                pass

    def _heading(self, update: MoveChosen) -> str:
        """Who speaks, where there are several, and what the turn is."""
        badge = _BADGES.get(update.move)
        place = f"question {update.number} of {update.of}" if update.number else ""
        what = "" if update.move == "wrap" else badge or place
        parts = [update.name if self._is_panel else "", what]
        said = ", ".join(part for part in parts if part)
        return f"[{said}]" if said else ""

    def _print_wrapped(self, out: TextIO, text: str) -> None:
        """Prints streamed text, breaking lines between words."""
        for part in text.splitlines(keepends=True):
            words = part.rstrip("\n").split(" ")
            for index, word in enumerate(words):
                if index:
                    out.write(" ")
                    self._column += 1
                if self._column + len(word) > _WIDTH and self._column:
                    out.write("\n")
                    self._column = 0
                out.write(word)
                self._column += len(word)
            if part.endswith("\n"):
                out.write("\n")
                self._column = 0
        out.flush()


def wrapped(text: str) -> str:
    """The text with its lines broken between words."""
    return "\n".join(textwrap.fill(paragraph, _WIDTH) for paragraph in text.split("\n"))
