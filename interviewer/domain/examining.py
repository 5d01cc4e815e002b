"""Asking about work: what was observed in it comes before what is missing in the words.

Work is code that was run, and artefacts that were handed in.
"""

from interviewer.domain.code_observations import Observation, speaks_of_complexity
from interviewer.domain.coding import ObservationKind
from interviewer.domain.exchange import Exchange
from interviewer.domain.handed import TITLES, ArtefactObservation
from interviewer.domain.moves import Examine
from interviewer.domain.shown import examined, observations

MOST_EXAMINED = 2
"""Questions about the work itself in one exchange; they leave the budget of follow-ups alone."""


def examine(current: Exchange) -> Examine | None:
    """Asks about the most serious observation that was not asked about yet."""
    made = [move for move in current.moves if isinstance(move, Examine)]
    if len(made) >= MOST_EXAMINED:
        return None
    return _about_code(current, made) or _about_artefact(current)


def _about_artefact(current: Exchange) -> Examine | None:
    asked = examined(current)
    for seen in observations(current):
        if seen.kind not in asked:
            handed = TITLES.get(seen.artefact, seen.artefact).lower()
            return Examine(observation=seen, reason=f"In your {handed}: {seen.text}")
    return None


def _about_code(current: Exchange, made: list[Examine]) -> Examine | None:
    asked = {
        (move.observation.kind, move.observation.test)
        for move in made
        if not isinstance(move.observation, ArtefactObservation)
    }
    for seen in current.observations:
        if (seen.kind, seen.test) in asked or _is_settled(seen, current.answers):
            continue
        return Examine(observation=seen, reason=f"Your code was run: {seen.text}")
    return None


def _is_settled(seen: Observation, answers: tuple[str, ...]) -> bool:
    """Whether what was missing when the code was run has been said since."""
    if seen.kind is ObservationKind.NO_COMPLEXITY:
        return any(map(speaks_of_complexity, answers))
    if seen.kind is ObservationKind.NO_CLARIFYING:
        return any("?" in text for text in answers)
    return False


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
