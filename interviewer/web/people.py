"""Who sits in the room: each interviewer in a colour and with initials of their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from nicegui import ui

from interviewer.domain.catalog import Catalog
from interviewer.domain.interview import Interview, Turn
from interviewer.domain.panel import panel_of
from interviewer.domain.track import Persona
from interviewer.interviews.updates import MoveChosen, Update
from interviewer.web.words import Words, heading, paragraph

_COLOURS = 4
"""Of the stylesheet (`voice-0` to `voice-3`)."""


class People:
    """The interviewers of one round."""

    def __init__(self, catalog: Catalog, interview: Interview) -> None:
        self._opens = interview.started.persona
        self._personas = {who: catalog.persona(who) for who in panel_of(interview)}
        self._places = {persona: place for place, persona in enumerate(self._personas)}

    def speaking(self, update: Update) -> str:
        """Id of the interviewer who is about to speak."""
        named = update.persona if isinstance(update, MoveChosen) else ""
        return named or self._opens

    def speaker(self, turn: Turn) -> str:
        """Id of the interviewer who said a turn."""
        return turn.persona or self._opens

    def cards(self) -> None:
        """What a candidate is told about them beforehand."""
        for persona in self._personas.values():
            with ui.element("section").classes("persona"):
                Words("span", initials(persona.name), self._face(persona)).props("aria-hidden=true")
                with ui.element("div"):
                    heading(persona.name, 2)
                    paragraph(persona.title, "with")
                paragraph(persona.introduction, "quiet")

    @contextmanager
    def said_by(self, persona_id: str | None, badges: Sequence[str] = ()) -> Iterator[None]:
        """A turn with its speaker above it; None is the candidate."""
        persona = self._personas.get(persona_id or "")
        kind = f"interviewer {self._colour(persona)}" if persona else "candidate"
        with ui.element("article").classes(f"turn {kind}"):
            with ui.element("p").classes("who"):
                Words("span", persona.name if persona else "You")
                for badge in badges:
                    Words("span", badge, "badge")
            yield

    def _colour(self, persona: Persona) -> str:
        return f"voice-{self._places[persona.id] % _COLOURS}"

    def _face(self, persona: Persona) -> str:
        return f"face {self._colour(persona)}"


def initials(name: str) -> str:
    """The first letters of first and last name.

    >>> initials("Ottilie Brandreth")
    'OB'
    """
    first, *others = name.split()
    return "".join(word[0] for word in (first, *others[-1:])).upper()
