"""BM25 over passages: word stems, and the numbers of rules kept whole.

The usual tokenisers drop single characters and so read "SR 26-2" as "sr 26". Here a compound with
a digit in it ("26-2", "1002.9") counts as a word of its own beside its parts.

The scores are worked out once, in arrays, as are the words that tell a text from the others; a
search only adds scores up, and so needs neither the time nor the memory of another pass over the texts.

Source: Robertson and Zaragoza 2009 (BM25); stems by Snowball (Porter 2001); a score kept for each
word and text as in bm25s (Lù 2024).
"""

import itertools
import re
import threading
from array import array
from collections.abc import Iterable, Sequence

import numpy as np
import Stemmer
from numpy.typing import NDArray

from interviewer.knowledge.passages import Passage

TELLING_WORDS = 60
"""The rarest words of a text that are looked for in others: all of most sections. Forty cost .001 of
recall@5 on the calibration split; a bound, because the commonest words of a long section take the
most time among many passages and say the least."""
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


def stems_of(passage: Passage) -> tuple[list[str], list[str]]:
    """What BM25 reads of a passage: its heading and text, and what stands beside them.

    That is its title twice and its heading twice more, its everyday questions and the names of its
    source. The weight of title and heading gained .015 of recall@5 on the calibration split.
    """
    title, section = passage.title, passage.section
    beside = (title, title, section, section, *passage.asked_as, *passage.cited_as)
    return stems(f"{section} {passage.unmarked}"), stems(" ".join(beside))


class Lexical:
    """BM25 scores of a fixed list of texts; safe in several threads.

    The scores are a matrix of texts by words in compressed columns: those of word `w` are
    `scores[starts[w] : starts[w + 1]]`, for the texts `rows[starts[w] : starts[w + 1]]`, ascending.
    The telling words of text `r` are `telling[bounds[r] : bounds[r + 1]]`.
    """

    def __init__(
        self,
        words: dict[str, int],
        matrix: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]],
        telling: tuple[NDArray[np.int64], NDArray[np.int32]],
    ) -> None:
        self._words = words
        self._starts, self._rows, self._scores = matrix
        self._bounds, self._telling = telling
        self._total = len(self._bounds) - 1

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]]) -> "Lexical":
        """The scores of these texts, each given as its stems; read once, none of them kept."""
        return cls.of_parts((text, ()) for text in texts)

    @classmethod
    def of_parts(cls, texts: Iterable[tuple[Sequence[str], Sequence[str]]]) -> "Lexical":
        """The same for texts in two parts: both count, the first alone tells what a text is about."""
        words: dict[str, int] = {}
        found, lengths = array("i"), array("i")
        bodies, bounds = array("i"), array("q", [0])
        for body, beside in texts:
            first = [words.setdefault(word, len(words)) for word in body]
            found.extend(first)
            found.extend(words.setdefault(word, len(words)) for word in beside)
            lengths.append(len(body) + len(beside))
            bodies.extend(set(first))
            bounds.append(len(bodies))
        matrix = _matrix(np.asarray(found), np.asarray(lengths), len(words))
        return cls(words, matrix, _telling(np.asarray(bodies), bounds, np.diff(matrix[0])))

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

    def shared(self, leaders: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """BM25 scores of some texts for the telling words of others, shape (leaders, rows).

        Only the columns of those words are read, and of these only what belongs to the texts asked for.

        Args:
            leaders: Texts whose words are looked for.
            rows: Texts that they are looked for in, each once.
        """
        bounds = zip(self._bounds[leaders], self._bounds[leaders + 1], strict=True)
        told = [self._telling[begin:end] for begin, end in bounds]
        words = np.concatenate([np.empty(0, np.int32), *told])
        owner = np.repeat(np.arange(len(leaders)), [len(one) for one in told])
        starts, ends = self._starts[words], self._starts[words + 1]
        columns = zip(starts.tolist(), ends.tolist(), strict=True)
        holding = np.concatenate(
            [np.empty(0, np.int32), *(self._rows[begin:end] for begin, end in columns)]
        )
        places = np.full(self._total, -1, np.int32)
        places[rows] = np.arange(len(rows))
        wanted = np.flatnonzero(places[holding] >= 0)
        lengths = ends - starts
        word = np.repeat(np.arange(len(words)), lengths)[wanted]
        scores = self._scores[wanted + (starts - np.cumsum(lengths) + lengths)[word]]
        cells = owner[word] * len(rows) + places[holding[wanted]]
        summed = np.bincount(cells, scores, minlength=len(leaders) * len(rows))
        return summed.reshape(len(leaders), len(rows)).astype(np.float32)

    def holds(self, word: str, row: int) -> bool:
        """Whether text `row` has this stem."""
        place = self._words.get(word)
        if place is None:
            return False
        rows = self._rows[self._starts[place] : self._starts[place + 1]]
        found = int(np.searchsorted(rows, row))
        return found < len(rows) and bool(rows[found] == row)


def _matrix(
    found: NDArray[np.int32], length: NDArray[np.int32], words: int
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Starts, rows and scores of every word's column, from the words of all texts one after another."""
    total = len(length)
    if not found.size:
        return np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32)
    owner = np.repeat(np.arange(total), length)
    pairs, times = np.unique(found.astype(np.int64) * total + owner, return_counts=True)
    word, rows = np.divmod(pairs, total)
    held = np.bincount(word, minlength=words)
    often = times / (times + K1 * (1 - B + B * length[rows] / length.mean()))
    scores = (_rarity(held, total)[word] * often).astype(np.float32)
    return np.concatenate(([0], np.cumsum(held))), rows.astype(np.int32), scores


def _telling(
    words: NDArray[np.int32], bounds: Sequence[int], held: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Bounds and words once only the rarest of each text are left; `words` is written over."""
    kept = [0]
    for begin, end in itertools.pairwise(bounds):
        own = words[begin:end]
        # The word met first goes first among equals, whatever order a set gave them.
        rarest = own[np.lexsort((own, held[own]))[:TELLING_WORDS]]
        words[kept[-1] : kept[-1] + len(rarest)] = rarest
        kept.append(kept[-1] + len(rarest))
    return np.array(kept), words[: kept[-1]].copy()


def _rarity(held: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    rarity: NDArray[np.float64] = np.log1p((total - held + 0.5) / (held + 0.5))
    return rarity
