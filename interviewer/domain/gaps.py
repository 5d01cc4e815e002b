"""Gaps: what a rewrite leaves open, in brackets, instead of inventing it."""

from interviewer.domain.amounts import amounts
from interviewer.domain.rubric import Point

GAP = "[your number]"


def gap(point: Point) -> str:
    """A point that was not made, in brackets, as what a strong answer does."""
    statement = point.statement.rstrip(".")
    return f"[not there yet: {statement[0].lower()}{statement[1:]}]"


def with_own_amounts_only(text: str, answer: str) -> tuple[str, int]:
    """A draft with every amount that the answer does not hold turned into a gap, and how many.

    >>> with_own_amounts_only("It saved 40 hours, from 90 to fifty.", "ninety before, 50 after")
    ('It saved [your number] hours, from 90 to fifty.', 1)
    """
    own = {value for _, _, value in amounts(answer)}
    parts, at, replaced = [], 0, 0
    for start, end, value in amounts(text):
        if value in own:
            continue
        parts += [text[at:start], GAP]
        at, replaced = end, replaced + 1
    return "".join([*parts, text[at:]]), replaced
