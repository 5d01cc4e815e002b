"""The plot of RAV points, gain over risk; `boards.js` lets the points be dragged.

It is drawn from the numbers in the fields, and dragging a point writes into the fields: there is
no second place where a point could be.
"""

import itertools
import json
from typing import NamedTuple

from nicegui import ui

from interviewer.domain.artefacts.rav import When
from interviewer.web.boards.cells import number_in
from interviewer.web.words import Words
from interviewer.workbench.boards.axis import Axis
from interviewer.workbench.boards.draft import Cells

_WIDTH, _HEIGHT = 640, 440
_LEFT, _TOP, _WIDE, _HIGH = 84.0, 34.0, 530.0, 330.0
_NUDGES = 20
"""Steps of a drag or an arrow key between two ticks."""
_MOST_LABEL = {"across": 64, "up": 40}
"""Characters beside an axis."""


class _Point(NamedTuple):
    number: int
    row: Cells
    gain: float
    risk: float

    @property
    def option(self) -> str:
        return self.row["option"].strip().casefold()

    @property
    def is_after(self) -> bool:
        return self.row["when"] == When.AFTER


class RavPlot:
    """Axes, points and the lines between them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._marks: dict[int, ui.element] = {}

    def build(self) -> None:
        """Draws an empty plot."""
        self._svg = ui.element("svg").classes("plot").mark("plot")
        self._svg.props["viewBox"] = f"0 0 {_WIDTH} {_HEIGHT}"
        self._svg.props["role"] = "group"
        self._svg.props["aria-label"] = (
            "Expected gain over incremental regulatory risk. Arrow keys move a point that has the "
            "focus: left and right its risk, up and down its gain."
        )
        with self._svg:
            self._axes = ui.element("g").props("aria-hidden=true")
            self._lines = ui.element("g").props("aria-hidden=true")
            self._points = ui.element("g")

    def refresh(self, rows: list[Cells]) -> list[int]:
        """Draws the points where the numbers say; gives the rows that have no place yet."""
        points = [point for number, row in enumerate(rows, 1) if (point := _point(number, row))]
        across = Axis([point.risk for point in points], _LEFT, _WIDE)
        up = Axis([point.gain for point in points], _TOP + _HIGH, -_HIGH)
        self._draw_axes(across, up, rows[0] if rows else {})
        self._draw_lines(points, across, up)
        shown = {point.number for point in points}
        for number in set(self._marks) - shown:
            self._marks.pop(number).delete()
        for point in points:
            self._draw_point(point, across, up)
        return [
            number
            for number, row in enumerate(rows, 1)
            if number not in shown and (row["option"] or row["gain"] or row["risk"])
        ]

    def _draw_axes(self, across: Axis, up: Axis, first: Cells) -> None:
        scale = {
            "across": [_LEFT, _WIDE, across.low, across.high, across.step / _NUDGES],
            "up": [_TOP + _HIGH, -_HIGH, up.low, up.high, up.step / _NUDGES],
        }
        titles = (
            _named("Incremental regulatory risk", first.get("risk_unit", ""), "across"),
            _named("Expected gain", first.get("gain_unit", ""), "up"),
        )
        drawn = json.dumps([scale, titles])
        # Nothing is sent while the axes stay as they are.
        if self._svg.props.get("data-drawn") == drawn:
            return
        self._svg.props["data-drawn"] = drawn
        self._svg.props["data-scale"] = json.dumps(scale)
        self._axes.clear()
        with self._axes:
            for tick in across.ticks():
                x = across.at(tick)
                _line((x, _TOP), (x, _TOP + _HIGH), "tick")
                _text((x, _TOP + _HIGH + 20), f"{tick:.6g}", "middle")
            for tick in up.ticks():
                y = up.at(tick)
                _line((_LEFT, y), (_LEFT + _WIDE, y), "axis" if tick == 0 else "tick")
                _text((_LEFT - 8, y + 5), f"{tick:.6g}", "end")
            _line((_LEFT, _TOP), (_LEFT, _TOP + _HIGH), "axis")
            _text((_LEFT + _WIDE / 2, _HEIGHT - 26), titles[0], "middle", "title")
            turned = _text((20, _TOP + _HIGH / 2), titles[1], "middle", "title")
            turned.props["transform"] = f"rotate(-90 20 {_TOP + _HIGH / 2:g})"
            _text((_LEFT, 20), "\u2196 better: more gain for the risk", "start", "quiet")

    def _draw_lines(self, points: list[_Point], across: Axis, up: Axis) -> None:
        self._lines.clear()
        with self._lines:
            for is_after, classes in ((False, "curve"), (True, "curve after")):
                chosen = sorted(
                    (p for p in points if p.is_after is is_after), key=lambda point: point.risk
                )
                for one, other in itertools.pairwise(chosen):
                    _line(_at(one, across, up), _at(other, across, up), classes)
            before = {point.option: point for point in points if not point.is_after}
            for point in points:
                if point.is_after and point.option in before:
                    start = _at(before[point.option], across, up)
                    _line(start, _at(point, across, up), "move")

    def _draw_point(self, point: _Point, across: Axis, up: Axis) -> None:
        made = self._marks.get(point.number)
        when = "after" if point.is_after else "before"
        if made is None or when not in made.classes:
            if made is not None:
                made.delete()
            made = self._marks[point.number] = self._new_mark(point.number, when)
        x, y = _at(point, across, up)
        option = point.row["option"].strip()[:80] or "no name yet"
        for key, value in {
            "transform": f"translate({x:.2f} {y:.2f})",
            "aria-label": f"Row {point.number}, {option}, {when} the change",
            "aria-valuemin": f"{up.low:g}",
            "aria-valuemax": f"{up.high:g}",
            "aria-valuenow": f"{point.gain:g}",
            "aria-valuetext": f"gain {point.gain:g}, risk {point.risk:g}",
        }.items():
            if made.props.get(key) != value:
                made.props[key] = value

    def _new_mark(self, number: int, when: str) -> ui.element:
        with self._points:
            made = ui.element("g").classes(f"point {when}").mark(f"point-{number}")
        made.props("tabindex=0 role=slider")
        made.props["aria-roledescription"] = "point in two directions"
        made.props["data-gain"] = f"{self._name}-{number}-gain"
        made.props["data-risk"] = f"{self._name}-{number}-risk"
        with made:
            # A larger target than what is seen, for fingers.
            ui.element("circle").props("r=22").classes("reach")
            if when == "after":
                ui.element("rect").props("x=-12 y=-12 width=24 height=24")
            else:
                ui.element("circle").props("r=13")
            _text((0, 5), str(number), "middle")
        return made


def _point(number: int, row: Cells) -> _Point | None:
    gain, risk = number_in(row["gain"]), number_in(row["risk"])
    if gain is None or risk is None or risk < 0:
        return None
    return _Point(number, row, gain, risk)


def _at(point: _Point, across: Axis, up: Axis) -> tuple[float, float]:
    return across.at(point.risk), up.at(point.gain)


def _named(title: str, unit: str, axis: str) -> str:
    shown = f"{title} ({unit.strip()})" if unit.strip() else title
    most = _MOST_LABEL[axis]
    return shown if len(shown) <= most else f"{shown[: most - 1]}\u2026"


def _line(start: tuple[float, float], end: tuple[float, float], classes: str) -> None:
    made = ui.element("line").classes(classes)
    ends = (("x1", start[0]), ("y1", start[1]), ("x2", end[0]), ("y2", end[1]))
    for key, value in ends:
        made.props[key] = f"{value:.2f}"


def _text(place: tuple[float, float], text: str, anchor: str, classes: str = "") -> Words:
    made = Words("text", text, classes)
    made.props["x"], made.props["y"] = f"{place[0]:.2f}", f"{place[1]:.2f}"
    made.props["text-anchor"] = anchor
    return made
