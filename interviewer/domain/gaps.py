"""Gaps: what a rewrite leaves open, in brackets, instead of inventing it."""

import re

from interviewer.domain.amounts import amounts
from interviewer.domain.rubric import Point

GAP = "[your number]"


def gap(point: Point) -> str:
    """What is still to do about a point that was not made, in brackets."""
    return f"[still to do: {_imperative(point.statement)}]"


def _imperative(statement: str) -> str:
    """What a point's statement tells the candidate to do.

    >>> _imperative("Watches both scores."), _imperative("Has a plan.")
    ('watch both scores', 'have a plan')
    """
    first, _, rest = statement.rstrip(".").partition(" ")
    word = first.lower()
    return f"{_IRREGULAR.get(word) or _THIRD_PERSON.sub('', _IES.sub('y', word))} {rest}"


_IRREGULAR = {"has": "have", "is": "be", "this": "this"}
_IES = re.compile(r"(?<=\w\w)ies$")
_THIRD_PERSON = re.compile(r"(?:(?<=sh)|(?<=ch)|(?<=ss)|(?<=x)|(?<=o))es$|(?<!s)s$")


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
