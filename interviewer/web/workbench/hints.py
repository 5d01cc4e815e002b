"""The ladder of hints: one more for each press, and none is taken back."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from nicegui import ui

from interviewer.errors import InterviewerError
from interviewer.web.controls import button
from interviewer.web.words import Words, paragraph


class Rung(Protocol):
    """A hint with its place on the ladder."""

    @property
    def number(self) -> int:
        """From 1."""

    @property
    def text(self) -> str:
        """What it says."""


class Hints:
    """A button and the hints taken so far."""

    def __init__(
        self,
        taken: Sequence[str],
        of: int,
        ask: Callable[[int], Awaitable[Rung]],
        *,
        note: str,
        beside: ui.element,
    ) -> None:
        """Draws it.

        Args:
            taken: Hints taken before, in order.
            of: How many there are.
            ask: Gives the hint of a number, from 1.
            note: What taking one means for the candidate.
            beside: Where the button goes.
        """
        self._of = of
        self._ask = ask
        self._taken = 0
        with beside:
            self._button = button("Hint", self._take, "plain")
        paragraph(note, "quiet")
        self._list = ui.element("ol").classes("hints").props('aria-label="Hints" aria-live=polite')
        for number, text in enumerate(taken, 1):
            self._add(number, text)
        self._count()

    async def _take(self) -> None:
        try:
            hint = await self._ask(self._taken + 1)
        except InterviewerError as error:
            ui.notify(str(error))
            return
        # Another window may have taken some: the ladder says which this one is.
        if hint.number > self._taken:
            self._add(hint.number, hint.text)
        self._count()

    def _add(self, number: int, text: str) -> None:
        self._taken = number
        with self._list:
            Words("li", text).props["value"] = number

    def _count(self) -> None:
        left = max(0, self._of - self._taken)
        self._button.set_text(f"Hint ({left} left)")
        self._button.set_enabled(left > 0)
