"""The room: transcript, answer box, the interviewer's words as they are said."""

import time
from collections.abc import AsyncIterator

from nicegui import ui
from nicegui.events import GenericEventArguments

from interviewer.bootstrap import Product
from interviewer.domain.interview import Interview, Turn
from interviewer.domain.panel import panel_of
from interviewer.engines.hygiene import MOST_CHARACTERS
from interviewer.errors import InterviewerError
from interviewer.interviews.updates import MoveChosen, Notice, Token, TurnTaken, Update
from interviewer.web.controls import button, confirmation
from interviewer.web.words import MOVES, Words, heading, paragraph, progress

_FLUSH_S = 0.1
"""How often streamed text goes to the browser: per token it is quadratic traffic (measured 805 kB
against 49 kB for 500 words)."""

_WITH_TEXT = "(event) => emit(event.target.value)"

_DRAFT_S = 1.0
"""How often the draft is kept; so much of the typing can a cut connection cost."""


class Room:
    """One candidate's view of one interview."""

    def __init__(self, product: Product, interview_id: str, owner: str) -> None:
        self._product = product
        self._conductor = product.conductor
        self._id = interview_id
        self._owner = owner
        self._saved = ""
        self._busy = False
        self._drawn = 0

    async def build(self) -> None:
        """Draws the room from the log; a turn that is due is taken at once.

        Raises:
            UnknownId: There is no interview of that id and owner.
        """
        interview = await self._load()
        persona = self._product.catalog.persona(interview.started.persona)
        self._who = persona.name
        self._names = {member.id: member.name for member in interview.started.panel}
        heading(interview.started.title, 1, "title")
        self._progress = paragraph("", "quiet")
        with ui.element("section").classes("card"):
            for persona_id in panel_of(interview):
                member = self._product.catalog.persona(persona_id)
                heading(f"{member.name}, {member.title}", 3)
                paragraph(member.introduction, "quiet")
            paragraph(self._product.engine_line, "quiet")
        self._transcript = ui.element("div").props(
            'aria-live=polite role=log aria-label="Transcript"'
        )
        # Outside the log: a screen reader would read a growing text again with every piece.
        self._pending = ui.element("div")
        self._draw(interview)
        self._controls = ui.element("section")
        with self._controls:
            await self._answer_box(interview)
        self._outcome = ui.element("div")
        self._refresh(interview)
        if not interview.awaits_candidate and not interview.is_over:
            ui.timer(0.05, self._due, once=True)
        ui.timer(_DRAFT_S, self._save_draft)

    async def _answer_box(self, interview: Interview) -> None:
        draft = await self._conductor.draft(self._id, owner=self._owner)
        if draft.strip() in _sent(interview):
            draft = ""
        self._saved = draft
        paragraph("Your answer", "caption")
        self._box = (
            ui.textarea(value=draft)
            .props('outlined autogrow aria-label="Your answer"')
            .classes("answer")
            .mark("answer")
            .on("keydown.ctrl.enter", self._send_typed, js_handler=_WITH_TEXT)
            .on("keydown.meta.enter", self._send_typed, js_handler=_WITH_TEXT)
        )
        with ui.element("div").classes("actions"):
            self._button = button("Send", self._send, "primary")
            button("Pass", self._pass, "plain")
            button("End the round", self._ask_to_end, "plain")
        self._ending = confirmation()
        self._count = paragraph("", "quiet")
        self._box.on_value_change(self._counted)
        self._counted()

    def _counted(self) -> None:
        text = self._box.value or ""
        over = f"; over the limit of {MOST_CHARACTERS:,} characters"
        count = f"{len(text.split())} words, Ctrl+Enter sends"
        self._count.set_text(count + (over if len(text) > MOST_CHARACTERS else ""))

    def _draw(self, interview: Interview) -> None:
        """Adds what was said since the last time."""
        turns = [turn for exchange in interview.exchanges for turn in exchange.turns]
        if interview.farewell is not None:
            turns.append(interview.farewell)
        with self._transcript:
            for turn in turns[self._drawn :]:
                self._draw_turn(turn)
        self._drawn = len(turns)

    def _draw_turn(self, turn: Turn) -> None:
        with ui.element("article").classes(f"turn {turn.speaker}"):
            with ui.element("p").classes("who"):
                Words("span", self._named(turn) if turn.speaker == "interviewer" else "You")
                if turn.move and turn.move.kind in MOVES:
                    Words("span", MOVES[turn.move.kind], "badge")
                if turn.cut_off:
                    Words("span", "cut off", "badge")
            if turn.notice:
                paragraph(turn.notice, "notice")
            paragraph(turn.text or "(passed)", "said")

    def _named(self, turn: Turn) -> str:
        return self._names.get(turn.persona, self._who)

    async def _send_typed(self, event: GenericEventArguments) -> None:
        """Sends what stood in the box as the keys were pressed, not what has reached us of it."""
        if isinstance(event.args, str):
            self._box.value = event.args
        await self._send()

    async def _send(self) -> None:
        text = (self._box.value or "").strip()
        if not text:
            ui.notify("There is nothing to send yet.")
            return
        updates = self._conductor.answer(self._id, text, owner=self._owner)
        await self._take(updates, sent=self._box.value)

    async def _pass(self) -> None:
        await self._take(self._conductor.skip(self._id, owner=self._owner))

    async def _ask_to_end(self) -> None:
        # Awaiting gives None when the dialog is dismissed, and when the page has gone meanwhile.
        if await self._ending:
            await self._take(self._conductor.end(self._id, owner=self._owner))

    async def _due(self) -> None:
        await self._take(self._conductor.advance(self._id, owner=self._owner))

    async def _take(self, updates: AsyncIterator[Update], *, sent: str | None = None) -> None:
        """Shows one turn as it is said; what was said is then drawn from the log."""
        if self._busy:
            return
        self._busy = True
        self._button.disable()
        try:
            await self._listen(updates, sent=sent)
        except InterviewerError as error:
            ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
        finally:
            self._busy = False
            self._button.enable()
            self._pending.clear()
        interview = await self._load()
        self._draw(interview)
        self._refresh(interview)

    async def _listen(self, updates: AsyncIterator[Update], *, sent: str | None) -> None:
        said: Words | None = None
        text, flushed = "", 0.0
        async for update in updates:
            if said is None and sent is not None:
                # The first update means that what the candidate did is stored.
                await self._clear_box(sent)
            if said is None or isinstance(update, MoveChosen):
                # Two turns begin where one interviewer hands over to another.
                self._draw(await self._load())
                said, text = self._begin_turn(getattr(update, "name", "") or self._who), ""
            text = self._heard(update, text)
            if time.monotonic() - flushed >= _FLUSH_S:
                flushed = time.monotonic()
                said.set_text(text or "\u2026")

    async def _clear_box(self, sent: str) -> None:
        """Takes what was sent out of the box; what was typed after it stays."""
        typed = self._box.value or ""
        left = typed.removeprefix(sent).lstrip() if typed.startswith(sent) else ""
        self._box.value, self._saved = left, left
        await self._conductor.save_draft(self._id, left, owner=self._owner)

    def _begin_turn(self, who: str) -> Words:
        self._pending.clear()
        with self._pending, ui.element("article").classes("turn interviewer"):
            paragraph(who, "who")
            return paragraph("\u2026", "said")

    @staticmethod
    def _heard(update: Update, text: str) -> str:
        match update:
            case Token():
                return text + update.text
            case Notice():
                ui.notify(update.message)
                return ""
            case TurnTaken():
                return update.text
            case _:
                return text

    async def _save_draft(self) -> None:
        text = self._box.value or ""
        if self._busy or text == self._saved or len(text) > MOST_CHARACTERS:
            return
        self._saved = text
        try:
            updates = self._conductor.typing(self._id, text, owner=self._owner)
            first = await anext(updates, None)
        except InterviewerError as error:
            ui.notify(f"The draft is not kept: {error}")
            return
        if first is not None:
            await self._take(_with_first(first, updates), sent=text)

    def _refresh(self, interview: Interview) -> None:
        self._progress.set_text(progress(interview))
        self._controls.set_visibility(not interview.is_over)
        self._outcome.clear()
        if interview.is_over:
            with self._outcome:
                ui.link("See the scorecard", f"/interviews/{self._id}/scorecard").mark("scorecard")
        elif interview.exchanges:
            ui.run_javascript("window.scrollTo({top: document.body.scrollHeight})")

    async def _load(self) -> Interview:
        return await self._conductor.load(self._id, owner=self._owner)


async def _with_first(first: Update, rest: AsyncIterator[Update]) -> AsyncIterator[Update]:
    yield first
    async for update in rest:
        yield update


def _sent(interview: Interview) -> set[str]:
    """What was answered already: a draft equal to it was sent just before the server stopped."""
    return {answer.strip() for exchange in interview.exchanges for answer in exchange.answers}
