"""RAV points as a picture: gain over risk, circles before the change, squares after it."""

import itertools

from interviewer.domain.artefacts.rav import Rav, RavRow, When
from interviewer.workbench.boards.axis import Axis
from interviewer.workbench.boards.grid import Column, draw_table
from interviewer.workbench.boards.picture import Picture

_WIDTH = 960
_LEFT, _TOP, _WIDE, _HIGH = 110.0, 100.0, 800.0, 420.0


def drawn_rav(board: Rav, name: str) -> str:
    """The picture."""
    first = board.rows[0]
    told = [
        f"{row.option}, {row.when}: gain {row.gain:g}, risk {row.risk:g}." for row in board.rows
    ]
    units = f"Gain in {first.gain_unit}; risk in {first.risk_unit}."
    picture = Picture(name, board.title, " ".join([units, *told]), _WIDTH)
    picture.text(8, 26, board.title, size=20, bold=True)
    picture.mark(20, 58, "1")
    picture.text(38, 63, "before the governance change", size=13)
    picture.mark(270, 58, "1", square=True)
    picture.text(288, 63, "after it (dashed line)", size=13)
    across = Axis([row.risk for row in board.rows], _LEFT, _WIDE)
    up = Axis([row.gain for row in board.rows], _TOP + _HIGH, -_HIGH)
    _axes(picture, across, up, first)
    numbers = {option: number for number, option in enumerate(_options(board), 1)}
    _curve(picture, board, When.BEFORE, across, up)
    _curve(picture, board, When.AFTER, across, up)
    _points(picture, board, numbers, across, up)
    y = _TOP + _HIGH + 84
    headings = [
        Column("No.", 44), Column("Option", 240), Column("Before: gain, risk", 160),
        Column("After: gain, risk", 150), Column("What governance changes", 350),
    ]  # fmt: skip
    y += draw_table(picture, 8, y, headings, _rows(board, numbers))
    y += 12 + picture.block(8, y + 10, board.note, _WIDTH - 16, size=12, quiet=True)
    return picture.finished(y + 12)


def _options(board: Rav) -> list[str]:
    return list(dict.fromkeys(row.option.casefold() for row in board.rows))


def _axes(picture: Picture, across: Axis, up: Axis, first: RavRow) -> None:
    for tick in across.ticks():
        x = across.at(tick)
        picture.line((x, _TOP), (x, _TOP + _HIGH), width=0.5)
        picture.text(x, _TOP + _HIGH + 20, f"{tick:.6g}", size=12, anchor="middle")
    for tick in up.ticks():
        y = up.at(tick)
        picture.line((_LEFT, y), (_LEFT + _WIDE, y), width=1.5 if tick == 0 else 0.5)
        picture.text(_LEFT - 10, y + 4, f"{tick:.6g}", size=12, anchor="end")
    picture.line((_LEFT, _TOP), (_LEFT, _TOP + _HIGH), width=1.5, faint=False)
    picture.line((_LEFT, _TOP + _HIGH), (_LEFT + _WIDE, _TOP + _HIGH), width=1.5, faint=False)
    risk = _cut(f"Incremental regulatory risk ({first.risk_unit})", 100)
    gain = _cut(f"Expected gain ({first.gain_unit})", 52)
    picture.text(_LEFT + _WIDE / 2, _TOP + _HIGH + 48, risk, anchor="middle", bold=True)
    picture.text(34, _TOP + _HIGH / 2, gain, anchor="middle", bold=True, turned=True)
    picture.text(_LEFT + 8, _TOP - 10, "\u2196 better: more gain for the risk", size=13, quiet=True)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}\u2026"


def _place(row: RavRow, across: Axis, up: Axis) -> tuple[float, float]:
    return (across.at(row.risk), up.at(row.gain))


def _curve(picture: Picture, board: Rav, when: When, across: Axis, up: Axis) -> None:
    rows = sorted((row for row in board.rows if row.when is when), key=lambda row: row.risk)
    places = [_place(row, across, up) for row in rows]
    for start, end in itertools.pairwise(places):
        picture.link(start, end, 13, dashed=when is When.AFTER)


def _points(picture: Picture, board: Rav, numbers: dict[str, int], across: Axis, up: Axis) -> None:
    before = {row.option.casefold(): row for row in board.rows if row.when is When.BEFORE}
    for row in board.rows:
        option = row.option.casefold()
        after = row.when is When.AFTER
        place = _place(row, across, up)
        if after:
            picture.arrow(_place(before[option], across, up), place, 14)
        picture.mark(*place, str(numbers[option]), square=after)


def _rows(board: Rav, numbers: dict[str, int]) -> list[list[str]]:
    at = {(row.option.casefold(), row.when): row for row in board.rows}
    rows = []
    for option, number in numbers.items():
        before, after = at[option, When.BEFORE], at.get((option, When.AFTER))
        rows.append(
            [
                str(number),
                before.option,
                f"{before.gain:g}, {before.risk:g}",
                f"{after.gain:g}, {after.risk:g}" if after else "not shown",
                after.change if after else "nothing",
            ]
        )
    return rows
