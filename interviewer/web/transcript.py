"""The transcript of a room: what was said, and the words that are being said now."""

from nicegui import ui

from interviewer.domain.handed import TITLES
from interviewer.domain.interview import Interview, Turn
from interviewer.interviews.updates import MOVES
from interviewer.web.people import People
from interviewer.web.speech import SILENCE, Speech
from interviewer.web.words import paragraph


class Transcript:
    """Turns as they stand in the log; reasons only once the round is over."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._drawn = 0
        self._with_reasons = False
        self._frame = ui.element("div").props(
            'aria-live=polite role=log aria-label="Transcript" tabindex=0'
        )
        with self._frame:
            # Sent again with each turn: it carries nothing but its children.
            self._log = ui.element("div").classes("transcript")
        # Outside the log: a screen reader would read a growing text again with every piece.
        self._pending = ui.element("div").classes("pending")

    @property
    def turns(self) -> int:
        """How many turns are shown."""
        return self._drawn

    def draw(self, interview: Interview) -> None:
        """Adds what was said since the last time."""
        if interview.is_over and not self._with_reasons:
            self._with_reasons = True
            self._drawn = 0
            self._frame.props("aria-live=off")
            self._log.clear()
        turns = turns_of(interview)
        with self._log:
            for turn in turns[self._drawn :]:
                self._turn(turn)
        # A log that was read before the last turn takes none back: it would come again.
        self._drawn = max(self._drawn, len(turns))

    def begin(self, who: str) -> Speech:
        """The place for words that are being said."""
        self._pending.clear()
        with self._pending, self._people.said_by(who):
            return Speech(paragraph(SILENCE, "said"))

    def end(self) -> None:
        """Takes the place away; what was said stands in the log."""
        self._pending.clear()

    def _turn(self, turn: Turn) -> None:
        is_candidate = turn.speaker == "candidate"
        moved = turn.move if turn.move and turn.move.kind in MOVES else None
        badges = [MOVES[moved.kind]] if moved else []
        badges += ["cut off"] if turn.cut_off else []
        badges += [f"handed in: {TITLES[turn.artefact].lower()}"] if turn.artefact else []
        with self._people.said_by(None if is_candidate else self._people.speaker(turn), badges):
            if moved and self._with_reasons:
                paragraph(f"Why: {moved.reason}", "reason")
            if turn.notice:
                paragraph(turn.notice, "notice")
            paragraph(turn.text or "(passed)", "said")


def turns_of(interview: Interview) -> list[Turn]:
    """All turns of a round, the farewell last."""
    turns = [turn for exchange in interview.exchanges for turn in exchange.turns]
    return turns if interview.farewell is None else [*turns, interview.farewell]
