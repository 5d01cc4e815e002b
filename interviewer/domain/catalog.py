"""The catalog: every track, persona, criterion and question, found by id."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from pydantic import Field

from interviewer.domain.coding import CodingProblem
from interviewer.domain.question import Question
from interviewer.domain.rubric import Criterion
from interviewer.domain.said import Said
from interviewer.domain.sketch import SketchPart
from interviewer.domain.sql_problem import SqlProblem
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
    coding_problems: dict[str, CodingProblem] = Field(default_factory=dict)
    sketch_parts: dict[str, SketchPart] = Field(
        default_factory=dict, description="What may be expected in a sketch, by id."
    )
    sql_problems: dict[str, SqlProblem] = Field(default_factory=dict)
    said: dict[str, dict[str, Said]] = Field(
        default_factory=dict, description="By question and point, what candidates say about it."
    )

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
    if len(among) <= _ALL_NAMED:
        known = f"known: {', '.join(sorted(among)) or 'none'}"
    else:
        near = get_close_matches(wanted[:80], among, n=3, cutoff=0.4) or sorted(among)[:3]
        known = f"there are {len(among)}, for example {', '.join(near)}"
    raise UnknownId(f"there is no {kind} {wanted[:80]!r}; {known}")


_ALL_NAMED = 12
