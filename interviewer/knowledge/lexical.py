"""BM25 over passages: word stems, and the numbers of rules kept whole.

The usual tokenisers drop single characters and so read "SR 26-2" as "sr 26". Here a compound with
a digit in it ("26-2", "1002.9") counts as a word of its own beside its parts.

The scores are worked out when an index is built and kept as arrays; a search only adds them up,
and so needs neither the time nor the memory of another pass over the texts.

Source: Robertson and Zaragoza 2009 (BM25); stems by Snowball (Porter 2001); a score kept for each
word and text as in bm25s (Lù 2024).
"""

import json
import re
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import Stemmer
from numpy.typing import NDArray

from interviewer.knowledge.passages import Passage

WORDS = "words"
"""Folder of a generation that holds the arrays."""

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
    """What BM25 reads: the passage, and the names its source goes by."""
    return f"{passage.plain} {' '.join(passage.cited_as)}"


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
        """The scores of these texts, each given as its stems."""
        import bm25s

        corpus = list(texts)
        if not any(corpus):
            nothing = np.zeros(0, np.int32)
            return cls({}, np.zeros(1, np.int64), nothing, nothing.astype(np.float32), len(corpus))
        ranking = bm25s.BM25()
        ranking.index(corpus, show_progress=False)
        found = ranking.scores
        # bm25s gives the empty word a column of its own.
        words = {word: place for word, place in ranking.vocab_dict.items() if word}
        starts = np.asarray(found["indptr"], np.int64)
        rows = np.asarray(found["indices"], np.int32)
        return cls(words, starts, rows, np.asarray(found["data"], np.float32), len(corpus))

    @classmethod
    def opened(cls, folder: Path) -> "Lexical":
        """The scores kept in a folder, read from it as they are needed."""
        words = json.loads((folder / "words.json").read_bytes())
        arrays = [
            np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False))
            for name in ("starts", "rows", "scores")
        ]
        return cls(words["places"], arrays[0], arrays[1], arrays[2], words["texts"])

    def save(self, folder: Path) -> None:
        """Writes the arrays into a folder that does not exist yet."""
        folder.mkdir()
        np.save(folder / "starts.npy", self._starts)
        np.save(folder / "rows.npy", self._rows)
        np.save(folder / "scores.npy", self._scores)
        facts = {"places": self._words, "texts": self._total}
        (folder / "words.json").write_text(json.dumps(facts), encoding="utf-8")

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
        return sum(weight for word, weight in weights.items() if self._holds(word, row)) / total

    def rarity(self, word: str) -> float:
        """Inverse document frequency of a stem as in BM25 (Lucene's form, never negative)."""
        place = self._words.get(word)
        count = 0 if place is None else int(self._starts[place + 1] - self._starts[place])
        return float(np.log1p((self._total - count + 0.5) / (count + 0.5)))

    def _holds(self, word: str, row: int) -> bool:
        place = self._words.get(word)
        if place is None:
            return False
        rows = self._rows[self._starts[place] : self._starts[place + 1]]
        found = int(np.searchsorted(rows, row))
        return found < len(rows) and bool(rows[found] == row)
