"""The lexicon: which words are rare enough to mean something, and matching authored terms."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from interviewer.engines.offline.canonical import canonical
from interviewer.engines.text import content_stems, stems, words

QUESTION_WORD_WEIGHT = 0.3
"""What a word of the question still weighs: candidates get no credit for handing it back.
Source: question-demoted recall was the best single feature on short answers (Mohler et al. 2011
data, r .56 against .54 undemoted; docs/grading.md)."""

_COMMON_WORDS = 400
_LEAST_PAIRS = 30
_LEAST_PAIRS_KNOWN = 5_000


class Lexicon:
    """Inverse document frequencies over the knowledge passages and the question bank.

    Attributes:
        vocabulary: Every stem seen.
    """

    def __init__(self, documents: Iterable[str]) -> None:
        frequency: Counter[str] = Counter()
        often: Counter[str] = Counter()
        pairs: set[tuple[str, str]] = set()
        count = 0
        for document in documents:
            frequency.update(set(stems(document)))
            said = words(document)
            often.update(said)
            pairs.update(pairwise(said))
            count += 1
        self.vocabulary = frozenset(frequency)
        self._idf = {word: math.log((count + 1) / (seen + 0.5)) for word, seen in frequency.items()}
        self._unseen = math.log((count + 1) / 0.5)
        self._common = frozenset(word for word, _ in often.most_common(_COMMON_WORDS))
        self._pairs = frozenset(
            pair for pair in pairs if pair[0] in self._common and pair[1] in self._common
        )

    def weight(self, stemmed: str) -> float:
        """The idf of a stem; an unseen one weighs most."""
        return self._idf.get(stemmed, self._unseen)

    def order(self, text: str) -> float | None:
        """Share of neighbouring common words that follow each other in the documents, too.

        None where too few stand in the text to tell. On the calibration half of the labelled
        answers it is .66 at the least; with their words shuffled .57 at the most in 99 of 100.
        """
        neighbours = [
            pair
            for pair in pairwise(words(text))
            if pair[0] in self._common and pair[1] in self._common
        ]
        if len(self._pairs) < _LEAST_PAIRS_KNOWN or len(neighbours) < _LEAST_PAIRS:
            return None
        return sum(pair in self._pairs for pair in neighbours) / len(neighbours)

    def weigh(self, text: str, demoted: frozenset[str] = frozenset()) -> dict[str, float]:
        """Weights of a text's content stems, those in `demoted` at `QUESTION_WORD_WEIGHT`."""
        return {
            word: self.weight(word) * (QUESTION_WORD_WEIGHT if word in demoted else 1.0)
            for word in content_stems(text)
        }


def recall(wanted: dict[str, float], said: frozenset[str]) -> float:
    """Weighted share of the wanted stems that were said, in [0, 1]."""
    total = sum(wanted.values())
    return sum(wanted[word] for word in wanted.keys() & said) / total if total else 0.0


class TermGroups:
    """Groups of interchangeable terms, matched on stems."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self._groups = [
            [f" {' '.join(stems(canonical(term)))} " for term in group] for group in groups
        ]

    def __len__(self) -> int:
        return len(self._groups)

    def hits(self, stem_line: str) -> list[bool]:
        """For each group, whether one of its terms stands in the line.

        Args:
            stem_line: Stems joined and enclosed by single spaces.
        """
        return [any(term in stem_line for term in group) for group in self._groups]

    def places(self, stems: Sequence[str]) -> list[tuple[int, int, int]]:
        """Where terms stand among stems: from, up to, and the number of the group."""
        return [
            (start, start + len(wanted), number)
            for number, group in enumerate(self._groups)
            for wanted in (term.split() for term in group)
            for start in range(len(stems) - len(wanted) + 1)
            if list(stems[start : start + len(wanted)]) == wanted
        ]

    def share(self, stem_line: str) -> float:
        """Share of the groups touched, in [0, 1]."""
        hits = self.hits(stem_line)
        return sum(hits) / len(hits) if hits else 0.0


@lru_cache(maxsize=4_000)
def stem_set(text: str) -> frozenset[str]:
    """The different content stems of a text."""
    return frozenset(content_stems(text))


@lru_cache(maxsize=4_000)
def stem_line(text: str) -> str:
    """A text as one line of stems, enclosed by spaces, for `TermGroups`."""
    return f" {' '.join(stems(text))} "
