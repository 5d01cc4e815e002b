"""What candidates say: an answer read by example, where a question has lines of known worth.

The lines were written from the rubrics, in November 2026, by authors kept from everything below `evals/`.

Every sentence, and every two neighbouring ones, is scored for every point: by the direction of its
vector (`said_directions`), and by its words as a naive Bayes classifier weighs them, trained on the
same lines. Both are log odds against the other points of the question, and are added up. Meaning finds
the far paraphrase, words the term that gives a point away; each errs where the other does not.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.domain.said import Said
from interviewer.engines.offline.canonical import canonical
from interviewer.engines.offline.lexicon import stem_line, stem_set
from interviewer.engines.offline.said_directions import Shipped, key, shipped
from interviewer.engines.text import Span, spans, words

Vectors = NDArray[np.float32]
Scores = NDArray[np.float64]

SAID = (
    "said_near",  # the best score of a sentence, or two, in log odds
    "said_over_others",  # how much better than for any other point
    "said_own",  # the best of those sentences that score best for this point
    "said_share",  # the largest share of a sentence that is this point's
    "said_twice",  # mean of the two best scores
    "said_over_half_of_others",  # how much better than half of the score for any other point
)
"""For which the points of a question compete."""
WORTH = (
    "said_partly",  # the best score of a sentence by lines that make the point partly
    "said_miss",  # likewise by lines that miss it
    "said_over_partly",  # of the best sentence: how much likelier it makes the point than partly
    "said_over_miss",  # likewise than that it misses it
)
BESIDE = ("said_near", "said_over_others", "said_own", "said_share")
BESIDE_OTHERS = tuple(f"{name}_beside" for name in BESIDE)
"""The same beside the mean of the other points in this answer. They tell the one thing a good answer lacks,
and would be a halo in a verdict: none of the fits of verdicts sees them."""

_WORDS = 0.3
"""What the words' log odds count for: naive Bayes takes words for independent and is too sure."""
_PRIOR = 60.0
"""How many words of what candidates say in general are added to those of a point."""
_TERM = 0.5
"""Lines that a key term is worth."""
_NOBODYS = 4.0
"""Score at which a sentence is as much nobody's as a point's."""
_COPIED_SHARE, _COPIED_WORDS = 0.5, 5


class SaidPoints:
    """The points of one question with what candidates say about each.

    Attributes:
        talk: See `talk_about`.
    """

    def __init__(self, points: Sequence[Point], said: Mapping[str, Said], held: Shipped) -> None:
        """Takes what ships; see `prepare_said`."""
        found = [held.points[key(held.embedder, point, said[point.id])] for point in points]
        self._rows = np.stack([one.rows for one in found], axis=1)
        self._offsets = np.stack([one.offsets for one in found], axis=1)
        self._words = _Words([_counted(point, said[point.id]) for point in points], held.counts)
        self._lines = frozenset(
            line for one in said.values() for text in one.lines for line in _lines(text)
        )
        self.talk = talk_about(points, said)

    def repeats(self, sentences: Sequence[Span]) -> bool:
        """Whether half of the sentences or more stand in the lines word for word."""
        texts = [span.text for span in sentences if len(words(span.text)) >= _COPIED_WORDS]
        copied = sum(stem_line(text) in self._lines for text in texts)
        return bool(texts) and copied >= _COPIED_SHARE * len(texts)

    def likeness(
        self, sentences: Sequence[Span], vectors: Vectors
    ) -> list[tuple[float, float, float]]:
        """How like lines of the points each sentence is, of whichever point it is likest.

        By its words, and by its meaning those that make the point and those that miss it; log odds.
        For the arguments see `measure`.
        """
        made, _, missed = self._rows @ vectors.T + self._offsets[:, :, None]
        worded = self._words.scores([stem_set(span.text) for span in sentences])
        best = (scores.max(axis=0) for scores in (worded, made, missed))
        return [(float(w), float(m), float(n)) for w, m, n in zip(*best, strict=True)]

    def measure(self, sentences: Sequence[Span], vectors: Vectors) -> list[dict[str, float]]:
        """By point the features `SAID`, `WORTH` and `BESIDE_OTHERS`.

        Args:
            sentences: Usable ones, in order, in canonical wording; at least one.
            vectors: Theirs, of length one.
        """
        pairs = [
            i for i in range(len(sentences) - 1) if sentences[i].answer == sentences[i + 1].answer
        ]
        stems = [stem_set(span.text) for span in sentences]
        stems += [stems[i] | stems[i + 1] for i in pairs]
        both = np.array([vectors[i] + vectors[i + 1] for i in pairs]).reshape(-1, vectors.shape[1])
        lengths = np.linalg.norm(both, axis=1, keepdims=True)
        parts = np.vstack([vectors, both / np.maximum(lengths, 1e-9)])
        made, partly, missed = self._rows @ parts.T + self._offsets[:, :, None]
        scores = made + _WORDS * self._words.scores(stems)
        found = [_competed(scores, point) for point in range(len(scores))]
        for point, best in enumerate(scores.argmax(axis=1)):
            found[point] |= {
                "said_partly": float(partly[point].max()),
                "said_miss": float(missed[point].max()),
                "said_over_partly": float(made[point, best] - partly[point, best]),
                "said_over_miss": float(made[point, best] - missed[point, best]),
            }
        return [one | _beside(one, found) for one in found]


def nothing_said() -> dict[str, float]:
    """The features of an answer without a usable sentence."""
    return dict.fromkeys((*SAID, *WORTH, *BESIDE_OTHERS), 0.0)


def prepare_said(question: Question, said: Mapping[str, Said], held: Shipped) -> SaidPoints | None:
    """A question's lines made ready, None unless every point has some and they ship.

    Args:
        question: As asked; it may have fewer points than its file.
        said: By point.
        held: What ships for the model in use.
    """
    known = all(
        point.id in said and key(held.embedder, point, said[point.id]) in held.points
        for point in question.points
    )
    return SaidPoints(question.points, said, held) if known else None


def line_stems(said: Said) -> Counter[str]:
    """In how many of a point's lines each stem stands."""
    return Counter(stem for line in said.lines for stem in stem_set(canonical(line)))


def talk_about(points: Sequence[Point], said: Mapping[str, Said]) -> frozenset[str]:
    """The stems of everything that the points' lines and their own wordings hold."""
    worded = (stem_set(canonical(t)) for p in points for t in (p.statement, *p.counts))
    return frozenset[str]().union(*(line_stems(said[p.id]) for p in points), *worded)


class _Words:
    """Naive Bayes over stems, the points of one question against what is said in general."""

    def __init__(
        self, counts: Sequence[Mapping[str, float]], in_general: Mapping[str, int]
    ) -> None:
        self._counts = counts
        self._totals = np.array([sum(one.values()) for one in counts])
        self._in_general, self._all = in_general, sum(in_general.values())
        self._known: dict[str, Scores] = {}

    def scores(self, parts: Sequence[frozenset[str]]) -> Scores:
        """Log odds, shape (n_points, n_parts)."""
        found = np.zeros((len(self._counts), len(parts)))
        for column, stems in enumerate(parts):
            for stem in sorted(stems):
                found[:, column] += self._odds(stem)
        return found

    def _odds(self, stem: str) -> Scores:
        """A word that no point has says nothing."""
        if stem not in self._known:
            own = np.array([one.get(stem, 0.0) for one in self._counts])
            share = (self._in_general.get(stem, 0) + 0.5) / self._all
            odds = np.log((own + _PRIOR * share) / (self._totals + _PRIOR)) - math.log(share)
            self._known[stem] = odds if own.any() else np.zeros(len(own))
        return self._known[stem]


def _counted(point: Point, said: Said) -> Mapping[str, float]:
    counts: Counter[str] = Counter()
    for text in (point.statement, *point.counts, *said.makes):
        counts.update(stem_set(canonical(text)))
    found: dict[str, float] = {stem: float(n) for stem, n in counts.items()}
    for group in point.key_terms:
        for term in group:
            for stem in stem_set(canonical(term)):
                found[stem] = found.get(stem, 0.0) + _TERM
    return found


def _competed(scores: Scores, point: int) -> dict[str, float]:
    """The features `SAID` of one point; scores of shape (n_points, n_parts)."""
    own = scores[point]
    rivals = np.delete(scores, point, axis=0).max(axis=0) if len(scores) > 1 else 0 * own
    mine = own[scores.argmax(axis=0) == point]
    top = np.sort(own)[::-1]
    highest = scores.max()
    raised = np.exp(scores - highest)
    shares = raised[point] / (raised.sum(axis=0) + np.exp(_NOBODYS - highest))
    return {
        "said_near": float(top[0]),
        "said_over_others": float((own - rivals).max()),
        "said_own": float(mine.max()) if len(mine) else float(min(_NOBODYS, scores.min())),
        "said_share": float(shares.max()),
        "said_twice": float(top[:2].mean()),
        "said_over_half_of_others": float((own - 0.5 * rivals).max()),
    }


def _beside(one: Mapping[str, float], found: Sequence[Mapping[str, float]]) -> dict[str, float]:
    others = [other for other in found if other is not one]
    return {
        f"{name}_beside": one[name] - sum(other[name] for other in others) / max(1, len(others))
        for name in BESIDE
    }


def _lines(text: str) -> list[str]:
    sentences = [canonical(span.text) for span in spans([text])]
    return [stem_line(one) for one in sentences if len(words(one)) >= _COPIED_WORDS]


class Sayings(NamedTuple):
    """What candidates say about the points of a bank's questions, and what ships of it."""

    by_question: Mapping[str, Mapping[str, Said]]
    held: Shipped

    def of(self, question: Question) -> SaidPoints | None:
        """Made ready for a question, if it has any."""
        return prepare_said(question, self.by_question.get(question.id, {}), self.held)


def sayings(by_question: Mapping[str, Mapping[str, Said]], embedder: str) -> Sayings | None:
    """What candidates say, None under another model than the one whose directions ship.

    Args:
        by_question: By question and point.
        embedder: Id of the model in use.
    """
    held = shipped()
    return Sayings(by_question, held) if held.embedder == embedder else None
