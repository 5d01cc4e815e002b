"""A day plan for the days that are left: what is due, what is weak, and whole rounds in between.

It is a forecast: every drill moves its card, so the plan is made anew each time it is asked for. The
numbers are the project's own convention.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from pydantic import Field

from interviewer.domain.missed import Missed
from interviewer.domain.progress import Strength
from interviewer.domain.question import Question
from interviewer.domain.value import Value
from interviewer.errors import InputError

MINUTES_A_DAY = 45
LIGHT_SHARE = 0.5
"""Of the last day before the interview, on which nothing new is begun."""
ROUND_EVERY = 3
"""Every so many days a whole round, in place of drills."""
MOST_DAYS = 60
_UNKNOWN = 0.5
"""Strength of a criterion that was never practised: the mean of the prior."""


class PlanItem(Value):
    """One thing to do."""

    kind: Literal["due", "weak", "round"]
    id: str = Field(description="A question, or `track/round`.")
    why: str
    minutes: int


class PlanDay(Value):
    """What to do on one day."""

    date: dt.date
    minutes: int
    items: tuple[PlanItem, ...]


class RoundToSit(Value):
    """A round of the track, and when it was sat last."""

    id: str
    title: str
    minutes: int
    last: dt.date | None


class Want(Value):
    """A question worth drilling: the more weight is expected to be missed, the sooner."""

    question: str
    need: float
    minutes: int
    why: str


def wants(
    questions: Iterable[Question], found: Sequence[Strength], missed: Sequence[Missed]
) -> list[Want]:
    """Questions by need, the most needed first.

    A question's need is the mean over its points, by weight, of what is expected to be missed: for
    a point missed before as `Missed.need` says, for others one less the strength of the criterion.

    Args:
        questions: To choose from.
        found: Strengths; those of criteria are used.
        missed: Every missed point.
    """
    strength = {s.id: s.strength for s in found if s.kind == "criterion"}
    known = {(m.question, m.point): m for m in missed}
    wanted = []
    for question in questions:
        costs = {
            point.id: known[question.id, point.id].need
            if (question.id, point.id) in known
            else point.weight * (1 - strength.get(point.criterion, _UNKNOWN))
            for point in question.points
        }
        wanted.append(
            Want(
                question=question.id,
                need=round(sum(costs.values()) / sum(p.weight for p in question.points), 4),
                minutes=question.minutes,
                why=_why(question, costs, strength, known),
            )
        )
    return sorted(wanted, key=lambda w: -w.need)


def _why(
    question: Question,
    costs: Mapping[str, float],
    strength: Mapping[str, float],
    known: Mapping[tuple[str, str], Missed],
) -> str:
    own = [known[question.id, point] for point in costs if (question.id, point) in known]
    if own:
        worst = max(own, key=lambda m: m.need)
        return f"missed {worst.missed} of {worst.judged} times: {worst.statement}"
    point = max(question.points, key=lambda p: costs[p.id])
    share = strength.get(point.criterion)
    if share is None:
        return f"not practised yet: {point.criterion}"
    return f"{point.criterion} at {share:.0%}"


def day_plan(
    today: dt.date,
    interview: dt.date,
    due: Mapping[str, dt.date],
    wanted: Sequence[Want],
    rounds: Sequence[RoundToSit],
) -> list[PlanDay]:
    """The days from today to the day before the interview; today alone if it is today.

    Args:
        today: The first day.
        interview: The day of the interview.
        due: By question: the day its card falls due.
        wanted: Questions by need; those with a card that falls due in time are left to their card.
        rounds: Of the track.

    Raises:
        InputError: The interview was before today.
    """
    if interview < today:
        raise InputError(f"the interview date {interview.isoformat()} has passed")
    count = min(max((interview - today).days, 1), MOST_DAYS)
    days = [today + dt.timedelta(days=n) for n in range(count)]
    waiting = sorted((max(day, today), question) for question, day in due.items())
    minutes = {want.question: want.minutes for want in wanted}
    fresh = [want for want in wanted if due.get(want.question, dt.date.max) > days[-1]]
    turns = sorted(rounds, key=lambda r: r.last or dt.date.min)
    plan = []
    for number, day in enumerate(days):
        is_last = count > 1 and number == count - 1
        left = int(MINUTES_A_DAY * LIGHT_SHARE) if is_last else MINUTES_A_DAY
        items: list[PlanItem] = []
        if turns and not is_last and number % ROUND_EVERY == ROUND_EVERY - 1:
            items.append(_round_item(turns[(number // ROUND_EVERY) % len(turns)]))
            left -= items[0].minutes
        left = _place_due(waiting, minutes, day, left, items)
        if not is_last:
            _place_wanted(fresh, left, items)
        plan.append(PlanDay(date=day, minutes=sum(i.minutes for i in items), items=tuple(items)))
    return plan


_DEFAULT_MINUTES = 8


def _place_due(
    waiting: list[tuple[dt.date, str]],
    minutes: Mapping[str, int],
    day: dt.date,
    left: int,
    items: list[PlanItem],
) -> int:
    """Takes what is due by this day as far as the day's minutes go; the rest waits."""
    while waiting and waiting[0][0] <= day:
        needed = minutes.get(waiting[0][1], _DEFAULT_MINUTES)
        if needed > left:
            break
        since, question = waiting.pop(0)
        why = "due" if since == day else f"due since {since.isoformat()}"
        items.append(PlanItem(kind="due", id=question, why=why, minutes=needed))
        left -= needed
    return left


def _place_wanted(fresh: list[Want], left: int, items: list[PlanItem]) -> None:
    while fresh and fresh[0].minutes <= left:
        want = fresh.pop(0)
        items.append(PlanItem(kind="weak", id=want.question, why=want.why, minutes=want.minutes))
        left -= want.minutes


def _round_item(round_: RoundToSit) -> PlanItem:
    when = "not sat yet" if round_.last is None else f"last sat {round_.last.isoformat()}"
    return PlanItem(
        kind="round", id=round_.id, why=f"{round_.title}, {when}", minutes=round_.minutes
    )
