"""The answer box: what is typed, how long it is, and what leaves with a key or a button."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.domain.timing import speaking_seconds
from interviewer.engines.hygiene import MOST_CHARACTERS
from interviewer.web.controls import button, switch
from interviewer.web.words import Words, clock_time, link, paragraph

_TYPED = "() => emit(...room.typed())"
"""What stands in the box as it is sent, and how much had been said when it was typed."""

Send = Callable[[str, int | None], Awaitable[None]]
"""Sends a text; the number is of the turns the candidate saw, None where it is not known."""


class AnswerBox:
    """The box with its count and its buttons."""

    def __init__(
        self,
        draft: str,
        *,
        send: Send,
        skip: Callable[[], Awaitable[None]],
        end: Callable[[], Awaitable[None]],
    ) -> None:
        self._send = send
        self.kept = draft
        """The draft as it was kept last."""
        self._frame = (
            ui.element("section")
            .classes("answering")
            .props(f'id=answering tabindex=-1 aria-label="Answering" data-most={MOST_CHARACTERS}')
        )
        with self._frame:
            paragraph("Your answer", "caption")
            # Seen where the workbench stands below, which is where a window is narrow.
            link("To the workbench", "#workbench", "to-bench")
            self._box = (
                ui.textarea(value=draft)
                .props('outlined autogrow aria-label="Your answer"')
                .classes("answer")
                .mark("answer")
                .on("keydown.ctrl.enter", self._sent, js_handler=_TYPED)
                .on("keydown.meta.enter", self._sent, js_handler=_TYPED)
            )
            self._count = paragraph("", "quiet count")
            with ui.element("div").classes("actions"):
                self._button = button("Send", None, "primary")
                self._button.on("click", self._sent, js_handler=_TYPED)
                button("Pass", skip, "plain")
                button("End the round", end, "plain")
            _voice()
        self._box.on_value_change(self._counted)
        self._counted()

    @property
    def text(self) -> str:
        """What is typed."""
        return self._box.value or ""

    @property
    def is_too_long(self) -> bool:
        """Whether it could not be sent as it is."""
        return len(self.text) > MOST_CHARACTERS

    def saw(self, turns: int) -> None:
        """Tells the browser how many turns the candidate has before them."""
        self._frame.props(f"data-turns={turns}")

    def clear(self, sent: str) -> None:
        """Takes what was sent out of the box; what was typed after it stays."""
        left = self.text.removeprefix(sent).lstrip() if self.text.startswith(sent) else ""
        self._box.value, self.kept = left, left

    def hold(self, *, held: bool) -> None:
        """Sending waits while the interviewer speaks."""
        self._button.set_enabled(not held)

    def show(self, *, shown: bool) -> None:
        """Whether there is anything to answer."""
        self._frame.set_visibility(shown)

    async def _sent(self, event: GenericEventArguments) -> None:
        text, turns = self.text, None
        if isinstance(event.args, list) and len(event.args) == 2:
            text, turns = str(event.args[0]), int(event.args[1])
            self._box.value = text
        await self._send(text, turns)

    def _counted(self) -> None:
        words, most = len(self.text.split()), f"{MOST_CHARACTERS:,}"
        count = f"{words} words, about {clock_time(speaking_seconds(self.text))} to say. "
        over = f"{len(self.text):,} characters, over the limit of {most} characters. "
        self._count.set_text(
            f"{count}{over if self.is_too_long else ''}Ctrl+Enter sends; a draft is kept."
        )
        self._count.classes(add="over" if self.is_too_long else "", remove="over")


def _voice() -> None:
    """Speaking and listening through the browser, where it can; the text is always beside it."""
    with ui.element("div").classes("switches"):
        switch("Dictate", "dictate", hidden=True).props("aria-pressed=false")
        switch("Read questions aloud", "read-aloud", hidden=True).props("aria-pressed=false")
        switch("Hide the clocks", "clocks").props("aria-pressed=false")
    Words("p", "", "quiet voice-note").props("role=status")
