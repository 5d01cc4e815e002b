"""The matrix as a picture: a grid of five by five, circles before controls, squares after."""

from collections import defaultdict

from interviewer.domain.artefacts.matrix import Matrix, MatrixRow
from interviewer.domain.artefacts.scales import Band, Impact, Likelihood, band
from interviewer.workbench.boards.grid import Column, draw_table
from interviewer.workbench.boards.picture import Picture

_LEFT, _TOP = 120.0, 96.0
_WIDE, _HIGH = 164.0, 104.0
_WIDTH = 960
_SHADES = {Band.LOW: 0.0, Band.MEDIUM: 0.08, Band.HIGH: 0.2}
_LANES, _A_LANE = 3, 4
"""Lanes of a cell, and marks in a lane. Risks of one impact take turns, so that an arrow seldom
runs through another's mark."""

_Place = tuple[float, float]


def drawn_matrix(board: Matrix, name: str) -> str:
    """The picture."""
    picture = Picture(name, board.title, " ".join(_told(board)), _WIDTH)
    picture.text(8, 26, board.title, size=20, bold=True)
    _legend(picture)
    _cells(picture)
    _marks(picture, board)
    y = _TOP + 5 * _HIGH + 74
    headings = [
        Column("No.", 44), Column("Risk", 380), Column("Control", 340), Column("Before \u2192 after", 180),
    ]  # fmt: skip
    rows = [
        [str(number), row.risk, row.control, _bands(row)]
        for number, row in enumerate(board.rows, 1)
    ]
    y += draw_table(picture, 8, y, headings, rows)
    y += 12 + picture.block(8, y + 10, board.note, _WIDTH - 16, size=12, quiet=True)
    return picture.finished(y + 12)


def _told(board: Matrix) -> list[str]:
    return [
        f"{number}. {row.risk}: {row.likelihood}, {row.impact}, {row.inherent} before controls"
        + (
            f"; {row.residual_likelihood}, {row.residual_impact}, {row.residual} after."
            if row.residual is not None
            else "; not rated after."
        )
        for number, row in enumerate(board.rows, 1)
    ]


def _bands(row: MatrixRow) -> str:
    return f"{row.inherent} \u2192 {row.residual if row.residual is not None else 'not rated'}"


def _legend(picture: Picture) -> None:
    picture.mark(20, 58, "1")
    picture.text(38, 63, "before controls", size=13)
    picture.mark(160, 58, "1", square=True)
    picture.text(178, 63, "after controls", size=13)


def _corner(likelihood: Likelihood, impact: Impact) -> _Place:
    return (_LEFT + (likelihood.points - 1) * _WIDE, _TOP + (5 - impact.points) * _HIGH)


def _cells(picture: Picture) -> None:
    for impact in Impact:
        for likelihood in Likelihood:
            x, y = _corner(likelihood, impact)
            level = band(likelihood, impact)
            picture.box(x, y, _WIDE, _HIGH, shade=_SHADES[level])
            picture.text(
                x + _WIDE - 7, y + _HIGH - 7, level.value, size=11, anchor="end", quiet=True
            )
        y = _corner(Likelihood.RARE, impact)[1] + _HIGH / 2
        picture.text(_LEFT - 10, y + 5, impact.value, size=13, anchor="end")
    bottom = _TOP + 5 * _HIGH
    for likelihood in Likelihood:
        x = _corner(likelihood, Impact.SEVERE)[0] + _WIDE / 2
        picture.text(x, bottom + 20, likelihood.value.replace("-", " "), size=13, anchor="middle")
    picture.text(_LEFT + 2.5 * _WIDE, bottom + 46, "Likelihood", anchor="middle", bold=True)
    picture.text(22, _TOP + 2.5 * _HIGH, "Impact", anchor="middle", bold=True, turned=True)


def _marks(picture: Picture, board: Matrix) -> None:
    """Marks from the left of each cell; where a lane is full the rest is a count."""
    held: dict[tuple[Likelihood, Impact, int], int] = defaultdict(int)
    spilled: dict[tuple[Likelihood, Impact], int] = defaultdict(int)
    beside: dict[Impact, int] = defaultdict(int)

    def place(lane: int, likelihood: Likelihood, impact: Impact) -> _Place | None:
        slot = held[likelihood, impact, lane]
        if slot >= _A_LANE:
            spilled[likelihood, impact] += 1
            return None
        held[likelihood, impact, lane] += 1
        x, y = _corner(likelihood, impact)
        return (x + 20 + slot * 32, y + 18 + lane * 27)

    for number, row in enumerate(board.rows, 1):
        lane = beside[row.impact] % _LANES
        beside[row.impact] += 1
        before = place(lane, row.likelihood, row.impact)
        after = None
        if row.residual_likelihood is not None and row.residual_impact is not None:
            after = place(lane, row.residual_likelihood, row.residual_impact)
        if before and after:
            picture.arrow(before, after, 14)
        if before:
            picture.mark(*before, str(number))
        if after:
            picture.mark(*after, str(number), square=True)
    for (likelihood, impact), more in spilled.items():
        x, y = _corner(likelihood, impact)
        picture.text(x + 9, y + _HIGH - 7, f"and {more} more", size=11)
