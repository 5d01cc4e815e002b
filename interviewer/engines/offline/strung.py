"""Strung terms: sentences that name a rubric's terms and say nothing about them.

A candidate who knows which words are looked for can weave them into sentences ("We should keep
validation and threshold in mind"). What gives them away: terms stand side by side with next to nothing
else, or what stands around them is no talk about this question, by its words and by its meaning. Honest
sentences do one or the other now and then; hardly anybody says several that do.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from interviewer.engines.offline.features import Reference
from interviewer.engines.offline.lexicon import stem_line
from interviewer.engines.offline.prepared import Embeds
from interviewer.engines.text import STOP_WORDS, Span, stem, words

LEAST_SUSPECTED = 3
"""Sentences below which an answer is never taken to string terms."""
ANSWER_BIAS, NEAR, MEAN_ODDS, EACH = -5.40, -40.35, 1.53, 2.37
"""Log odds that an answer strings terms: of its suspected sentences how near, on the mean, what stands
beside the terms comes to a way of making the point (cosine), their log odds on the mean, and each of
them. Source: `python -m evals.fit_strung`."""
LEAST_ANSWER_ODDS = 0.5
"""Log odds from which an answer is. Of the bank's examples, the labelled and full answers of the
calibration half and the answers to fit with none in 1,521 reaches it; of weak ones with a woven sentence
for every point some nine in ten do. An honest candidate loses more by it than a bluffer gains."""
BIAS, SHARE, GROUPS, KNOWN, FOREIGN, SIDE_BY_SIDE = -12.85, 9.93, 0.53, -0.43, 1.09, 2.18
"""Log odds that a sentence only names terms. Source: `python -m evals.fit_strung`."""
SUSPECTED, LEFT_OUT = 0.0, -3.0
"""Log odds from which a sentence is suspected, and left out once the answer is."""
BARE = 1
"""Content words beside terms side by side up to which a sentence is suspected, whatever the words are."""
LEAST_BARE, MOST_BESIDES = 3, (3, 4)
"""Where nobody knows the talk about a question: sentences with next to nothing beside terms side by side
from which an answer strings them, and content words that such a sentence may hold besides, to raise the
suspicion and to be left out once it is raised. Of the bank's strong examples 6 % have so many."""
_LEAST_GROUPS = 2


class Naming(NamedTuple):
    """How a sentence names the terms of one point.

    Attributes:
        groups: Groups of terms that it touches, at least one.
        of: All groups of the point.
        known: Content words beside the terms that are talk about the question.
        foreign: The others.
        side_by_side: Groups in the longest run of terms with nothing but stop words between them.
        reference: The point.
        beside: All words that stand outside the terms.
    """

    groups: int
    of: int
    known: int
    foreign: int
    side_by_side: int
    reference: Reference
    beside: str

    @property
    def signs(self) -> tuple[float, ...]:
        """What the log odds are reckoned from, in the order of their weights."""
        side_by_side = self.side_by_side >= _LEAST_GROUPS
        return (self.groups / self.of, self.groups, self.known, self.foreign, side_by_side)

    @property
    def odds(self) -> float:
        """Log odds that nothing is said about the terms."""
        weights = (SHARE, GROUPS, KNOWN, FOREIGN, SIDE_BY_SIDE)
        return BIAS + sum(w * sign for w, sign in zip(weights, self.signs, strict=True))


def strung(
    references: Sequence[Reference],
    sentences: Sequence[Span],
    talk: frozenset[str] | None = None,
    embedder: Embeds | None = None,
) -> list[Span]:
    """The sentences of one answer that string terms together, if they are many; else none.

    Args:
        references: The points of the question, prepared.
        sentences: In canonical wording.
        talk: Stems of what is said about the question, if it has lines of what candidates say.
        embedder: Without it, or without talk, only sentences of next to nothing but terms are found.
    """
    if talk is None or embedder is None:
        return _bare(references, sentences)
    suspected = suspects(references, sentences, talk)
    if len(suspected) < LEAST_SUSPECTED or answer_odds(suspected, embedder) < LEAST_ANSWER_ODDS:
        return []
    again = [naming(references, span.text, talk, single=True) for span in sentences]
    return [
        span
        for span, one in zip(sentences, again, strict=True)
        if one is not None and one.odds >= LEFT_OUT
    ]


def suspects(
    references: Sequence[Reference], sentences: Sequence[Span], talk: frozenset[str]
) -> list[Naming]:
    """The sentences of an answer that may only name terms. For the arguments see `strung`."""
    found = []
    for span in sentences:
        one = naming(references, span.text, talk)
        if one is None:
            continue
        besides = _words_besides(references, stem_line(span.text).split())
        if one.odds >= SUSPECTED or (besides is not None and besides <= BARE):
            found.append(one)
    return found


def _bare(references: Sequence[Reference], sentences: Sequence[Span]) -> list[Span]:
    besides = [_words_besides(references, stem_line(span.text).split()) for span in sentences]
    if sum(n is not None and n <= MOST_BESIDES[0] for n in besides) < LEAST_BARE:
        return []
    return [
        span
        for span, n in zip(sentences, besides, strict=True)
        if n is not None and n <= MOST_BESIDES[1]
    ]


def answer_odds(suspected: Sequence[Naming], embedder: Embeds) -> float:
    """Log odds that the answer with these suspected sentences, at least one, strings terms."""
    signs = answer_signs(suspected, embedder)
    weights = (NEAR, MEAN_ODDS, EACH)
    return ANSWER_BIAS + sum(w * sign for w, sign in zip(weights, signs, strict=True))


def answer_signs(suspected: Sequence[Naming], embedder: Embeds) -> tuple[float, float, float]:
    """What `answer_odds` is reckoned from, in the order of its weights."""
    mean_odds = sum(one.odds for one in suspected) / len(suspected)
    return (_nearness(suspected, embedder), mean_odds, float(len(suspected)))


def _nearness(suspected: Sequence[Naming], embedder: Embeds) -> float:
    """Cosine of what stands beside the terms and the nearest way of making the point; the mean."""
    import numpy as np

    vectors = embedder.embed([one.beside for one in suspected])
    return float(
        np.mean(
            [
                (np.asarray(one.reference.positive) @ vector).max()
                for one, vector in zip(suspected, vectors, strict=True)
            ]
        )
    )


def naming(
    references: Sequence[Reference], sentence: str, talk: frozenset[str], *, single: bool = False
) -> Naming | None:
    """How a sentence names the terms of the point whose groups it touches most of.

    Args:
        references: The points of the question, prepared.
        sentence: In canonical wording.
        talk: Stems of what is said about the question.
        single: Whether one group is enough for a point that has only one; else None is returned
            unless two are touched.
    """
    line = stem_line(sentence)
    held = [(one.groups.hits(line), one) for one in references]
    touched = [
        (hits, one)
        for hits, one in held
        if sum(hits) >= (1 if single and len(hits) == 1 else _LEAST_GROUPS)
    ]
    if not touched:
        return None
    hits, reference = max(touched, key=lambda t: (sum(t[0]) / len(t[0]), sum(t[0])))
    said = line.split()
    places = reference.groups.places(said)
    around = list(beside(said, places))
    known = sum(word in talk for word in around)
    return Naming(
        groups=sum(hits),
        of=len(hits),
        known=known,
        foreign=len(around) - known,
        side_by_side=max(
            (len({group for _, _, group in run}) for run in _runs(places, said)), default=0
        ),
        reference=reference,
        beside=outside(sentence, places),
    )


def _words_besides(references: Sequence[Reference], said: Sequence[str]) -> int | None:
    """The content words outside terms of one point strung together; None if none are."""
    line = f" {' '.join(said)} "
    found: int | None = None
    for reference in references:
        if sum(reference.groups.hits(line)) < _LEAST_GROUPS:
            continue
        for run in _runs(reference.groups.places(said), said):
            if len({group for _, _, group in run}) < _LEAST_GROUPS:
                continue
            rest = sum(1 for _ in beside(said, run))
            found = rest if found is None else min(found, rest)
    return found


def beside(said: Sequence[str], places: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    """The content stems that stand outside these terms."""
    return (word for word in _outside(said, places) if word not in _STOP_STEMS)


def outside(sentence: str, places: Sequence[tuple[int, int, int]]) -> str:
    """All words of a sentence that stand outside these terms."""
    return " ".join(_outside(words(sentence), places))


def _outside(said: Sequence[str], places: Sequence[tuple[int, int, int]]) -> Iterator[str]:
    inside = {i for start, end, _ in places for i in range(start, end)}
    return (word for i, word in enumerate(said) if i not in inside)


def _runs(
    places: Sequence[tuple[int, int, int]], said: Sequence[str]
) -> list[list[tuple[int, int, int]]]:
    """Terms with nothing but stop words between them, together."""
    runs: list[list[tuple[int, int, int]]] = []
    end = -1
    for place in sorted(places):
        if runs and all(word in _STOP_STEMS for word in said[end : place[0]]):
            runs[-1].append(place)
        else:
            runs.append([place])
            end = -1
        end = max(end, place[1])
    return runs


_STOP_STEMS = frozenset(stem(word) for word in STOP_WORDS)
