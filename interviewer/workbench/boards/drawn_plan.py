"""The go-to-market plan as a picture: bars over months, a diamond where a gate must open."""

import datetime as dt

from interviewer.domain.artefacts.go_to_market import GoToMarket, PhaseRow
from interviewer.workbench.boards.grid import EMPTY, Column, draw_table
from interviewer.workbench.boards.picture import Picture, wrapped

_WIDTH = 1100
_LEFT, _TOP, _WIDE, _BAR, _HIGH = 190.0, 96.0, 880.0, 26.0, 50.0
_MOST_TICKS = 12
_COLUMNS = (
    Column("Phase, who is exposed", 190),
    Column("Measure, against", 230),
    Column("Gate to the next phase", 230),
    Column("Owner, checker", 150),
    Column("Kill switch", 150),
    Column("Fallback", 134),
)


def drawn_plan(board: GoToMarket, name: str) -> str:
    """The picture."""
    told = " ".join(map(_told, board.rows))
    picture = Picture(name, board.title, told, _WIDTH)
    picture.text(8, 26, board.title, size=20, bold=True)
    picture.diamond(18, 58)
    picture.text(34, 63, "gate: the next phase waits for it", size=13)
    y = _timeline(picture, board)
    y += 20 + draw_table(picture, 8, y + 20, _COLUMNS, [_cells(row) for row in board.rows])
    return picture.finished(y + 16)


def _timeline(picture: Picture, board: GoToMarket) -> float:
    first = board.rows[0].starts
    last = max(row.ends for row in board.rows)
    days = (last - first).days + 1

    def at(day: dt.date) -> float:
        return _LEFT + (day - first).days / days * _WIDE

    bottom = _TOP + len(board.rows) * _HIGH
    for day in _months(first, last):
        picture.line((at(day), _TOP), (at(day), bottom), width=0.5)
        picture.text(at(day), _TOP - 8, f"{day:%b %Y}", size=11, quiet=True)
    for number, row in enumerate(board.rows):
        y = _TOP + number * _HIGH + 10
        start, end = at(row.starts), at(row.ends + dt.timedelta(days=1))
        label = wrapped(row.phase, _LEFT - 20, 14)
        shown = label[0] + ("\u2026" if len(label) > 1 else "")
        picture.text(8, y + 18, shown, bold=True)
        picture.box(start, y, max(3.0, end - start), _BAR, shade=0.18, faint=False)
        if number + 1 < len(board.rows):
            picture.diamond(end, y + _BAR / 2)
        dates = f"{row.starts} to {row.ends}"
        inside = end - start > 170
        # Beside the bar on the side that has room, where it is too short to hold the dates.
        right = end + 180 < _LEFT + _WIDE
        x = start + 8 if inside else end + 14 if right else start - 8
        anchor = None if inside or right else "end"
        picture.text(x, y + 18, dates, size=12, anchor=anchor)
    picture.line((_LEFT, bottom), (_LEFT + _WIDE, bottom))
    return bottom


def _months(first: dt.date, last: dt.date) -> list[dt.date]:
    """First days of months, thinned out until they can be read."""
    begun = first.year * 12 + first.month - (first.day == 1)
    months = [
        dt.date(index // 12, index % 12 + 1, 1)
        for index in range(begun, last.year * 12 + last.month)
        if index // 12 <= dt.MAXYEAR
    ]
    every = -(-len(months) // _MOST_TICKS) or 1
    return months[::every]


def _cells(row: PhaseRow) -> list[str]:
    return [
        f"{row.phase}: {row.audience}",
        f"{row.measure}; against {row.baseline or EMPTY}" if row.measure else "",
        row.gate,
        f"{row.owner or EMPTY}; {row.checker or EMPTY}" if row.owner or row.checker else "",
        row.stop,
        row.fallback,
    ]


def _told(row: PhaseRow) -> str:
    return (
        f"{row.phase}, {row.starts} to {row.ends}, for {row.audience}. Gate: {row.gate or EMPTY}. "
        f"Kill switch: {row.stop or EMPTY}. Fallback: {row.fallback or EMPTY}."
    )
