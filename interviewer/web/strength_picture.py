"""How one strength moved: a small picture of levels by day, with the band that holds them.

The numbers stand in a table beside it; the picture's own words say where it begins and ends.
"""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from interviewer.domain.grade import score_at
from interviewer.domain.progress import Moment
from interviewer.interviews.html import Html, el

_WIDTH, _HEIGHT = 320, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 26.0, 308.0, 10.0, 124.0
_LEVELS = (1, 2, 3, 4, 5)


class Days(NamedTuple):
    """What the pictures of a page have in common: the days from left to right."""

    first: dt.date
    last: dt.date


def strength_picture(title: str, history: Sequence[Moment], days: Days, picture_id: str) -> Html:
    """The picture.

    Args:
        title: Of what.
        history: By day, oldest first; not empty.
        days: From left to right; every moment lies within.
        picture_id: Unique in the page, for the picture's title.
    """
    middles = [(_x(m.date, days), _y(m.strength)) for m in history]
    return el(
        "svg",
        el("title", f"{title}: level by day", id=f"{picture_id}-t"),
        el("desc", _told(history), id=f"{picture_id}-d"),
        [_grid(level) for level in _LEVELS],
        _band(history, days),
        el("polyline", points=_points(middles), class_="score") if len(middles) > 1 else None,
        [el("circle", cx=x, cy=y, r=3.5, class_="dot") for x, y in middles],
        el("text", f"{days.first:%d %b}", x=_LEFT, y=_HEIGHT - 6, class_="tick"),
        el("text", f"{days.last:%d %b}", x=_RIGHT, y=_HEIGHT - 6, class_="tick", text_anchor="end")
        if days.first != days.last
        else None,
        class_="radar trend",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby=f"{picture_id}-t {picture_id}-d",
    )


def _told(history: Sequence[Moment]) -> str:
    first, last = history[0], history[-1]
    words = f"{last.date:%d %B %Y}: level {_level(last)}."
    return words if first is last else f"{first.date:%d %B %Y}: level {_level(first)}. {words}"


def _level(moment: Moment) -> str:
    low, high = score_at(moment.low), score_at(moment.high)
    return f"{score_at(moment.strength):.1f} ({low:.1f} to {high:.1f})"


def _grid(level: int) -> Html:
    y = _height(level)
    return el(
        "g",
        el("line", x1=_LEFT, x2=_RIGHT, y1=y, y2=y, class_="ring"),
        el("text", str(level), x=_LEFT - 8, y=y + 4, class_="tick", text_anchor="end"),
    )


def _band(history: Sequence[Moment], days: Days) -> Html:
    if len(history) == 1:
        (only,) = history
        x = _x(only.date, days)
        return el("line", x1=x, x2=x, y1=_y(only.low), y2=_y(only.high), class_="whisker")
    upper = [(_x(m.date, days), _y(m.high)) for m in history]
    lower = [(_x(m.date, days), _y(m.low)) for m in reversed(history)]
    return el("polygon", points=_points([*upper, *lower]), class_="band")


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)


def _x(day: dt.date, days: Days) -> float:
    whole = (days.last - days.first).days
    share = (day - days.first).days / whole if whole else 0.5
    return round(_LEFT + 8 + (_RIGHT - _LEFT - 16) * share, 1)


def _y(share: float) -> float:
    return _height(score_at(share))


def _height(score: float) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * (score - 1) / 4, 1)
