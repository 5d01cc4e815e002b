"""Scattered terms: a rubric's terms named one to a sentence, in sentences that say nothing of them.

Each of these sentences alone passes for talk ("Whenever it rained, somebody in the canteen would bring
up drift."). What gives them away is their number: hardly anybody who answers names so many terms, for a
rubric of that size, in sentences so unlike what is said about the question.
"""

from collections.abc import Sequence
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from interviewer.engines.offline.features import Reference
from interviewer.engines.offline.lexicon import stem_line
from interviewer.engines.offline.prepared import Embeds
from interviewer.engines.offline.refrain import names_a_term
from interviewer.engines.offline.strung import beside, outside
from interviewer.engines.text import Span

if TYPE_CHECKING:
    from interviewer.engines.offline.said import SaidPoints

BIAS, FOREIGN, TOUCHED, WORDED, BESIDE, MADE, MISSED = 4.73, 0.92, -0.37, -0.30, -13.98, -0.30, 0.24
"""Log odds that a sentence only names terms. Source: `python -m evals.fit_scattered`."""
MANY, THROUGHOUT = 0.47, 0.7
"""Sentences that only name terms, as many as the odds of all of them make one expect, for each group of
terms in the rubric: from the first, those that clearly say nothing are no evidence; from the second, the
answer is taken to scatter terms. Of 1,521 honest answers (as in `refrain.py`) 30 reach the first, half of
them weak, wrong or off the topic, and none the second (at most .67). Of weak answers with all terms behind
them, in frames that nothing was fitted to, 98 % or more reach the second; with every other term, 98 % the
first."""
SAYS_NOTHING, LEFT_OUT = 1.2, -1.5
"""Log odds from which a sentence is no evidence, in the first case and in the second. In the first, 0 finds
more of half the terms (-.09 levels for .18) and costs full answers one skip in forty; from 1.5 on, terms
strung in short sentences are found less."""


class Scattered(NamedTuple):
    """What is no evidence in one answer.

    Attributes:
        sentences: Those that only name terms, if they are many.
        throughout: Whether they are so many that no honest answer is expected to have them.
    """

    sentences: tuple[Span, ...] = ()
    throughout: bool = False


class Touch(NamedTuple):
    """A sentence that touches terms of the rubric.

    Attributes:
        span: The sentence.
        touched: Groups of terms that it touches, of all points, at least one.
        foreign: Content words beside the terms that are no talk about the question.
        beside: All words that stand outside the terms.
    """

    span: Span
    touched: int
    foreign: int
    beside: str


def scattered(
    references: Sequence[Reference],
    sentences: Sequence[Span],
    said: "SaidPoints | None",
    embedder: Embeds | None,
) -> Scattered:
    """The sentences of one answer that scatter terms.

    Args:
        references: The points of the question, prepared.
        sentences: In canonical wording.
        said: What candidates say about the points. Without it, or without embedder, none are found.
        embedder: For the sentences.
    """
    groups = sum(len(one.groups) for one in references)
    least = MANY * groups
    if said is None or embedder is None or len(sentences) < least:
        return Scattered()
    naming = [span for span in sentences if names_a_term(references, span.text)]
    if len(naming) < least:
        return Scattered()
    found = touches(references, naming, said.talk)
    odds = [_odds(signs) for signs in signs_of(references, found, said, embedder)]
    expected = sum(1 / (1 + exp(-it)) for it in odds)
    if expected < least:
        return Scattered()
    throughout = expected >= THROUGHOUT * groups
    limit = LEFT_OUT if throughout else SAYS_NOTHING
    spans = tuple(one.span for one, it in zip(found, odds, strict=True) if it >= limit)
    return Scattered(spans, throughout)


def touches(
    references: Sequence[Reference], sentences: Sequence[Span], talk: frozenset[str]
) -> list[Touch]:
    """The sentences that touch terms of any point; `talk` holds stems that are not foreign."""
    found = []
    for span in sentences:
        line = stem_line(span.text)
        hits = {one.id: sum(one.groups.hits(line)) for one in references}
        touched = sum(hits.values())
        if not touched:
            continue
        said = line.split()
        places = [it for one in references if hits[one.id] for it in one.groups.places(said)]
        foreign = sum(word not in talk for word in beside(said, places))
        found.append(Touch(span, touched, foreign, outside(span.text, places)))
    return found


def signs_of(
    references: Sequence[Reference],
    found: Sequence[Touch],
    said: "SaidPoints",
    embedder: Embeds,
) -> list[tuple[float, ...]]:
    """What the log odds of each sentence are reckoned from, in the order of their weights.

    The last four are how its words are those of a point's lines (log odds), how near what stands beside
    the terms comes to a way of making a point (cosine), and how its meaning is that of lines that make a
    point, and that miss it (log odds); of whichever point comes nearest.
    """
    import numpy as np

    ways = np.vstack([np.asarray(one.positive) for one in references])
    near = (embedder.embed([one.beside for one in found]) @ ways.T).max(axis=1)
    spans = [one.span for one in found]
    likeness = said.likeness(spans, embedder.embed([span.text for span in spans]))
    return [
        (one.foreign, one.touched, worded, float(cosine), made, missed)
        for one, cosine, (worded, made, missed) in zip(found, near, likeness, strict=True)
    ]


def _odds(signs: Sequence[float]) -> float:
    weights = (FOREIGN, TOUCHED, WORDED, BESIDE, MADE, MISSED)
    return BIAS + sum(w * sign for w, sign in zip(weights, signs, strict=True))
