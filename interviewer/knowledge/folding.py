"""From ranked passages to hits: what says the same, or goes on from a hit, is folded into it."""

import re
from collections.abc import Iterable

from interviewer.knowledge.passages import Passage

ADJACENT_SHARE = 0.9
"""A section next to a hit joins it from this share of the hit's score on. Read in order, the
passages keep their recall@5 on the calibration split (.804 without folding, .804 at .9, .801 at
.8)."""
MOST_FOLDED = 2
"""Sections that join one hit at most, so that a whole source cannot pass for one answer."""
SAME_WORDS = 0.9
"""Share of their different words that two passages have in common when one repeats the other."""

_WORD = re.compile(r"\w+")


class Fold:
    """A hit in the making.

    Attributes:
        row: Of the passage that leads it.
        passage: That passage.
        score: Its score.
        joined: Sections next to it that answer nearly as well, best first.
        rows: Of all of them.
    """

    def __init__(self, row: int, passage: Passage, score: float, words: frozenset[str]) -> None:
        self.row = row
        self.passage = passage
        self.score = score
        self.joined: list[Passage] = []
        self.rows = {row}
        self._words = words

    def repeats(self, words: frozenset[str]) -> bool:
        """Whether a passage of these words says what this hit says."""
        shared = len(words & self._words)
        return shared >= SAME_WORDS * len(words | self._words)

    def takes(self, row: int, passage: Passage, score: float) -> bool:
        """Whether a passage goes on from this hit; if so, it has joined it."""
        fits = (
            len(self.joined) < MOST_FOLDED
            and passage.source == self.passage.source
            and (row - 1 in self.rows or row + 1 in self.rows)
            and score >= ADJACENT_SHARE * self.score
        )
        if fits:
            self.joined.append(passage)
            self.rows.add(row)
        return fits


def folded(ranked: Iterable[tuple[int, Passage, float]], k: int) -> list[Fold]:
    """At most `k` hits, best first.

    Args:
        ranked: Row, passage and score, best first; read only as far as needed. Sections of one
            source have consecutive rows.
        k: At least 1.
    """
    hits: list[Fold] = []
    for row, passage, score in ranked:
        words = frozenset(_WORD.findall(passage.text.lower()))
        if any(hit.repeats(words) or hit.takes(row, passage, score) for hit in hits):
            continue
        if len(hits) == k:
            break
        hits.append(Fold(row, passage, score, words))
    return hits
