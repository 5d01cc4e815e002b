"""Belonging: which question of the bank an answer speaks to, by the words of all their rubrics.

A good answer to another question is fluent, in the vocabulary of the field, and near in meaning to
much that a rubric wants. What gives it away is that another rubric fits it clearly better.

Questions about a line of one's own document are no such other rubric: they may be answered with any
work there is, and their words would make the words of all work less telling.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from interviewer.domain.question import Question
from interviewer.engines.text import Span, content_stems, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

LEAST_WORDS = 60
"""Words of an answer below which nothing is said: too few to tell questions apart."""
WHOLE_MARGIN = 0.095
"""How much nearer to another question an answer must be to be taken for one to that question. In the
bank of 135 questions 1 strong, good or middling example of 473 is lost to this or to
`PART_MARGIN`, and 3 at 0.09; on the calibration half answers to another question come to level 1.18, and
to 1.06 at 0.09. A good answer that is called off topic costs a candidate more."""
PART_WORDS, PART_MARGIN = 90, 0.12
"""Likewise for the first or the last part of an answer, of so many words or more."""


class Belonging:
    """Compares answers with all questions of a bank."""

    def __init__(self, questions: Iterable[Question]) -> None:
        """Takes the bank; its words are counted when first asked."""
        self._questions = tuple(questions)

    def astray(self, question: str, sentences: Sequence[Span]) -> Sequence[Span]:
        """The sentences of one answer that belong to another question: all, one end of it, or none.

        Args:
            question: Id of the question asked; of one that is not in the bank nothing is said.
            sentences: Of one answer, in order.
        """
        place = self._places.get(question)
        lengths = [len(words(span.text)) for span in sentences]
        if place is None or len(self._places) < 2 or sum(lengths) < LEAST_WORDS:
            return ()
        ends = _Ends([content_stems(span.text) for span in sentences], self._weights)
        cuts = self._cuts(ends, lengths, place)
        # Something of one's own before or behind it is not lost with the rest.
        apart = [cut for cut in cuts if cut.kept_margin >= 0]
        if not apart and self._margin(ends.scores(0, len(sentences)), place) < -WHOLE_MARGIN:
            return sentences
        furthest = min(apart or cuts, key=lambda cut: cut.margin - cut.kept_margin, default=None)
        return () if furthest is None else sentences[furthest.start : furthest.end]

    def _cuts(self, ends: "_Ends", lengths: Sequence[int], place: int) -> "list[_Cut]":
        """The first and last parts of an answer that are clearly nearer to another question."""
        found, count = [], len(lengths)
        for at in range(1, count):
            both = [(0, at), (at, count)]
            margins = [self._margin(ends.scores(*part), place) for part in both]
            for (start, end), margin, kept in zip(both, margins, margins[::-1], strict=True):
                if margin < -PART_MARGIN and sum(lengths[start:end]) >= PART_WORDS:
                    found.append(_Cut(start, end, margin, kept))
        return found

    def _margin(self, scores: "Scores", place: int) -> float:
        """How much nearer to this question than to the nearest other; in [-1, 1]."""
        others = max((float(scores[i]) for i in self._subjects if i != place), default=0.0)
        return float(scores[place]) - others

    @cached_property
    def _subjects(self) -> Sequence[int]:
        """Places of the questions that have a subject of their own."""
        return [i for i, question in enumerate(self._questions) if question.fills is None]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {question.id: place for place, question in enumerate(self._questions)}

    @cached_property
    def _weights(self) -> "Mapping[str, Scores]":
        """By stem, its idf and its weight in each question's unit vector."""
        import numpy as np

        counts = [Counter(content_stems(_everything(question))) for question in self._questions]
        frequency = Counter(word for place in self._subjects for word in counts[place])
        known = len(self._subjects) + 1
        idf = {w: math.log(known / (frequency[w] + 0.5)) for count in counts for w in count}
        table = {word: np.zeros(len(counts) + 1) for word in idf}
        for place, count in enumerate(counts):
            weights = {word: (1 + math.log(n)) * idf[word] for word, n in count.items()}
            length = math.sqrt(sum(weight**2 for weight in weights.values())) or 1.0
            for word, weight in weights.items():
                table[word][place + 1] = weight / length
        for word, row in table.items():
            row[0] = idf[word]
        return table


class _Cut(NamedTuple):
    """One end of an answer, by numbers of sentences, and how it and the rest fit the question."""

    start: int
    end: int
    margin: float
    kept_margin: float


class _Ends:
    """Cosines of parts of one answer to every question."""

    def __init__(self, said: Sequence[Sequence[str]], weights: "Mapping[str, Scores]") -> None:
        import numpy as np

        self._said = said
        known = sorted({word for sentence in said for word in sentence if word in weights})
        self._columns = {word: i for i, word in enumerate(known)}
        rows = np.array([weights[word] for word in known]).reshape(len(known), -1)
        self._idf, self._questions = rows[:, :1].ravel(), rows[:, 1:]

    def scores(self, start: int, end: int) -> "Scores":
        """By question, the cosine of the sentences from `start` up to `end`."""
        import numpy as np

        counts = np.zeros(len(self._columns))
        for sentence in self._said[start:end]:
            for word in sentence:
                if word in self._columns:
                    counts[self._columns[word]] += 1
        weights = np.where(counts > 0, 1 + np.log(np.maximum(counts, 1)), 0.0) * self._idf
        found: Scores = weights @ self._questions / (np.sqrt(weights @ weights) + 1e-9)
        return found


def _everything(question: Question) -> str:
    """All that a question and its points say, without red flags and partial credit."""
    texts = [question.text]
    for point in question.points:
        texts += [point.statement, *point.counts]
        texts += [term for group in point.key_terms for term in group]
    return " ".join(texts)
