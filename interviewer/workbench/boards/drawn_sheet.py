"""The 3-C and 4-P sheets and the STAR story as pictures: one card a part."""

from collections.abc import Sequence
from typing import NamedTuple

from interviewer.domain.artefacts.four_p import FourP, FourPart, FourPRow
from interviewer.domain.artefacts.star_story import StarStory, StoryPart
from interviewer.domain.artefacts.three_c import ThreeC, ThreeCPart
from interviewer.domain.timing import speaking_seconds
from interviewer.workbench.boards.grid import EMPTY
from interviewer.workbench.boards.picture import LINE, Picture, wrapped

_WIDTH = 960
_CARD, _GAP, _PAD = 464.0, 16.0, 16.0
_SMALL = 13.0


class _Card(NamedTuple):
    heading: str
    statement: str
    facts: tuple[tuple[str, str], ...]


def drawn_four_p(board: FourP, name: str) -> str:
    """The sheet, two cards by two."""
    by_part = {row.part: row for row in board.rows}
    cards = [
        _Card(
            part.value.capitalize(),
            by_part[part].statement,
            _facts(by_part[part]),
        )
        for part in FourPart
    ]
    return _drawn(name, board.title, cards, board.note)


_BESIDE = {
    ThreeCPart.CUSTOMER: "Bears it",
    ThreeCPart.CONSTRAINTS: "Holds",
    ThreeCPart.COMMERCE: "Stop at",
}


def drawn_three_c(board: ThreeC, name: str) -> str:
    """The sheet, a card for each part, and in each what is easily left out."""
    by_part = {row.part: row for row in board.rows}
    cards = []
    for part, row in ((part, by_part[part]) for part in ThreeCPart):
        facts = [(_BESIDE[part], row.beside), ("Figure", row.figure), ("Against", row.baseline)]
        shown = [(a, b) for a, b in facts if b or a == _BESIDE[part] or part is ThreeCPart.COMMERCE]
        cards.append(_Card(part.value.capitalize(), row.statement, tuple(shown)))
    return _drawn(name, board.title, cards, board.note)


_EXPECTED = {
    FourPart.PROBLEM: ("Figure", "Against"),
    FourPart.PROVENANCE: ("Owner",),
    FourPart.PERFORMANCE: ("Figure", "Against"),
    FourPart.POLICY: (),
}
"""What a part should have besides its statement: its absence is shown."""


def _facts(row: FourPRow) -> tuple[tuple[str, str], ...]:
    facts = (("Figure", row.figure), ("Against", row.baseline), ("Owner", row.owner))
    return tuple((label, value) for label, value in facts if value or label in _EXPECTED[row.part])


def drawn_star(board: StarStory, name: str) -> str:
    """The story, two cards by two, each with its share of the time."""
    by_part = {row.part: row for row in board.rows}
    seconds = {part: speaking_seconds(by_part[part].told) for part in StoryPart}
    total = sum(seconds.values())
    cards = [
        _Card(
            f"{part.value.capitalize()}: {seconds[part] / total:.0%}, {seconds[part]:.0f} s",
            by_part[part].told,
            (("Figure", by_part[part].figure), ("Against", by_part[part].baseline))
            if part is StoryPart.RESULT or by_part[part].figure
            else (),
        )
        for part in StoryPart
    ]
    note = f"About {total:.0f} seconds in all at 150 words a minute."
    return _drawn(name, board.title, cards, note)


def _drawn(name: str, title: str, cards: Sequence[_Card], note: str) -> str:
    told = " ".join(
        f"{card.heading}: {card.statement}. "
        + " ".join(f"{label}: {value or EMPTY}." for label, value in card.facts)
        for card in cards
    )
    picture = Picture(name, title, told, _WIDTH)
    picture.text(8, 26, title, size=20, bold=True)
    y = 44.0
    for first in range(0, len(cards), 2):
        pair = cards[first : first + 2]
        height = max(map(_height, pair))
        for place, card in enumerate(pair):
            _card(picture, 8 + place * (_CARD + _GAP), y, height, card)
        y += height + _GAP
    y += picture.block(8, y, note, _WIDTH - 16, size=12, quiet=True)
    return picture.finished(y + 14)


def _height(card: _Card) -> float:
    room = _CARD - 2 * _PAD
    lines = len(wrapped(card.statement, room, 15)) * 15 * LINE
    facts = sum(len(_fact_lines(value)) * _SMALL * LINE + 4 for _, value in card.facts)
    return 2 * _PAD + 26 + lines + 10 + facts


def _fact_lines(value: str) -> list[str]:
    return wrapped(value or EMPTY, _CARD - 2 * _PAD - 76, _SMALL)


def _card(picture: Picture, x: float, y: float, height: float, card: _Card) -> None:
    picture.box(x, y, _CARD, height)
    picture.box(x, y, 5, height, shade=0.6, stroke=0)
    picture.text(x + _PAD, y + _PAD + 13, card.heading, size=16, bold=True)
    place = y + _PAD + 26
    place += picture.block(x + _PAD, place, card.statement, _CARD - 2 * _PAD, size=15) + 10
    for label, value in card.facts:
        picture.text(x + _PAD, place + _SMALL, label, size=_SMALL, quiet=True)
        picture.block(
            x + _PAD + 76,
            place,
            value or EMPTY,
            _CARD - 2 * _PAD - 76,
            size=_SMALL,
            quiet=not value,
        )
        place += len(_fact_lines(value)) * _SMALL * LINE + 4
