"""What a candidate prepares with outside the interviews: skills, readiness, timelines, the quiz."""

from interviewer.domain.quiz import QuizItem
from interviewer.domain.readiness import Item
from interviewer.domain.skills import SkillMap
from interviewer.domain.timeline import TimelinePattern
from interviewer.domain.value import Value
from interviewer.errors import UnknownId


class Preparation(Value):
    """The seeds of the preparation, checked."""

    skills: SkillMap
    readiness: tuple[Item, ...]
    timelines: tuple[TimelinePattern, ...]
    quiz: tuple[QuizItem, ...]

    def timeline(self, track: str) -> TimelinePattern:
        """The track's timeline; raises `UnknownId` naming what exists."""
        for pattern in self.timelines:
            if pattern.track == track:
                return pattern
        known = ", ".join(pattern.track for pattern in self.timelines)
        raise UnknownId(f"there is no timeline for track {track[:80]!r}; known: {known}")
