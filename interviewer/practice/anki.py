"""Cards for Anki: one note for each point, so that what is missed can be learnt apart.

A note's id comes from question and point, so that a later export updates the same notes and keeps
what Anki has learnt about them.
"""

import html
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import genanki

from interviewer.domain.question import Question
from interviewer.domain.rubric import Point

# Drawn once; Anki knows the note type and the deck by them.
_MODEL_ID, _DECK_ID = 1_746_023_911, 1_913_557_402
_CSS = ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 40em; }"
_FOOT = "Independent practice tool, not affiliated with JPMorgan Chase. No legal advice."


class Cited(Protocol):
    """What a note shows of a passage."""

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def section(self) -> str: ...  # noqa: D102

    @property
    def status(self) -> str: ...  # noqa: D102


class _Note(genanki.Note):  # type: ignore[misc]
    """A note of one point."""

    @property
    def guid(self) -> str:
        question, point = self.fields[0], self.fields[1]
        return str(genanki.guid_for("interviewer", question, point))


_MODEL = genanki.Model(
    _MODEL_ID,
    "interviewer: point",
    fields=[{"name": name} for name in ("Question id", "Point id", "Front", "Back")],
    templates=[
        {
            "name": "Point",
            "qfmt": "{{Front}}",
            "afmt": '{{FrontSide}}<hr id="answer">{{Back}}',
        }
    ],
    css=_CSS,
    sort_field_index=0,
)


def note_guid(question_id: str, point_id: str) -> str:
    """The id of a point's note; the same in every export."""
    return str(genanki.guid_for("interviewer", question_id, point_id))


def write_deck(
    file: Path, questions: Iterable[Question], passages: Mapping[str, Cited], timestamp: float
) -> int:
    """Writes the deck; gives how many notes are in it.

    Args:
        file: Where to; written whole or not at all.
        questions: With their points.
        passages: By citation; a citation that is not among them is left out.
        timestamp: Seconds since 1970, for the notes' time of change.

    Raises:
        OSError: The file cannot be written.
    """
    deck = genanki.Deck(_DECK_ID, "Interviewer")
    for question in questions:
        for number, point in enumerate(question.points, 1):
            deck.add_note(
                _Note(
                    model=_MODEL,
                    fields=[
                        question.id,
                        point.id,
                        _front(question, point, number),
                        _back(question, point, passages),
                    ],
                    tags=[question.round, point.criterion, point.signal.value],
                )
            )
    unfinished = file.with_name(f".{file.name}.part")
    try:
        genanki.Package(deck).write_to_file(str(unfinished), timestamp=timestamp)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return len(deck.notes)


def _front(question: Question, point: Point, number: int) -> str:
    return "".join(
        (
            _paragraph(question.text),
            f"<p><i>Point {number} of {len(question.points)}.</i> {_text(point.probes[0])}</p>",
        )
    )


def _back(question: Question, point: Point, passages: Mapping[str, Cited]) -> str:
    ways = "".join(f"<li>{_text(way)}</li>" for way in point.counts if way != point.statement)
    sources = "".join(
        f"<li>{_text(p.title)}: {_text(p.section)} ({_text(str(p.status).replace('_', ' '))}) "
        f"[{_text(cited)}]</li>"
        for cited in point.passages
        if (p := passages.get(cited)) is not None
    )
    note = _paragraph(question.note) if question.note else ""
    return (
        f"<p><b>{_text(point.statement)}</b></p>"
        + (f"<p>For example:</p><ul>{ways}</ul>" if ways else "")
        + (f"<p>Rests on:</p><ul>{sources}</ul>" if sources else "")
        + note
        + f"<p><small>{_FOOT}</small></p>"
    )


def _paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def _text(text: str) -> str:
    """Escaped for HTML, and for Anki's own marks: an imported question is untrusted."""
    return (
        html.escape(text).replace("{{", "{ {").replace("\n", "<br>").replace("[sound:", "[sound :")
    )
