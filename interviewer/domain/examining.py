"""Asking about work: what was observed in it comes before what is missing in the words.

Work is code and queries that were run, and artefacts that were handed in.
"""

from interviewer.domain.code_observations import speaks_of_complexity
from interviewer.domain.coding import ObservationKind
from interviewer.domain.exchange import Exchange
from interviewer.domain.handed import TITLES
from interviewer.domain.moves import Examine
from interviewer.domain.observation import Observation
from interviewer.domain.shown import examined, observations

MOST_EXAMINED = 2
"""Questions about the work itself in one exchange; they leave the budget of follow-ups alone."""


def examine(current: Exchange) -> Examine | None:
    """Asks about the most serious observation that was not asked about yet."""
    made = [move for move in current.moves if isinstance(move, Examine)]
    if len(made) >= MOST_EXAMINED:
        return None
    return _about_what_ran(current, made) or _about_artefact(current)


def _about_artefact(current: Exchange) -> Examine | None:
    asked = examined(current)
    for seen in observations(current):
        if seen.kind not in asked:
            handed = TITLES.get(seen.artefact, seen.artefact).lower()
            return Examine(observation=seen, reason=f"In your {handed}: {seen.text}")
    return None


def _about_what_ran(current: Exchange, made: list[Examine]) -> Examine | None:
    asked = {_subject(m.observation) for m in made if isinstance(m.observation, Observation)}
    for seen in current.observations:
        if _subject(seen) in asked or _is_settled(seen, current.answers):
            continue
        what = "Your code was run" if current.sql is None else "What came of your query"
        return Examine(observation=seen, reason=f"{what}: {seen.text}")
    return None


def _is_settled(seen: Observation, answers: tuple[str, ...]) -> bool:
    """Whether what was missing when the code was run has been said since."""
    if seen.kind is ObservationKind.NO_COMPLEXITY:
        return any(map(speaks_of_complexity, answers))
    if seen.kind is ObservationKind.NO_CLARIFYING:
        return any("?" in text for text in answers)
    return False


def _subject(seen: Observation) -> tuple[str, str]:
    """What makes two observations the same; a query that fails alike again is asked about anew."""
    return seen.kind, seen.test or seen.ask


def has_just_handed_in(current: Exchange) -> bool:
    """Whether something was laid on the table since the interviewer last spoke.

    Then "there it is" is enough to be going on with.
    """
    for turn in reversed(current.turns):
        if turn.speaker == "interviewer":
            return False
        if turn.is_silent:
            return True
    return False
