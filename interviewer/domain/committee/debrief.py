"""The debrief: everything that the rules find, before anybody puts it into words."""

from collections.abc import Mapping, Sequence

from pydantic import Field

from interviewer.domain.claims import Contradiction
from interviewer.domain.committee.decision import Decision, decide
from interviewer.domain.committee.dissent import Dissent, dissent_of
from interviewer.domain.committee.marks import HeldRound, gates_over, marks_of, overall_of
from interviewer.domain.committee.remarks import Remark, strongest, weakest
from interviewer.domain.committee.turning import Turning, turned_decision, turned_vote
from interviewer.domain.committee.votes import Ballot, Lens
from interviewer.domain.grade import level_of
from interviewer.domain.scorecard import Gate
from interviewer.domain.value import Value

REMARKS = 2
"""Strong and weak points that each member names."""


class Position(Value):
    """What one member brings to the table."""

    ballot: Ballot
    strongest: tuple[Remark, ...]
    weakest: tuple[Remark, ...]
    turning: Turning | None


class RoundStanding(Value):
    """One round in the debrief."""

    round: str
    title: str
    state: str
    members: tuple[str, ...]
    overall: float | None
    gates: tuple[Gate, ...]


class Findings(Value):
    """All facts of a debrief; every word that is said in it must rest on these."""

    decision: Decision
    leaning: Decision | None
    because: str
    overall: float | None = Field(description="Weighted over the signals, in [1, 5].")
    level: int | None
    gates: tuple[Gate, ...]
    balance: float = Field(description="Weighted mean of the votes, from -2 to 2.")
    positions: tuple[Position, ...]
    dissent: Dissent | None
    turning: Turning | None
    contradictions: tuple[Contradiction, ...]
    rounds: tuple[RoundStanding, ...]


def deliberate(
    rounds: Sequence[HeldRound],
    lenses: Mapping[str, Lens],
    contradictions: Sequence[Contradiction] = (),
) -> Findings:
    """Holds the committee.

    Args:
        rounds: Every round of the loop in order, also those not sat.
        lenses: By persona.
        contradictions: Found between the rounds; shown, never counted.
    """
    marks = marks_of(rounds)
    found = decide(rounds, lenses, marks)
    overall = overall_of(found.gates)
    positions = []
    for ballot in found.ballots:
        own = [mark for mark in marks if mark.member == ballot.member]
        positions.append(
            Position(
                ballot=ballot,
                strongest=strongest(own, ballot.lens, REMARKS),
                weakest=weakest(own, ballot.lens, REMARKS),
                turning=turned_vote(ballot, marks),
            )
        )
    return Findings(
        decision=found.decision,
        leaning=found.leaning,
        because=found.because,
        overall=None if overall is None else round(overall, 1),
        level=level_of(overall),
        gates=found.gates,
        balance=round(found.balance, 2),
        positions=tuple(positions),
        dissent=dissent_of(found, marks),
        turning=turned_decision(found, rounds, lenses, marks),
        contradictions=tuple(contradictions),
        rounds=tuple(_standing(held) for held in rounds),
    )


def _standing(held: HeldRound) -> RoundStanding:
    gates = gates_over(marks_of([held]))
    overall = overall_of(gates)
    return RoundStanding(
        round=held.round,
        title=held.title,
        state=held.state,
        members=held.members,
        overall=None if overall is None else round(overall, 1),
        gates=gates,
    )
