"""An editor for code and queries, which keeps what is written and can be left by keyboard."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Literal

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.bootstrap import Product
from interviewer.errors import InterviewerError
from interviewer.web.controls import button
from interviewer.web.words import paragraph

_DRAFT_S = 1.0
"""How often a draft is kept."""
_KEYS = "Tab indents; Escape and then Tab leaves the editor. Ctrl+Enter runs. A draft is kept."


class WrittenAt:
    """A place at which an owner writes: what is written there outlives the page and the server."""

    def __init__(self, product: Product, place: str, owner: str) -> None:
        self.keep: Callable[[str], Awaitable[None]] = partial(
            product.work_drafts.keep, place, owner=owner
        )
        self.kept: Callable[[], Awaitable[str]] = partial(
            product.work_drafts.kept, place, owner=owner
        )


class KeptText:
    """Keeps a text as it grows, once a second, and says so where it cannot."""

    def __init__(self, place: WrittenAt, written: Callable[[], str]) -> None:
        self._place = place
        self._written = written
        self._kept = written()
        self._trouble = paragraph("", "notice").props("role=status")
        ui.timer(_DRAFT_S, self._save)

    async def _save(self) -> None:
        text = self._written()
        if text == self._kept:
            return
        try:
            await self._place.keep(text)
        except InterviewerError as error:
            self._trouble.set_text(f"This draft is not kept: {error}.")
            return
        self._kept = text
        self._trouble.set_text("")


class Editor:
    """CodeMirror with its name, its keys in words, and the button that runs what is written."""

    def __init__(
        self,
        label: str,
        text: str,
        place: WrittenAt,
        *,
        language: Literal["Python", "SQL"],
        run: Callable[[str], Awaitable[None]],
    ) -> None:
        """Draws it.

        Args:
            label: Its name for those who do not see it.
            text: What stands in it at first.
            place: Where what is written is kept.
            language: Whose words it colours.
            run: Is given what is written.
        """
        self._run = run
        frame = ui.element("div").classes("editor")
        frame.props["data-editor"] = label
        with frame:
            # The keymap is emitted after all changes of the text, on the same connection.
            self._code = ui.codemirror(
                text,
                language=language,
                theme="vscodeLight",
                line_wrapping=True,
                keymap={"Mod-Enter": self._run_here},
            ).mark("editor")
        with ui.element("div").classes("actions"):
            self._button = button("Run", None, "primary")
            self._button.on("click", self._run_sent, js_handler=_written(self._code.id))
            self.actions = ui.element("div").classes("actions-more")
        paragraph(_KEYS, "quiet keys")
        KeptText(place, lambda: self.text)

    @property
    def text(self) -> str:
        """What is written."""
        return self._code.value or ""

    async def _run_sent(self, event: GenericEventArguments) -> None:
        # What stands in the window is what runs, also where changes were lost on their way here.
        if isinstance(event.args, str) and event.args != self.text:
            self._code.value = event.args
        await self._run_here()

    async def _run_here(self) -> None:
        if not self._button.enabled:
            return
        self._button.set_enabled(False)
        try:
            await self._run(self.text)
        finally:
            self._button.set_enabled(True)


def _written(element_id: int) -> str:
    return f"() => emit(room.written({element_id}))"
