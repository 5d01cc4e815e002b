"""Dissent: the member who is furthest from what was decided, and what they rest it on."""

from collections.abc import Sequence

from pydantic import Field

from interviewer.domain.committee.decision import Decision, Deliberation, balance_of
from interviewer.domain.committee.marks import Mark
from interviewer.domain.committee.remarks import Remark, strongest, weakest
from interviewer.domain.committee.votes import Ballot, Vote
from interviewer.domain.value import Value

ARGUED_FROM = 3
"""Remarks that a dissenter brings forward."""


class Dissent(Value):
    """The other side's case."""

    member: str
    voted_otherwise: bool = Field(
        description="False where nobody voted against the decision: then the least sure member puts "
        "the other side's case."
    )
    argues_for: bool = Field(description="For the candidate, or against.")
    distance: float = Field(description="From the weighted mean of the other votes, 0 to 4.")
    remarks: tuple[Remark, ...]


def dissent_of(deliberation: Deliberation, marks: Sequence[Mark]) -> Dissent | None:
    """The dissent; None where fewer than two members voted."""
    cast = [ballot for ballot in deliberation.ballots if ballot.vote is not Vote.ABSTAIN]
    if len(cast) < _FEWEST:
        return None
    away = {ballot.member: _distance(ballot, cast) for ballot in cast}
    side = _side(deliberation)
    opposed = [ballot for ballot in cast if ballot.vote.worth * side < 0]
    # Of equals the one whose vote counts more, then the one heard first.
    chosen = (
        max(opposed, key=lambda b: (away[b.member], b.lens.counts))
        if opposed
        else min(cast, key=lambda b: side * (b.margin or 0.0))
    )
    argues_for = side < 0
    own = [mark for mark in marks if mark.member == chosen.member]
    pick = strongest if argues_for else weakest
    return Dissent(
        member=chosen.member,
        voted_otherwise=bool(opposed),
        argues_for=argues_for,
        distance=round(away[chosen.member], 2),
        remarks=pick(own, chosen.lens, ARGUED_FROM),
    )


_FEWEST = 2


def _side(deliberation: Deliberation) -> int:
    """Whom the decision goes with: 1 for the candidate, -1 against; a hold goes with the votes."""
    decision = deliberation.leaning or deliberation.decision
    if decision is Decision.HOLD:
        return 1 if deliberation.balance > 0 else -1
    return -1 if decision is Decision.NO_HIRE else 1


def _without(ballot: Ballot, cast: Sequence[Ballot]) -> list[Ballot]:
    return [other for other in cast if other.member != ballot.member]


def _distance(ballot: Ballot, cast: Sequence[Ballot]) -> float:
    return abs(ballot.vote.worth - balance_of(_without(ballot, cast)))
