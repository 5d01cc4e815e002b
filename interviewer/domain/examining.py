"""Asking about code: what was observed in the last run comes before what is missing in the words."""

from interviewer.domain.code_observations import Observation, speaks_of_complexity
from interviewer.domain.coding import ObservationKind
from interviewer.domain.exchange import Exchange
from interviewer.domain.moves import Examine

MOST_EXAMINED = 2
"""Questions about the code itself in one exchange; they leave the budget of follow-ups alone."""


def examine(current: Exchange) -> Examine | None:
    """Asks about the most serious observation that was not asked about yet."""
    made = [move for move in current.moves if isinstance(move, Examine)]
    if len(made) >= MOST_EXAMINED:
        return None
    asked = {(move.observation.kind, move.observation.test) for move in made}
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
