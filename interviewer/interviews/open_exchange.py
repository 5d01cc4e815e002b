"""The exchange for which something may be sent now: code, a query, a request for a hint."""

from interviewer.domain.interview import Exchange, Interview
from interviewer.errors import RuleBroken


def open_exchange(interview: Interview) -> Exchange:
    """The exchange on the question that is open.

    Raises:
        RuleBroken: None is: the interviewer is about to speak, or the round is over.
    """
    current = interview.current
    if current is None or not interview.awaits_candidate:
        raise RuleBroken("no question is open: wait for the interviewer")
    return current
