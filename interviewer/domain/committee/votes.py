"""Votes: each member reads the scorecard of their own questions through their own concern.

Source: that a committee weighs risk, impact and leadership, in that order, is one vendor's claim
(vendor-mnemonics#ril-matrix). Every number here and in `seeds/committee.yaml` is this project's own
convention; no bank publishes how its committees vote.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from interviewer.domain.committee.marks import GatesOver, Mark, gates_over, overall_of
from interviewer.domain.rubric import Line, Signal, Slug
from interviewer.domain.scorecard import SIGNAL_WEIGHTS, Gate
from interviewer.domain.value import Value

STRONG_MARGIN = 1.0
"""A member who is so many levels from the bar, on the weighted mean of their signals, is sure."""

RISK_MINDED = 0.5
"""From this weight on risk, a member votes against whatever raised a red flag with them."""


class Vote(StrEnum):
    """What a member says when asked."""

    STRONG_HIRE = "strong-hire"
    HIRE = "hire"
    NO_HIRE = "no-hire"
    STRONG_NO_HIRE = "strong-no-hire"
    ABSTAIN = "abstain"

    @property
    def worth(self) -> int:
        """From +2 to -2; an abstention is 0 and is not counted."""
        return _WORTH[self]

    @property
    def spoken(self) -> str:
        """In words."""
        return self.value.replace("strong-no-hire", "strong no hire").replace("-", " ")


_WORTH = {
    Vote.STRONG_HIRE: 2,
    Vote.HIRE: 1,
    Vote.ABSTAIN: 0,
    Vote.NO_HIRE: -1,
    Vote.STRONG_NO_HIRE: -2,
}


class Lens(Value):
    """What a member looks at: the weight of each signal in their vote, 1 in all."""

    weighs: dict[Signal, float] = Field(default_factory=lambda: dict(SIGNAL_WEIGHTS))
    asks: Line = Field(
        default="Whether the answers would stand up in front of a risk committee.",
        description="The member's own question, as the debrief shows it.",
    )

    @property
    def main(self) -> Signal:
        """The signal that the member looks at first."""
        return max(Signal, key=lambda signal: self.weighs[signal])

    @property
    def is_risk_minded(self) -> bool:
        """Whether a red flag alone turns the vote."""
        return self.weighs[Signal.RISK] >= RISK_MINDED

    @property
    def counts(self) -> float:
        """How much the vote counts: its signals by their weight over all, so risk counts most."""
        return sum(SIGNAL_WEIGHTS[signal] * weight for signal, weight in self.weighs.items())

    @model_validator(mode="after")
    def _all_signals_sum_to_one(self) -> Self:
        if set(self.weighs) != set(Signal):
            raise ValueError(f"weighs must name {', '.join(s.value for s in Signal)}")
        if min(self.weighs.values()) < 0 or abs(sum(self.weighs.values()) - 1) > _ROUNDING:
            raise ValueError("weighs must be shares that sum to 1")
        return self


_ROUNDING = 1e-6


class Ballot(Value):
    """One member's scorecard and vote."""

    member: Slug
    rounds: tuple[str, ...] = Field(description="Where the member interviewed.")
    questions: int = Field(description="How many answers of the candidate the member heard.")
    gates: tuple[Gate, ...]
    overall: float | None = Field(description="By the weights of the whole committee, in [1, 5].")
    margin: float | None = Field(
        description="Levels above the bar, by the member's own weights; negative below it."
    )
    vote: Vote
    because: str
    red_flags: int = 0
    lens: Lens


def ballot_of(
    member: str,
    rounds: tuple[str, ...],
    marks: Sequence[Mark],
    lens: Lens,
    over: GatesOver = gates_over,
) -> Ballot:
    """The vote of one member.

    Args:
        member: Id of the persona.
        rounds: In which they interviewed.
        marks: Their own questions.
        lens: What they look at.
        over: Sums up marks; a memo spares a search the sums it has made.
    """
    gates = over(marks)
    margin = _margin(gates, lens)
    flags = sum(len(mark.assessment.red_flags) for mark in marks)
    vote, because = _vote(gates, margin, lens, flags)
    return Ballot(
        member=member,
        rounds=rounds,
        questions=len(marks),
        gates=gates,
        overall=overall_of(gates),
        margin=margin,
        vote=vote,
        because=because,
        red_flags=flags,
        lens=lens,
    )


def _margin(gates: Sequence[Gate], lens: Lens) -> float | None:
    total = margin = 0.0
    for gate in gates:
        if gate.score is not None:
            total += lens.weighs[gate.signal]
            margin += lens.weighs[gate.signal] * (gate.score - gate.bar)
    return margin / total if total else None


def _vote(gates: Sequence[Gate], margin: float | None, lens: Lens, flags: int) -> tuple[Vote, str]:
    main = next(gate for gate in gates if gate.signal is lens.main)
    if margin is None or main.score is None:
        return Vote.ABSTAIN, f"{lens.main.value}, which this vote rests on, was not assessed here"
    vote = _by_margin(margin)
    because = (
        f"{abs(margin):.1f} {'above' if margin >= 0 else 'below'} the bar by their own weights"
    )
    for limit, holds, why in (
        (Vote.NO_HIRE, not main.passed, f"{main.signal.value} is below the bar"),
        (Vote.NO_HIRE, bool(flags) and lens.is_risk_minded, "a red flag was raised"),
        (Vote.HIRE, bool(flags), "a red flag was raised"),
        (Vote.HIRE, any(gate.passed is False for gate in gates), "a signal is below its bar"),
    ):
        if holds and vote.worth > limit.worth:
            vote, because = limit, f"{because}, but {why}"
    return vote, because


def _by_margin(margin: float) -> Vote:
    if margin >= STRONG_MARGIN:
        return Vote.STRONG_HIRE
    if margin >= 0:
        return Vote.HIRE
    return Vote.NO_HIRE if margin > -STRONG_MARGIN else Vote.STRONG_NO_HIRE
