"""Asking about code and queries: what was observed in the last run comes before what is missing in the words."""

from interviewer.domain.code_observations import speaks_of_complexity
from interviewer.domain.coding import ObservationKind
from interviewer.domain.exchange import Exchange
from interviewer.domain.moves import Examine
from interviewer.domain.observation import Observation

MOST_EXAMINED = 2
"""Questions about what was run in one exchange; they leave the budget of follow-ups alone."""


def examine(current: Exchange) -> Examine | None:
    """Asks about the most serious observation that was not asked about yet."""
    made = [move for move in current.moves if isinstance(move, Examine)]
    if len(made) >= MOST_EXAMINED:
        return None
    asked = {_subject(move.observation) for move in made}
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
