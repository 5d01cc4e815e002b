"""The R-I-L radar: three signals against their bars, as an inline picture with its words.

Score and bar differ in line, dot and label, not in colour alone. R-I-L is one vendor's mnemonic.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from interviewer.domain.scorecard import Gate
from interviewer.interviews.html import Html, el

_WIDTH, _HEIGHT = 400, 290
_CENTRE_X, _CENTRE_Y, _RADIUS = 205.0, 175.0, 130.0
_TOP_LEVEL = 5
_ANGLES = (-90.0, 30.0, 150.0)
"""Of risk, impact and leadership, in degrees; risk stands at the top."""


class _Place(NamedTuple):
    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x:.1f},{self.y:.1f}"


def radar(gates: Sequence[Gate], picture_id: str) -> Html:
    """The picture of three gates.

    Args:
        gates: Risk, impact and leadership, in this order.
        picture_id: Unique in the page, for the picture's title.
    """
    axes = list(zip(gates, _ANGLES, strict=False))
    scored = [(gate, angle) for gate, angle in axes if gate.score is not None]
    return el(
        "svg",
        el("title", "Risk, impact and leadership against the bar", id=f"{picture_id}-t"),
        el("desc", " ".join(map(_sentence, gates)), id=f"{picture_id}-d"),
        [_ring(level) for level in range(1, _TOP_LEVEL + 1)],
        [_axis(angle) for _, angle in axes],
        _shape([_at(gate.bar, angle) for gate, angle in axes], "bar"),
        _shape([_at(gate.score or 0, angle) for gate, angle in scored], "score"),
        [_dot(gate, angle) for gate, angle in scored],
        [_label(gate, angle) for gate, angle in axes],
        _legend(),
        class_="radar",
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        aria_labelledby=f"{picture_id}-t {picture_id}-d",
    )


def _sentence(gate: Gate) -> str:
    name = gate.signal.value.capitalize()
    if gate.score is None:
        return f"{name}: not assessed."
    side = "reached" if gate.passed else "below the bar"
    return f"{name}: {gate.score:.1f} of 5, bar {gate.bar:.1f}, {side}."


def _at(level: float, angle: float) -> _Place:
    turn, reach = math.radians(angle), _RADIUS * level / _TOP_LEVEL
    return _Place(_CENTRE_X + reach * math.cos(turn), _CENTRE_Y + reach * math.sin(turn))


def _ring(level: int) -> Html:
    corners = " ".join(str(_at(level, angle)) for angle in _ANGLES)
    # To the right of the upper axis, where neither a label nor a line stands.
    place = _at(level, _ANGLES[0])
    return el(
        "g",
        el("polygon", points=corners, class_="ring"),
        el("text", str(level), x=place.x + 4, y=place.y + 4, class_="tick"),
    )


def _axis(angle: float) -> Html:
    end = _at(_TOP_LEVEL, angle)
    return el(
        "line", x1=_CENTRE_X, y1=_CENTRE_Y, x2=round(end.x, 1), y2=round(end.y, 1), class_="ring"
    )


def _shape(places: Sequence[_Place], kind: str) -> Html | None:
    if len(places) < 2:
        return None
    name = "polygon" if len(places) == len(_ANGLES) else "polyline"
    return el(name, points=" ".join(map(str, places)), class_=kind)


def _dot(gate: Gate, angle: float) -> Html:
    place = _at(gate.score or 0, angle)
    if gate.passed is False:
        # A hollow square: below the bar, also in black and white.
        return el(
            "rect",
            x=round(place.x - 5, 1),
            y=round(place.y - 5, 1),
            width=10,
            height=10,
            class_="below",
        )
    return el("circle", cx=round(place.x, 1), cy=round(place.y, 1), r=5, class_="dot")


def _label(gate: Gate, angle: float) -> Html:
    end = _at(_TOP_LEVEL, angle)
    score = "not assessed" if gate.score is None else f"{gate.score:.1f}, bar {gate.bar:.1f}"
    top = angle < 0
    anchor = "middle" if top else "start" if end.x > _CENTRE_X else "end"
    x = end.x if top else end.x + (-60 if end.x > _CENTRE_X else 60)
    y = end.y - 30 if top else end.y + 18
    name = gate.signal.value.capitalize()
    return el(
        "text",
        el("tspan", name, x=round(x, 1), class_="name"),
        el("tspan", score, x=round(x, 1), dy=15),
        y=round(y, 1),
        text_anchor=anchor,
    )


def _legend() -> Html:
    return el(
        "g",
        el("line", x1=8, y1=18, x2=36, y2=18, class_="score"),
        el("circle", cx=22, cy=18, r=4, class_="dot"),
        el("text", "score", x=42, y=22),
        el("line", x1=8, y1=38, x2=36, y2=38, class_="bar"),
        el("text", "bar", x=42, y=42),
        el("rect", x=17, y=53, width=10, height=10, class_="below"),
        el("text", "below the bar", x=42, y=62),
    )
