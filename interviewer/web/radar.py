"""The R-I-L radar: three signals against their bars, drawn in the page without a library."""

import math
from collections.abc import Sequence

from nicegui import ui

from interviewer.domain.scorecard import Gate
from interviewer.web.words import Words

_CENTRE = (160.0, 138.0)
_RADIUS = 100.0
_LEVELS = 5
LABEL = (
    "R-I-L (risk, impact, leadership) is one interview-preparation vendor's mnemonic, not a bank's."
)


def radar(gates: Sequence[Gate]) -> None:
    """Draws it, with the same in words for whoever does not see it."""
    with ui.element("figure").classes("radar"):
        picture = ui.element("svg").props('viewBox="0 0 320 230" role=img')
        picture.props["aria-label"] = " ".join(_sentence(gate) for gate in gates)
        with picture:
            for level in range(1, _LEVELS + 1):
                _shape([float(level)] * len(gates), "ring")
            for place, gate in enumerate(gates):
                x, y = _at(place, len(gates), _LEVELS)
                _element("line", x1=_CENTRE[0], y1=_CENTRE[1], x2=x, y2=y).classes("ring")
                _label(place, gate, len(gates))
            _shape([gate.bar for gate in gates], "bar")
            _shape([gate.score or 0.0 for gate in gates], "score")
            for place, gate in enumerate(gates):
                if gate.score is not None:
                    x, y = _at(place, len(gates), gate.score)
                    _element("circle", cx=x, cy=y, r=4).classes("dot")
        Words("figcaption", f"Solid: you. Dashed: the bar. {LABEL}", "quiet")


def _sentence(gate: Gate) -> str:
    score = "not assessed" if gate.score is None else f"{gate.score:.1f} of 5"
    return f"{gate.signal.value.capitalize()}: {score}, bar {gate.bar:.1f}."


def _at(place: int, of: int, level: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / max(of, 1) - math.pi / 2
    away = _RADIUS * min(level, _LEVELS) / _LEVELS
    return _CENTRE[0] + away * math.cos(angle), _CENTRE[1] + away * math.sin(angle)


def _shape(levels: Sequence[float], kind: str) -> None:
    corners = (_at(place, len(levels), level) for place, level in enumerate(levels))
    _element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)).classes(kind)


def _label(place: int, gate: Gate, of: int) -> None:
    x, y = _at(place, of, _LEVELS)
    anchor = "middle" if abs(x - _CENTRE[0]) < 1 else ("start" if x > _CENTRE[0] else "end")
    shift = -10 if y < _CENTRE[1] else 18
    score = "\u2013" if gate.score is None else f"{gate.score:.1f}"
    words = Words("text", f"{gate.signal.value.capitalize()} {score}")
    words.props["x"], words.props["y"] = f"{x:.1f}", f"{y + shift:.1f}"
    words.props["text-anchor"] = "middle" if anchor == "middle" else anchor
    if anchor != "middle":
        words.props["x"] = f"{x + (-30 if anchor == 'start' else 30):.1f}"


def _element(tag: str, **numbers: float | str) -> ui.element:
    made = ui.element(tag)
    for name, value in numbers.items():
        made.props[name] = value if isinstance(value, str) else f"{value:.1f}"
    return made
