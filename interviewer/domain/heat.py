"""The heat map of progress: how strong each criterion stands in each round of a track.

A cell is a strength as in `progress`, of the exchanges on questions of one round alone.
"""

import datetime as dt
from collections.abc import Iterable

from pydantic import Field

from interviewer.domain import beta
from interviewer.domain.grade import score_at
from interviewer.domain.practised import Practised
from interviewer.domain.progress import by_criterion, posterior
from interviewer.domain.value import Value


class HeatCell(Value):
    """One criterion in one round. Only what was judged has a cell: none is not zero."""

    criterion: str
    track: str
    round: str
    strength: float = Field(description="Share of points expected to be made, 0 to 1.")
    score: float = Field(description="The strength on the scale from 1 to 5.")
    exchanges: int = Field(ge=1)


def heat(practised: Iterable[Practised], now: dt.datetime) -> list[HeatCell]:
    """The cells, by track, round and criterion.

    Args:
        practised: In any order.
        now: Aware; older work counts less, later work not at all.
    """
    seen: dict[tuple[str, str, str], list[tuple[dt.datetime, float]]] = {}
    for exchange in practised:
        if exchange.at > now:
            continue
        for criterion, share in by_criterion(exchange):
            place = (exchange.track, exchange.round, criterion)
            seen.setdefault(place, []).append((exchange.at, share))
    cells = []
    for (track, round_, criterion), shares in sorted(seen.items()):
        strength = beta.mean(*posterior(shares, now))
        cells.append(
            HeatCell(
                criterion=criterion,
                track=track,
                round=round_,
                strength=round(strength, 3),
                score=round(score_at(strength), 2),
                exchanges=len(shares),
            )
        )
    return cells
