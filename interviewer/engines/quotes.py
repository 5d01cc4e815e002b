"""Quotes: finding claimed words in an answer, and cutting short quotable pieces from it.

A quote that cannot be found is void; it is never repaired into words nobody said.
"""

import re
from collections.abc import Iterator, Sequence

from interviewer.domain.verdict import Quote
from interviewer.prompting.fence import INVISIBLE

_SAME = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-",
    "\u2014": "-", "\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u202f": " ",
}  # fmt: skip
_LEAST_WORDS = 2
_ELLIPSIS = re.compile(r"\s*(?:\u2026|\.{3}|\[\.\.\.\])\s*")


class Folded:
    """A text without case, typographic variants, invisible characters and runs of space.

    Attributes:
        text: The folded text.
    """

    def __init__(self, original: str) -> None:
        characters: list[str] = []
        positions: list[int] = []
        for index, raw in enumerate(original):
            if INVISIBLE.match(raw):
                continue
            folded = _SAME.get(raw, raw).lower()
            folded = " " if folded.isspace() else folded
            if folded == " " and (not characters or characters[-1] == " "):
                continue
            for character in folded:
                characters.append(character)
                positions.append(index)
        self.text = "".join(characters)
        self._positions = positions

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of a slice of the folded text (`end` exclusive, not empty)."""
        return self._positions[start], self._positions[end - 1] + 1


def find_quote(claimed: str, answers: Sequence[str]) -> Quote | None:
    """The first place where claimed words were said (`quotes_of`), or None if nobody said them."""
    return next(quotes_of(claimed, answers), None)


def quotes_of(claimed: str, answers: Sequence[str]) -> Iterator[Quote]:
    """Every place where claimed words were said, whole and exact but for case, spacing, typography.

    An ellipsis in the claim is allowed: the longest part between ellipses is used. A claim of
    fewer than two words proves nothing and is not looked for.

    Yields:
        Quotes with offsets into the original answers, in order.
    """
    parts = sorted(_ELLIPSIS.split(claimed.strip().strip("\"'\u201c\u201d ")), key=len)
    wanted = Folded(parts[-1]).text.strip(" .,;:")
    if len(wanted.split()) < _LEAST_WORDS:
        return
    # Whole words only: "no risk" was not said by "no risky feature".
    before = r"(?<!\w)" if wanted[0].isalnum() else ""
    after = r"(?!\w)" if wanted[-1].isalnum() else ""
    pattern = re.compile(before + re.escape(wanted) + after)
    for index, answer in enumerate(answers):
        folded = Folded(answer)
        for match in pattern.finditer(folded.text):
            start, end = folded.span(*match.span())
            yield Quote(answer=index, start=start, end=end, text=answer[start:end])


_CLAUSE = re.compile(r"(?<=[,;:\u2014])\s+|\s+(?=\b(?:and|but|because|so|which|then|while)\b)")
MOST_SPOKEN_WORDS = 16
"""A persona repeats at most so many of the candidate's words."""


def spoken_part(quote: Quote, terms: Sequence[str] = ()) -> str:
    """A piece of a quote short enough to say back, cut at clause borders, verbatim.

    Args:
        quote: The candidate's words.
        terms: Words that the piece should hold if it can.
    """
    text = " ".join(quote.text.split())
    clauses = [part for part in _CLAUSE.split(quote.text) if part and part.strip()]
    if len(text.split()) <= MOST_SPOKEN_WORDS:
        return text.strip(" .,;:")

    def worth(clause: str) -> tuple[int, int]:
        words = len(clause.split())
        hits = sum(term.lower() in clause.lower() for term in terms)
        return (hits, -abs(words - 9))

    best = max(clauses, key=worth)
    words = best.split()
    return " ".join(words[:MOST_SPOKEN_WORDS]).strip(" .,;:\"'")
