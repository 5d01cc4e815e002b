"""A text with the places marked that findings point at."""

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from interviewer.domain.critique import Critique, PointCritique
from interviewer.web.words import Words


class Mark(NamedTuple):
    """A place in an answer: `text[start:end]`, and the finding it belongs to."""

    start: int
    end: int
    name: str
    """Of the finding; the same at both ends of a link."""
    tone: str
    """Class of the stylesheet: `yes`, `partly`, `flag`."""


class Piece(NamedTuple):
    """A stretch of text under the same marks."""

    text: str
    marks: tuple[Mark, ...]


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Cuts a text where marks begin and end; the pieces joined are the text.

    >>> [piece.text for piece in pieces("abcdef", [Mark(1, 4, "x", "yes"), Mark(3, 5, "y", "yes")])]
    ['a', 'bc', 'd', 'e', 'f']
    """
    known = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    cuts = sorted({0, len(text), *(m.start for m in known), *(m.end for m in known)})
    for start, end in itertools.pairwise(cuts):
        over = tuple(mark for mark in known if mark.start <= start and end <= mark.end)
        yield Piece(text[start:end], over)


def marks_of(found: Critique, answer: int, prefix: str) -> list[Mark]:
    """What the findings of a question point at in one of its answers.

    Args:
        found: The findings.
        answer: Which answer, from 0.
        prefix: Makes names unique in the page.
    """
    points = [
        Mark(p.start, p.end, name_of(prefix, p), p.met.value)
        for p in found.points
        if p.answer == answer and p.met and p.start is not None and p.end is not None
    ]
    flags = [
        Mark(flag.start, flag.end, f"{prefix}-flag-{flag.id}", "flag")
        for flag in found.red_flags
        if flag.answer == answer
    ]
    return [*points, *flags]


def name_of(prefix: str, point: PointCritique) -> str:
    """Name of a point's link in the page."""
    return f"{prefix}-{point.id}"


def marked(text: str, marks: Iterable[Mark], classes: str = "said") -> None:
    """Draws a text with its marks; each leads to its finding, and lights up with it."""
    named: set[str] = set()
    with Words("p", "", classes):
        for piece in pieces(text, marks):
            if not piece.marks:
                Words("span", piece.text)
                continue
            first = piece.marks[0]
            end = Words("a", piece.text, f"mark {first.tone}")
            end.props["data-link"] = " ".join(mark.name for mark in piece.marks)
            end.props["href"] = f"#{first.name}"
            if first.name not in named:
                named.add(first.name)
                end.props["id"] = f"said-{first.name}"
