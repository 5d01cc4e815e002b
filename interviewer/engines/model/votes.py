"""Votes: several readings of one exchange by the model, and what they come to.

A model asked twice does not always say the same, and may lean on where in a list a point stands. So
each vote is shown the points in another order, the middle verdict counts, and the share of votes
that gave it is the confidence. Two votes of three that agree are the middle one.
"""

import random
from collections.abc import Sequence
from statistics import median_low
from typing import NamedTuple

from interviewer.domain.assessment import Vote
from interviewer.domain.claims import Claim
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.domain.usage import Usage
from interviewer.domain.verdict import FlagRaised, Met, Verdict
from interviewer.errors import ModelError

_RANK = {Met.NO: 0, Met.PARTLY: 1, Met.YES: 2}
_MET = {rank: met for met, rank in _RANK.items()}


class Ballot(NamedTuple):
    """One reading, its quotes checked; or the reason why there is none."""

    order: tuple[str, ...]
    """Ids of the points, as the model was shown them."""
    verdicts: tuple[Verdict, ...] = ()
    """One for each point of the rubric, in its order."""
    red_flags: tuple[FlagRaised, ...] = ()
    usage: Usage = Usage()
    failed: ModelError | None = None
    claims: tuple[Claim, ...] = ()

    @property
    def as_vote(self) -> Vote:
        """What an assessment keeps of it."""
        return Vote(
            order=self.order,
            met={verdict.point: verdict.met for verdict in self.verdicts},
            red_flags=tuple(flag.id for flag in self.red_flags),
            failed=self.failed.kind if self.failed else None,
        )


def orders(question: Question, votes: int) -> list[tuple[Point, ...]]:
    """The points as each vote is shown them: one vote in the author's order, several shuffled.

    One shuffle, seeded by the question, is turned by an equal share for every vote, so that each
    point stands once in each part of the list and what its place does to it averages out. All
    candidates of a question meet the same orders.

    Args:
        question: Whose points.
        votes: How many orders, from 1.
    """
    points = list(question.points)
    if votes == 1:
        return [tuple(points)]
    random.Random(question.id).shuffle(points)  # noqa: S311 (a repeatable mixture)
    turns = (round(vote * len(points) / votes) for vote in range(votes))
    return [(*points[turn:], *points[:turn]) for turn in turns]


def tallied(question: Question, ballots: Sequence[Ballot]) -> tuple[Verdict, ...]:
    """The verdict on each point, in the rubric's order.

    Args:
        question: The rubric.
        ballots: All votes that were asked for, at least one of which did not fail.
    """
    counted = [ballot for ballot in ballots if ballot.failed is None]
    return tuple(
        _middle([ballot.verdicts[index] for ballot in counted], len(ballots))
        for index in range(len(question.points))
    )


def flags_of_most(ballots: Sequence[Ballot]) -> tuple[FlagRaised, ...]:
    """The red flags that more than half of the votes raised, each as the first of them quotes it."""
    counted = [ballot for ballot in ballots if ballot.failed is None]
    first: dict[str, FlagRaised] = {}
    raised: list[str] = []
    for flag in (flag for ballot in counted for flag in ballot.red_flags):
        first.setdefault(flag.id, flag)
        raised.append(flag.id)
    return tuple(flag for flag in first.values() if 2 * raised.count(flag.id) > len(counted))


def _middle(said: Sequence[Verdict], asked: int) -> Verdict:
    """The middle of the verdicts on one point; of two that differ, the lower.

    A vote that failed agrees with nobody. Where most votes had no evidence, there is no verdict.
    """
    judged = [verdict for verdict in said if verdict.met is not None]
    if not judged or 2 * len(judged) < len(said):
        return next(verdict for verdict in said if verdict.met is None)
    met = _MET[median_low(_RANK[verdict.met] for verdict in judged if verdict.met is not None)]
    agreeing = [verdict for verdict in judged if verdict.met is met]
    # The earliest words that show it: a point made before its probe was made unasked.
    chosen = min(agreeing, key=lambda v: v.quote.answer if v.quote else 0)
    if len(agreeing) == asked:
        return chosen
    return chosen.model_copy(
        update={
            "confidence": len(agreeing) / asked,
            "why": f"{chosen.why} ({len(agreeing)} of {asked} readings agree.)".strip(),
        }
    )
