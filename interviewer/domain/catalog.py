"""The catalog: every track, persona, criterion and question, found by id."""

from collections.abc import Mapping
from typing import TypeVar

from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion
from interviewer.domain.track import Persona, Round, Track
from interviewer.domain.value import Value
from interviewer.errors import UnknownId

T = TypeVar("T")


class Catalog(Value):
    """What the seeds define; look-ups raise `UnknownId` naming what exists."""

    tracks: dict[str, Track]
    personas: dict[str, Persona]
    criteria: dict[str, Criterion]
    questions: dict[str, Question]

    def track(self, track_id: str) -> Track:
        """The track of that id."""
        return _found(self.tracks, track_id, "track")

    def round(self, track_id: str, round_id: str) -> Round:
        """The round of that id within a track."""
        rounds = {r.id: r for r in self.track(track_id).rounds}
        return _found(rounds, round_id, f"round in track {track_id!r}")

    def persona(self, persona_id: str) -> Persona:
        """The persona of that id."""
        return _found(self.personas, persona_id, "persona")

    def question(self, question_id: str) -> Question:
        """The question of that id."""
        return _found(self.questions, question_id, "question")


def _found(among: Mapping[str, T], wanted: str, kind: str) -> T:
    if wanted in among:
        return among[wanted]
    known = ", ".join(sorted(among)[:12]) + (", ..." if len(among) > 12 else "")
    raise UnknownId(f"there is no {kind} {wanted[:80]!r}; known: {known or 'none'}")
