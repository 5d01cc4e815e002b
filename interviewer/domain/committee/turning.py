"""What would have changed a vote or the decision: the points short of the bar, nearest first.

The search is greedy: of all single changes it takes the one that leads furthest towards the other
result, and again, until the result changes. So it finds a short way, not always the shortest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from pydantic import Field

from interviewer.domain.committee.decision import RANK, Decision, Deliberation, decide
from interviewer.domain.committee.marks import GatesMemo, GatesOver, HeldRound, Mark, gates_over
from interviewer.domain.committee.votes import Ballot, Lens, Vote, ballot_of
from interviewer.domain.rubric import Signal
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met

MOST_CHANGES = 8
"""A result that is further away than so many points is said to be out of reach, with how far."""


class Change(Value):
    """One thing that the candidate would have said otherwise."""

    round: str
    question: str
    point: str
    statement: str
    signal: Signal
    red_flag: bool = False
    made: bool = Field(description="The point made, or the flag not raised; False: the reverse.")


class Turning(Value):
    """How far a result was from another one."""

    of: str = Field(description="`decision`, or the id of a member.")
    now: str
    then: str | None = Field(description="What it would have become; None if out of reach.")
    short: float = Field(description="Levels missing on the furthest signal below its bar, or 0.")
    short_of: Signal | None
    changes: tuple[Change, ...]


Single = tuple[Mark, Change]
"""A mark as it would be with one change."""

Result = Callable[[Sequence[Mark]], tuple[str, bool, float]]
"""Of some marks: the result, whether it is another one that counts, and how far from that."""


def turned_decision(
    deliberation: Deliberation,
    rounds: Sequence[HeldRound],
    lenses: Mapping[str, Lens],
    marks: Sequence[Mark],
) -> Turning | None:
    """The nearest change of the decision: a better one, or after a hire a worse one.

    None while the decision is withheld and leans nowhere.
    """
    now = deliberation.leaning or deliberation.decision
    if now is Decision.WITHHELD:
        return None
    better = now is not Decision.HIRE
    over = GatesMemo()

    def result(changed: Sequence[Mark]) -> tuple[str, bool, float]:
        found = decide(rounds, lenses, changed, over)
        decision = found.leaning or found.decision
        is_other = (RANK[decision] > RANK[now]) if better else (RANK[decision] < RANK[now])
        return decision.value, is_other, _room(found, changed, rounds, over)

    return _turned("decision", now.value, result, marks, better)


def turned_vote(ballot: Ballot, marks: Sequence[Mark]) -> Turning | None:
    """The nearest change that puts a vote on the other side; None for an abstention."""
    if ballot.vote is Vote.ABSTAIN:
        return None
    better = ballot.vote.worth < 0
    own = [mark for mark in marks if mark.member == ballot.member]

    def result(changed: Sequence[Mark]) -> tuple[str, bool, float]:
        found = ballot_of(ballot.member, ballot.rounds, changed, ballot.lens)
        main = next(g for g in found.gates if g.signal is found.lens.main)
        room = min(0.0, (main.score or 0.0) - main.bar) + _NEARLY * (found.margin or 0.0)
        return found.vote.value, (found.vote.worth > 0) is better, room

    return _turned(ballot.member, ballot.vote.value, result, own, better)


_NEARLY = 0.1
"""What lies behind the bar still counts a little, or a search would stand still on a level stretch."""


def _room(
    found: Deliberation, marks: Sequence[Mark], rounds: Sequence[HeldRound], over: GatesOver
) -> float:
    """How much room there is above what the rules ask; the lower, the nearer to a no."""
    gates = [*found.gates]
    for held in rounds:
        gates += over([mark for mark in marks if mark.round == held.round])
    margins = [(gate.score - gate.bar) for gate in gates if gate.score is not None]
    below = sum(min(0.0, margin) for margin in margins)
    return below + _NEARLY * (found.balance + sum(margins) / max(1, len(margins)))


def _turned(of: str, now: str, result: Result, marks: Sequence[Mark], better: bool) -> Turning:
    changed, changes = list(marks), []
    then: str | None = None
    known: dict[int, list[Single]] = {}
    for _ in range(MOST_CHANGES):
        for mark in changed:
            if id(mark) not in known:
                known[id(mark)] = list(_single_changes(mark, better))
        found = _best(changed, result, better, [known[id(mark)] for mark in changed])
        if found is None:
            break
        place, mark, change = found
        changed[place] = mark
        changes.append(change)
        reached, is_other, _room_left = result(changed)
        if is_other:
            then = reached
            break
    worst = min(
        (g for g in gates_over(marks) if g.passed is False),
        key=lambda g: (g.score or 0.0) - g.bar,
        default=None,
    )
    return Turning(
        of=of,
        now=now,
        then=then,
        short=0.0 if worst is None else round(worst.bar - (worst.score or 0.0), 1),
        short_of=None if worst is None else worst.signal,
        changes=tuple(changes),
    )


def _best(
    marks: Sequence[Mark], result: Result, better: bool, singles: Sequence[Sequence[Single]]
) -> tuple[int, Mark, Change] | None:
    """The single change that leads furthest; of equals the heaviest, then the first."""
    best: tuple[float, int, Mark, Change] | None = None
    for place, possible in enumerate(singles):
        for changed, change in possible:
            trial = [*marks[:place], changed, *marks[place + 1 :]]
            _, is_other, room = result(trial)
            worth = (room if better else -room) + (_ENOUGH if is_other else 0.0)
            if best is None or worth > best[0]:
                best = (worth, place, changed, change)
    return None if best is None else best[1:]


_ENOUGH = 100.0
"""A change that turns the result goes before any that only leads towards it."""


def _single_changes(mark: Mark, better: bool) -> Iterator[Single]:
    assessment = mark.assessment
    for point in mark.question.points:
        verdict = assessment.verdict(point.id)
        if verdict is None or verdict.met is None or (verdict.met is Met.YES) is better:
            continue
        # Without its quote: nobody said the words, so there are none to show.
        as_if = verdict.model_copy(
            update={"met": Met.YES if better else Met.NO, "quote": None, "probed": False}
        )
        verdicts = tuple(as_if if v is verdict else v for v in assessment.verdicts)
        changed = mark.regraded(assessment.model_copy(update={"verdicts": verdicts}))
        yield changed, _change(mark, point.id, point.statement, point.signal, better)
    if not better:
        return
    statements = {flag.id: flag.statement for flag in mark.question.red_flags}
    for flag in assessment.red_flags:
        left = tuple(other for other in assessment.red_flags if other is not flag)
        changed = mark.regraded(assessment.model_copy(update={"red_flags": left}))
        text = statements.get(flag.id, flag.id)
        change = _change(mark, flag.id, text, Signal.RISK, better)
        yield changed, change.model_copy(update={"red_flag": True})


def _change(mark: Mark, point: str, statement: str, signal: Signal, made: bool) -> Change:
    return Change(
        round=mark.round,
        question=mark.question.id,
        point=point,
        statement=statement,
        signal=signal,
        made=made,
    )
