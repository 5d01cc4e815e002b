"""Progress: how strong a candidate is on each criterion, how sure that is, and where it is going.

Every judged exchange gives each group of points (a criterion, a signal, a skill) one observation:
the weighted share of its points that were made, in [0, 1]. Its points are not counted one by one,
since points of one answer stand and fall together and would make the interval too narrow.

Strength is the mean of a Beta posterior over those shares. Sources: the prior is uniform, Beta(1, 1)
(Bayes and Laplace), which draws few observations towards one half; a share counts as that fraction
of a success, which overstates the variance and so errs on the side of doubt; the interval is the
equal-tailed credible one (Gelman et al., Bayesian Data Analysis, 3rd ed., chapter 2). Old work counts
less: its weight halves every `HALF_LIFE`, the project's own convention.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from pydantic import AwareDatetime, Field

from interviewer.domain import beta
from interviewer.domain.grade import score_at
from interviewer.domain.practised import Practised, covered
from interviewer.domain.value import Value

HALF_LIFE = dt.timedelta(days=30)
INTERVAL = 0.9
"""Probability that the interval holds the strength, if the model is right."""
RECENT = dt.timedelta(days=14)
"""What "recent" means in a trend: this long before the last exchange."""
LEAST_FOR_A_TREND = 2
"""Exchanges needed on either side of it."""
_SURE = 1.645
"""Standard errors between two means that are told apart: 90 % two-sided, the normal table."""

Trend = Literal["up", "down", "steady", "unclear"]


class Moment(Value):
    """Strength as it was after the practice of one day."""

    date: dt.date
    strength: float
    low: float
    high: float


class Strength(Value):
    """One group of points. Strength and its interval are shares of points made, in [0, 1]."""

    kind: str = Field(description="`criterion`, `signal` or `skill`.")
    id: str
    strength: float
    low: float
    high: float
    score: float = Field(description="The strength on the scale from 1 to 5.")
    exchanges: int
    last: AwareDatetime
    trend: Trend
    change: float | None = Field(description="Recent mean less the mean before; None if too few.")
    history: tuple[Moment, ...]


class Grouping(NamedTuple):
    """A way to sort points into groups: the seam for skills."""

    kind: str
    groups: Callable[[Practised], Iterable[tuple[str, float]]]
    """Gives the groups that an exchange touches, each with the share made, in [0, 1]."""


def by_criterion(exchange: Practised) -> Iterable[tuple[str, float]]:
    """The criteria of an exchange."""
    return _shares(exchange, [p.criterion for p in exchange.points])


def by_signal(exchange: Practised) -> Iterable[tuple[str, float]]:
    """The signals of an exchange."""
    return _shares(exchange, [p.signal.value for p in exchange.points])


def by_skill(skills: Mapping[str, Sequence[str]]) -> Grouping:
    """Skills, each over the points of the criteria that tell about it.

    Args:
        skills: By criterion: ids of skills.
    """

    def groups(exchange: Practised) -> Iterable[tuple[str, float]]:
        touched = [skill for p in exchange.points for skill in skills.get(p.criterion, ())]
        for skill in dict.fromkeys(touched):
            share = covered(p for p in exchange.points if skill in skills.get(p.criterion, ()))
            if share is not None:
                yield skill, share

    return Grouping("skill", groups)


def _shares(exchange: Practised, names: Sequence[str]) -> Iterable[tuple[str, float]]:
    for name in dict.fromkeys(names):
        group = [p for p, own in zip(exchange.points, names, strict=True) if own == name]
        share = covered(group)
        if name and share is not None:
            yield name, share


GROUPINGS = (Grouping("criterion", by_criterion), Grouping("signal", by_signal))


class _Seen(NamedTuple):
    at: dt.datetime
    share: float


def strengths(
    practised: Iterable[Practised], now: dt.datetime, groupings: Sequence[Grouping] = GROUPINGS
) -> list[Strength]:
    """The strength of every group that was practised, the weakest first within its kind.

    Args:
        practised: In any order.
        now: Aware; work after it is left out.
        groupings: Ways to sort points into groups.
    """
    seen: dict[tuple[int, str], list[_Seen]] = {}
    for exchange in sorted(practised, key=lambda p: p.at):
        if exchange.at > now:
            continue
        for index, grouping in enumerate(groupings):
            for name, share in grouping.groups(exchange):
                seen.setdefault((index, name), []).append(_Seen(exchange.at, share))
    found = [
        (index, _strength(groupings[index].kind, name, shares, now))
        for (index, name), shares in seen.items()
    ]
    return [each for _, each in sorted(found, key=lambda f: (f[0], f[1].strength, f[1].id))]


def posterior(shares: Iterable[tuple[dt.datetime, float]], now: dt.datetime) -> tuple[float, float]:
    """The two parameters of the Beta posterior at a moment, older shares weighing less."""
    a = b = 1.0
    for at, share in shares:
        weight = 0.5 ** (max(now - at, dt.timedelta()) / HALF_LIFE)
        a += weight * share
        b += weight * (1 - share)
    return a, b


def _strength(kind: str, name: str, seen: Sequence[_Seen], now: dt.datetime) -> Strength:
    a, b = posterior(seen, now)
    low, high = _interval(a, b)
    trend, change = trend_of(seen)
    return Strength(
        kind=kind,
        id=name,
        strength=round(beta.mean(a, b), 3),
        low=low,
        high=high,
        score=round(score_at(beta.mean(a, b)), 2),
        exchanges=len(seen),
        last=seen[-1].at,
        trend=trend,
        change=change,
        history=_history(seen),
    )


def trend_of(seen: Sequence[tuple[dt.datetime, float]]) -> tuple[Trend, float | None]:
    """Whether the recent shares differ from those before by more than chance would have it.

    Args:
        seen: Time and share, in order of time.

    Returns:
        `unclear` with too few exchanges on either side; `steady` if the difference is smaller than
        chance explains; and the difference of the means.
    """
    border = seen[-1][0] - RECENT
    before = [share for at, share in seen if at <= border]
    recent = [share for at, share in seen if at > border]
    if min(len(before), len(recent)) < LEAST_FOR_A_TREND:
        return "unclear", None
    change = sum(recent) / len(recent) - sum(before) / len(before)
    error = sum(beta.variance(*_flat(shares)) for shares in (before, recent)) ** 0.5
    if abs(change) <= _SURE * error:
        return "steady", round(change, 3)
    return ("up" if change > 0 else "down"), round(change, 3)


def _flat(shares: Sequence[float]) -> tuple[float, float]:
    return 1 + sum(shares), 1 + sum(1 - share for share in shares)


def _interval(a: float, b: float) -> tuple[float, float]:
    tail = (1 - INTERVAL) / 2
    return round(beta.quantile(tail, a, b), 3), round(beta.quantile(1 - tail, a, b), 3)


_LONGEST_HISTORY = 30


def _history(seen: Sequence[_Seen]) -> tuple[Moment, ...]:
    moments = []
    for day in sorted({s.at.astimezone(dt.UTC).date() for s in seen})[-_LONGEST_HISTORY:]:
        end = dt.datetime.combine(day, dt.time.max, dt.UTC)
        a, b = posterior([s for s in seen if s.at <= end], end)
        low, high = _interval(a, b)
        moments.append(Moment(date=day, strength=round(beta.mean(a, b), 3), low=low, high=high))
    return tuple(moments)
