"""The decision: what the votes and the signals over all rounds come to, by rules in one order.

The rules stand in docs/grading.md; the first that applies decides.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from interviewer.domain.committee.marks import (
    GatesOver,
    HeldRound,
    Mark,
    gates_over,
    marks_of,
)
from interviewer.domain.committee.votes import Ballot, Lens, Vote, ballot_of
from interviewer.domain.scorecard import Gate
from interviewer.domain.value import Value


class Decision(StrEnum):
    """What the committee comes to."""

    HIRE = "hire"
    HOLD = "hold"
    NO_HIRE = "no-hire"
    WITHHELD = "withheld"

    @property
    def spoken(self) -> str:
        """In words."""
        return self.value.replace("-", " ")


RANK = {Decision.NO_HIRE: 0, Decision.HOLD: 1, Decision.HIRE: 2}
"""From worst to best; withheld has no place among them."""


class Deliberation(Value):
    """Votes, signals and decision over a set of marks."""

    ballots: tuple[Ballot, ...]
    gates: tuple[Gate, ...]
    decision: Decision
    because: str
    leaning: Decision | None = None
    """If withheld: what the rounds sat so far would come to; None if nobody could vote."""

    @property
    def balance(self) -> float:
        """The votes, each by what it counts: above 0 for the candidate, below against."""
        return balance_of(self.ballots)


def balance_of(ballots: Sequence[Ballot]) -> float:
    """Weighted mean of the votes cast, from -2 to 2; 0 if none was."""
    cast = [ballot for ballot in ballots if ballot.vote is not Vote.ABSTAIN]
    total = sum(ballot.lens.counts for ballot in cast)
    if not total:
        return 0.0
    return sum(ballot.lens.counts * ballot.vote.worth for ballot in cast) / total


def decide(
    rounds: Sequence[HeldRound],
    lenses: Mapping[str, Lens],
    marks: Sequence[Mark] | None = None,
    over: GatesOver = gates_over,
) -> Deliberation:
    """Takes the votes and applies the rules.

    Args:
        rounds: Every round of the loop, also those not sat.
        lenses: By persona; one without a lens looks at everything, by the committee's weights.
        marks: In place of the rounds' own, to see what else would have come of them.
        over: Sums up marks; see `ballot_of`.
    """
    known = marks_of(rounds) if marks is None else marks
    ballots = tuple(_ballots(rounds, lenses, known, over))
    gates = over(known)
    decided, because = _decided(ballots, gates, _screened(rounds, known, over))
    missing = _missing(rounds, gates, ballots)
    if missing is None:
        return Deliberation(ballots=ballots, gates=gates, decision=decided, because=because)
    anybody = any(ballot.vote is not Vote.ABSTAIN for ballot in ballots)
    return Deliberation(
        ballots=ballots,
        gates=gates,
        decision=Decision.WITHHELD,
        because=missing,
        leaning=decided if anybody else None,
    )


_NO_LENS = Lens()


def _ballots(
    rounds: Sequence[HeldRound],
    lenses: Mapping[str, Lens],
    marks: Sequence[Mark],
    over: GatesOver,
) -> list[Ballot]:
    """One vote a person, however many rounds they sat in; those not sat give no vote."""
    sat: dict[str, list[str]] = {}
    for held in rounds:
        for member in held.members if held.exchanges else ():
            sat.setdefault(member, []).append(held.round)
    return [
        ballot_of(
            member,
            tuple(where),
            [mark for mark in marks if mark.member == member],
            lenses.get(member, _NO_LENS),
            over,
        )
        for member, where in sat.items()
    ]


def _missing(
    rounds: Sequence[HeldRound], gates: Sequence[Gate], ballots: Sequence[Ballot]
) -> str | None:
    """Why nothing can be decided, or None."""
    unsat = [held.title for held in rounds if held.state in ("not-sat", "gone")]
    still_open = [held.title for held in rounds if held.state == "open"]
    parts = []
    if unsat:
        parts.append(f"not sat: {', '.join(unsat)}")
    if still_open:
        parts.append(f"not finished: {', '.join(still_open)}")
    unknown = [gate.signal.value for gate in gates if gate.passed is None]
    if unknown:
        parts.append(f"assessed in no round: {', '.join(unknown)}")
    abstained = sum(ballot.vote is Vote.ABSTAIN for ballot in ballots)
    if 2 * abstained > len(ballots):
        parts.append(f"{abstained} of {len(ballots)} members had too little to vote on")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if parts else None


def _screened(
    rounds: Sequence[HeldRound], marks: Sequence[Mark], over: GatesOver
) -> list[tuple[str, Gate]]:
    """The gates that failed in a single round, with the round's title."""
    return [
        (held.title, gate)
        for held in rounds
        for gate in over([mark for mark in marks if mark.round == held.round])
        if gate.passed is False
    ]


def _decided(
    ballots: Sequence[Ballot], gates: Sequence[Gate], screened: Sequence[tuple[str, Gate]]
) -> tuple[Decision, str]:
    failed = [gate for gate in gates if gate.passed is False]
    if failed:
        worst = min(failed, key=lambda gate: (gate.score or 0) - gate.bar)
        return Decision.NO_HIRE, (
            f"Over all rounds {worst.signal.value} came to {worst.score:.1f}, below the bar of "
            f"{worst.bar:.1f}. One signal below its bar decides, however strong the others are."
        )
    if balance_of(ballots) <= 0:
        return Decision.NO_HIRE, (
            "Every signal reached its bar over all rounds, but the votes, each by what it counts, "
            "do not come out for the candidate."
        )
    if screened:
        title, gate = min(screened, key=lambda pair: (pair[1].score or 0) - pair[1].bar)
        return Decision.HOLD, (
            f"The signals hold over all rounds, but {title} alone would have screened out: "
            f"{gate.signal.value} came to {gate.score:.1f} there, against a bar of {gate.bar:.1f}."
        )
    sure = [ballot.member for ballot in ballots if ballot.vote is Vote.STRONG_NO_HIRE]
    if sure:
        return Decision.HOLD, "The votes come out for the candidate, but one is a strong no hire."
    return Decision.HIRE, (
        "Every signal reached its bar, over all rounds and in each, and the votes come out for the "
        "candidate."
    )
