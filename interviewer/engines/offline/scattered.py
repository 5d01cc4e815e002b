"""Scattered terms: a rubric's terms named one to a sentence, in sentences that say nothing of them.

Each of these sentences alone passes for talk ("Whenever it rained, somebody in the canteen would bring
up drift."). What gives them away is their number: hardly anybody who answers names so many terms, as
many as the rubric has, in sentences that are no talk about the question.
"""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from interviewer.engines.offline.features import Reference
from interviewer.engines.offline.lexicon import stem_line
from interviewer.engines.offline.prepared import Embeds
from interviewer.engines.offline.strung import beside
from interviewer.engines.text import Span

BIAS, NEAR, KNOWN, FOREIGN, TOUCHED, WORDS = 2.99, -8.43, -0.16, 0.66, -0.45, 0.05
"""Log odds that a sentence only names terms. Source: `python -m evals.fit_scattered`."""
MANY, THROUGHOUT = 0.42, 0.7
"""Sentences that only name terms, as many as the odds of all of them make one expect, for each group of
terms in the rubric: from the first, those that rather say nothing are no evidence; from the second, the
answer is taken to scatter terms. Of 1,435 honest answers (as in `refrain.py`) 6 % reach the first and
three the second. Of weak ones with all terms behind them, in frames that nothing was fitted to, all reach
the second where the frames are long; with every other term 98 % reach the first."""
SAYS_NOTHING, LEFT_OUT = 0.0, -1.5
"""Log odds from which a sentence is no evidence, in the first case and in the second."""


class Touch(NamedTuple):
    """A sentence that touches terms of the rubric.

    Attributes:
        span: The sentence.
        touched: Groups of terms that it touches, of all points, at least one.
        known: Content words beside the terms that are talk about the question.
        foreign: The others.
        words: All words.
    """

    span: Span
    touched: int
    known: int
    foreign: int
    words: int

    def odds(self, near: float) -> float:
        """Log odds that nothing is said about the terms; `near` is of `nearness`."""
        signs = self.signs(near)
        weights = (NEAR, KNOWN, FOREIGN, TOUCHED, WORDS)
        return BIAS + sum(w * sign for w, sign in zip(weights, signs, strict=True))

    def signs(self, near: float) -> tuple[float, ...]:
        """What the log odds are reckoned from, in the order of their weights."""
        return (near, self.known, self.foreign, self.touched, self.words)


class Scattered(NamedTuple):
    """What is no evidence in one answer.

    Attributes:
        sentences: Those that only name terms, if they are many.
        throughout: Whether they are so many that no honest answer is expected to have them.
    """

    sentences: tuple[Span, ...] = ()
    throughout: bool = False


def scattered(
    references: Sequence[Reference],
    sentences: Sequence[Span],
    talk: frozenset[str] | None,
    embedder: Embeds | None,
) -> Scattered:
    """The sentences of one answer that scatter terms.

    Args:
        references: The points of the question, prepared.
        sentences: In canonical wording.
        talk: Stems of what is said about the question, if it has lines of what candidates say.
        embedder: Without it, or without talk, none are found.
    """
    groups = sum(len(one.groups) for one in references)
    if talk is None or embedder is None or len(sentences) < MANY * groups:
        return Scattered()
    found = touches(references, sentences, talk)
    if len(found) < MANY * groups:
        return Scattered()
    near = nearness(references, found, embedder)
    odds = [one.odds(it) for one, it in zip(found, near, strict=True)]
    expected = sum(1 / (1 + exp(-it)) for it in odds)
    if expected < MANY * groups:
        return Scattered()
    throughout = expected >= THROUGHOUT * groups
    least = LEFT_OUT if throughout else SAYS_NOTHING
    spans = tuple(one.span for one, it in zip(found, odds, strict=True) if it >= least)
    return Scattered(spans, throughout)


def touches(
    references: Sequence[Reference], sentences: Sequence[Span], talk: frozenset[str]
) -> list[Touch]:
    """The sentences that touch terms of any point. For the arguments see `scattered`."""
    found = []
    for span in sentences:
        line = stem_line(span.text)
        hits = {one.id: sum(one.groups.hits(line)) for one in references}
        touched = sum(hits.values())
        if not touched:
            continue
        said = line.split()
        places = [it for one in references if hits[one.id] for it in one.groups.places(said)]
        around = list(beside(said, places))
        known = sum(word in talk for word in around)
        found.append(Touch(span, touched, known, len(around) - known, len(said)))
    return found


def nearness(
    references: Sequence[Reference], found: Sequence[Touch], embedder: Embeds
) -> list[float]:
    """Cosine of each sentence and the nearest way of making any point."""
    import numpy as np

    ways = np.vstack([np.asarray(one.positive) for one in references])
    vectors = embedder.embed([one.span.text for one in found])
    return [float(near) for near in (vectors @ ways.T).max(axis=1)]
