"""The room: who asks, what was said, the answer box, and the words as they are said."""

import hashlib
import time
from collections.abc import AsyncIterator
from functools import partial

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.interview import Interview
from interviewer.errors import InterviewerError
from interviewer.interviews.updates import MoveChosen, Notice, Token, TurnTaken, Update
from interviewer.web.answer_box import AnswerBox
from interviewer.web.clocks import Clocks
from interviewer.web.controls import confirmation
from interviewer.web.drill import show_so_far
from interviewer.web.people import People
from interviewer.web.speech import Speech, listen
from interviewer.web.transcript import Transcript, turns_of
from interviewer.web.way_on import show_way_on
from interviewer.web.words import heading, paragraph, progress
from interviewer.web.workbench.beside import Beside

_FLUSH_S = 0.08
"""How often streamed text goes to the browser: twelve times a second reads as speech."""

_DRAFT_S = 1.0
"""How often the draft is kept; so much of the typing can a cut connection cost."""

_MOVED_ON = (
    "This round went on in another window. What was said there is above now; "
    "your text is still in the box."
)


async def show_room(interview_id: str, product: Product, owner: str) -> None:
    """Draws the room from the log; a turn that is due is taken at once.

    Raises:
        UnknownId: There is no interview of that id and owner.
    """
    await Room(product, interview_id, owner).build()


class Room:
    """One candidate's view of one interview."""

    def __init__(self, product: Product, interview_id: str, owner: str) -> None:
        self._product = product
        self._conductor = product.conductor
        self._id = interview_id
        self._owner = owner
        self._busy = False
        self._stored: str | None = None

    async def build(self) -> None:
        """Draws everything; see `show_room`."""
        interview = await self._load()
        draft = await self._conductor.draft(self._id, owner=self._owner)
        people = self._people = People(self._product.catalog, interview)
        with ui.element("div").classes("room") as room:
            with ui.element("div").classes("aside"):
                heading(interview.started.title, 1, "title")
                self._progress = paragraph("", "quiet")
                self._clocks = Clocks()
                people.cards()
                paragraph(self._product.engine_line, "quiet engine")
            with ui.element("div").classes("floor"):
                self._transcript = Transcript(people)
                self._box = AnswerBox(
                    "" if draft.strip() in _sent(interview) else draft,
                    send=self._send,
                    skip=self._pass,
                    end=self._ask_to_end,
                )
                self._ending = confirmation()
                self._so_far = ui.element("div").props("aria-live=polite")
                self._outcome = ui.element("div")
            self._beside = Beside(self._product, self._id, self._owner, room, self._due)
        self._show(interview)
        listen()
        ui.on("seen", self._catch_up)
        ui.timer(0.05, partial(self._beside.show, interview), once=True)
        if not interview.awaits_candidate and not interview.is_over:
            ui.timer(0.05, self._due, once=True)
        ui.timer(_DRAFT_S, self._save_draft)

    async def _send(self, typed: str, seen: int | None) -> None:
        text = typed.strip()
        if not text:
            ui.notify("There is nothing to send yet.")
            return
        if self._busy and typed == self._stored:
            # Pressed twice: what is stored need not stand in the box again.
            self._box.clear(typed)
            return
        if self._busy:
            ui.notify("The interviewer is speaking; your text stays in the box.")
            return
        interview = await self._load()
        shown = self._transcript.turns
        if len(turns_of(interview)) != shown or seen not in (None, shown):
            # Pressed twice, or the round went on elsewhere: nobody answers what they have not read.
            await self._catch_up()
            if text in _sent(interview):
                await self._clear_box(typed)
            else:
                ui.notify(_MOVED_ON, multi_line=True, timeout=0, close_button="OK")
            return
        updates = self._conductor.answer(
            self._id, text, owner=self._owner, idempotency_key=self._key(text)
        )
        await self._take(updates, sent=typed)

    def _key(self, text: str) -> str:
        """The same answer to the same turn, from whichever window, is one answer."""
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        return f"{self._id}-{self._transcript.turns}-{digest[:32]}"

    async def _pass(self) -> None:
        await self._take(self._conductor.skip(self._id, owner=self._owner))

    async def _ask_to_end(self) -> None:
        # Awaiting gives None when the dialog is dismissed, and when the page has gone meanwhile.
        if await self._ending:
            await self._take(self._conductor.end(self._id, owner=self._owner))

    async def _due(self) -> None:
        await self._take(self._conductor.advance(self._id, owner=self._owner))

    async def _catch_up(self) -> None:
        """Shows what was said in another window."""
        if self._busy:
            return
        interview = await self._load()
        if len(turns_of(interview)) > self._transcript.turns:
            self._show(interview)
            await self._beside.show(interview)

    async def _take(self, updates: AsyncIterator[Update], *, sent: str | None = None) -> None:
        """Shows one turn as it is said; what was said is then drawn from the log."""
        if self._busy:
            return
        self._busy, self._stored = True, None
        self._box.hold(held=True)
        try:
            await self._listen(updates, sent=sent)
        except InterviewerError as error:
            ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
        finally:
            self._busy = False
            self._box.hold(held=False)
            self._transcript.end()
        interview = await self._load()
        self._show(interview)
        await self._beside.show(interview)
        await self._criticise(interview)

    async def _listen(self, updates: AsyncIterator[Update], *, sent: str | None) -> None:
        said: Speech | None = None
        text, flushed = "", 0.0
        async for update in updates:
            if said is None and sent is not None:
                # The first update means that what the candidate did is stored.
                await self._clear_box(sent)
            if said is None or isinstance(update, MoveChosen):
                # Two turns begin where one interviewer hands over to another.
                self._transcript.draw(await self._load())
                said, text = self._transcript.begin(self._people.speaking(update)), ""
            text = self._heard(update, text)
            if time.monotonic() - flushed >= _FLUSH_S:
                flushed = time.monotonic()
                said.show(text)

    async def _clear_box(self, sent: str) -> None:
        self._stored = sent
        self._box.clear(sent)
        await self._conductor.save_draft(self._id, self._box.kept, owner=self._owner)

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
        text = self._box.text
        if self._busy or text == self._box.kept or self._box.is_too_long:
            return
        self._box.kept = text
        try:
            updates = self._conductor.typing(self._id, text, owner=self._owner)
            first = await anext(updates, None)
        except InterviewerError as error:
            ui.notify(f"The draft is not kept: {error}")
            return
        if first is not None:
            # Somebody cuts in: what was typed is an answer now.
            await self._take(_with_first(first, updates), sent=text)

    async def _criticise(self, interview: Interview) -> None:
        """In a drill that is to be criticised answer by answer."""
        drill = interview.started.drill
        spoken = interview.current.spoken if interview.current else ()
        if drill is None or drill.critique != "each" or not spoken:
            return
        found = await self._product.practice.drills.critique_so_far(self._id, owner=self._owner)
        self._so_far.clear()
        if found is not None and not interview.is_over:
            with self._so_far:
                show_so_far(self._product, found)

    def _show(self, interview: Interview) -> None:
        """Draws what has changed since the last time."""
        if len(turns_of(interview)) < self._transcript.turns:
            return  # It was loaded before a turn that is shown already.
        self._transcript.draw(interview)
        self._box.saw(self._transcript.turns)
        self._progress.set_text(progress(interview))
        self._clocks.set(interview)
        self._box.show(shown=not interview.is_over)
        self._outcome.clear()
        if interview.is_over:
            with self._outcome:
                show_way_on(self._product, self._owner, self._id, interview)
        elif interview.exchanges:
            ui.run_javascript("room.newest()")

    async def _load(self) -> Interview:
        return await self._conductor.load(self._id, owner=self._owner)


async def _with_first(first: Update, rest: AsyncIterator[Update]) -> AsyncIterator[Update]:
    yield first
    async for update in rest:
        yield update


def _sent(interview: Interview) -> set[str]:
    """What was answered already: a draft equal to it was sent just before the server stopped."""
    return {answer.strip() for exchange in interview.exchanges for answer in exchange.answers}
