"""BM25 over passages: word stems, and the numbers of rules kept whole.

The usual tokenisers drop single characters and so read "SR 26-2" as "sr 26". Here a compound with
a digit in it ("26-2", "1002.9") counts as a word of its own beside its parts.

The scores are worked out once, in arrays; a search only adds them up, and so needs neither the time
nor the memory of another pass over the texts.

Source: Robertson and Zaragoza 2009 (BM25); stems by Snowball (Porter 2001); a score kept for each
word and text as in bm25s (Lù 2024).
"""

import re
import threading
from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import Stemmer
from numpy.typing import NDArray

from interviewer.knowledge.passages import Passage

K1, B = 1.5, 0.75
"""How soon a repeated word stops counting, and how far a long text is held against it; other
values between (0.9, 0.4) and (2, 0.75) moved nDCG@10 on the calibration split by .005 at most."""

STOP_WORDS = frozenset(
    """
    a about above after again against ain all am an and any are aren as at be because been
    before being below between both but by can couldn d did didn do does doesn doing don down
    during each few for from further had hadn has hasn have haven having he her here hers
    herself him himself his how i if in into is isn it its itself just ll m ma me mightn more
    most mustn my myself needn no nor not now o of off on once only or other our ours
    ourselves out over own re s same shan she should shouldn so some such t than that the
    their theirs them themselves then there these they this those through to too under until
    up ve very was wasn we were weren what when where which while who whom why will with won
    wouldn y you your yours yourself yourselves
    """.split()  # noqa: SIM905
)
_WORD = re.compile(r"[^\W_]+(?:[-/.][^\W_]+)*")
_JOINT = re.compile(r"[-/.]")
_stemmer = Stemmer.Stemmer("english")
_stemming = threading.Lock()


def stems(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, stemmed, stop words left out.

    >>> stems("What does SR 26-2 say about validating models?")
    ['sr', '26', '26-2', 'say', 'valid', 'model']
    """
    words: list[str] = []
    for match in _WORD.finditer(text.lower()):
        word = match.group()
        parts = _JOINT.split(word)
        words.extend(part for part in parts if len(part) > 1 and part not in STOP_WORDS)
        if len(parts) > 1 and any(character.isdigit() for character in word):
            words.append(_JOINT.sub("-", word))
    # PyStemmer keeps state between calls and is not safe in several threads.
    with _stemming:
        stemmed: list[str] = _stemmer.stemWords(words)
    return stemmed


def lexical_text(passage: Passage) -> str:
    """What BM25 reads: the passage, its title and headings once more, the names of its source.

    The weight of title (2) and heading (3) gained .015 of recall@5 on the calibration split.
    """
    names = " ".join(passage.cited_as)
    return f"{passage.title} {passage.section} {passage.section} {passage.plain} {names}"


class Lexical:
    """BM25 scores of a fixed list of texts; safe in several threads.

    The scores are a matrix of texts by words in compressed columns: those of word `w` are
    `scores[starts[w] : starts[w + 1]]`, for the texts `rows[starts[w] : starts[w + 1]]`, ascending.
    """

    def __init__(
        self,
        words: dict[str, int],
        starts: NDArray[np.int64],
        rows: NDArray[np.int32],
        scores: NDArray[np.float32],
        total: int,
    ) -> None:
        self._words = words
        self._starts = starts
        self._rows = rows
        self._scores = scores
        self._total = total

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> "Lexical":
        """The scores of these texts, each given as its stems; read once, none of them kept."""
        words: dict[str, int] = {}
        found, lengths = array("i"), array("i")
        for text in texts:
            found.extend(words.setdefault(word, len(words)) for word in text)
            lengths.append(len(text))
        total = len(lengths)
        if not found:
            nothing = np.zeros(0, np.int32)
            return cls({}, np.zeros(1, np.int64), nothing, nothing.astype(np.float32), total)
        length = np.asarray(lengths, np.int64)
        owner = np.repeat(np.arange(total), length)
        pairs, times = np.unique(np.asarray(found, np.int64) * total + owner, return_counts=True)
        word, rows = np.divmod(pairs, total)
        held = np.bincount(word, minlength=len(words))
        often = times / (times + K1 * (1 - B + B * length[rows] / length.mean()))
        scores = (_rarity(held, total)[word] * often).astype(np.float32)
        starts = np.concatenate(([0], np.cumsum(held)))
        return cls(words, starts, rows.astype(np.int32), scores, total)

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """BM25 score of every text for these stems, shape (n,), 0 where no word is shared."""
        scores = np.zeros(self._total, np.float32)
        for word in words:
            place = self._words.get(word)
            if place is not None:
                column = slice(self._starts[place], self._starts[place + 1])
                scores[self._rows[column]] += self._scores[column]
        return scores

    def coverage(self, words: Iterable[str], row: int) -> float:
        """Share of the words that text `row` holds, rare words counting more; in [0, 1].

        A word no text holds counts as the rarest, so a question about something else scores low.
        """
        weights = {word: self.rarity(word) for word in words}
        total = sum(weights.values())
        if not total:
            return 0.0
        return sum(weight for word, weight in weights.items() if self.holds(word, row)) / total

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a stem as in BM25 (Lucene's form, never negative)."""
        return float(_rarity(np.array(self._held(word)), self._total))

    def _held(self, word: str) -> int:
        place = self._words.get(word)
        return 0 if place is None else int(self._starts[place + 1] - self._starts[place])

    def rarest(self, words: Iterable[str], count: int) -> list[str]:
        """The rarest of the words, each once, at most `count`, the rarest first."""
        held = {word: self._held(word) for word in words}
        return sorted(held, key=lambda word: (held[word], word))[:count]

    def holds(self, word: str, row: int) -> bool:
        """Whether text `row` has this stem."""
        place = self._words.get(word)
        if place is None:
            return False
        rows = self._rows[self._starts[place] : self._starts[place + 1]]
        found = int(np.searchsorted(rows, row))
        return found < len(rows) and bool(rows[found] == row)


def _rarity(held: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    rarity: NDArray[np.float64] = np.log1p((total - held + 0.5) / (held + 0.5))
    return rarity
