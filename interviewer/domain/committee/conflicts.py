"""What does not fit together in a loop: claims of all rounds, held against each other."""

from collections.abc import Iterable

from interviewer.domain.claims import Claim, Contradiction, contradictions
from interviewer.domain.interview import Interview
from interviewer.domain.memory import distinct, remembered_claims


def contradictions_between(interviews: Iterable[Interview]) -> tuple[Contradiction, ...]:
    """Every contradiction within a round and between rounds, in the order they came up.

    Args:
        interviews: Of one loop, in the order they were sat, their exchanges graded.
    """
    before: list[tuple[Claim, str | None]] = []
    found: list[Contradiction] = []
    for interview in interviews:
        for remembered in distinct(remembered_claims(interview)):
            found += contradictions(before, [remembered.claim])
            before.append((remembered.claim, remembered.title))
    return tuple(found)
