"""Memory: the claims of a round, as later rounds are given them."""

from collections.abc import Iterable

from interviewer.domain.claims import RememberedClaim
from interviewer.domain.interview import Interview


def remembered_claims(interview: Interview, interview_id: str = "") -> tuple[RememberedClaim, ...]:
    """What a round's candidate claimed, in the order it was said.

    Claims are found when an exchange is graded, so give it an interview whose exchanges are
    graded (`Conductor.graded`). Hand the result to `Conductor.start(..., remembered=...)` of a
    later round; chain the results of several rounds, oldest first.

    Args:
        interview: A graded interview.
        interview_id: Its id, kept with each claim.
    """
    started = interview.started
    return tuple(
        RememberedClaim(
            claim=claim.model_copy(update={"round": started.round}),
            title=started.title,
            interview=interview_id,
            persona=started.persona,
        )
        for exchange in interview.exchanges
        if exchange.assessment is not None
        for claim in exchange.assessment.checkable
    )


def distinct(claims: Iterable[RememberedClaim]) -> tuple[RememberedClaim, ...]:
    """Claims without those that were made in the same words before."""
    seen: dict[tuple[str, str], RememberedClaim] = {}
    for remembered in claims:
        claim = remembered.claim
        seen.setdefault((claim.kind.value, claim.quote.text), remembered)
    return tuple(seen.values())
