"""Attribution: which sentence speaks to which point, when all points of a question compete for it.

Whether a point is missing from an answer that makes the others is a question of rank within the
answer: its nearest sentence may well be near, and still be the evidence for another point. Graded
examples show more ways of making each point than its author thought of: every sentence of an
example is attributed to the point, among those that the example makes, to which it comes nearest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from interviewer.domain.verdict import Met
from interviewer.engines.offline.exemplars import Exemplar
from interviewer.engines.offline.lexicon import Lexicon, stem_line, stem_set

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from interviewer.engines.offline.features import Reference
    from interviewer.engines.offline.prepared import Shown

    Vectors = NDArray[np.float32]
    Matrix = NDArray[np.floating]

_TERMS_SHARE, _TERMS_SHARE_ALONE = 0.2, 0.25
_TERMS_SHARE_OF_EXAMPLES = 0.3
_LEAST_NEAR = 0.25
"""Cosine below which a sentence of an example is no evidence. Source: docs/grading.md, "The engines"."""
_SHARPNESS = 12.0
_NOBODYS = 0.35
"""Nearness at which a sentence is as much nobody's as a point's."""
_OTHERS_SHARE = 0.7


@dataclass(frozen=True)
class Attributed:
    """Sentences of graded examples, as one point sees them.

    Attributes:
        own: Numbers of the sentences that make the point.
        rest: Of all others.
        missed: Of those in examples that miss the point.
        words: Stems of the sentences that make it, with their weights.
    """

    own: tuple[int, ...]
    rest: tuple[int, ...]
    missed: tuple[int, ...]
    words: tuple[dict[str, float], ...]


def attribute(
    references: "Sequence[Reference]", exemplars: Sequence[Exemplar], lexicon: Lexicon
) -> tuple[Attributed, ...]:
    """For each point, what the examples say to it and what they say besides.

    Sentences are numbered through all examples, in order.
    """
    told = [
        (text, owners, exemplar.verdicts)
        for exemplar in exemplars
        for text, owners in zip(exemplar.texts, _owners(references, exemplar), strict=True)
    ]
    found = []
    for index, reference in enumerate(references):
        own = [row for row, (_, owners, _) in enumerate(told) if index in owners]
        rest = [row for row, (_, owners, _) in enumerate(told) if index not in owners]
        missed = [row for row in rest if told[row][2].get(reference.id) is Met.NO]
        words = [{w: lexicon.weight(w) for w in stem_set(told[row][0])} for row in own]
        found.append(Attributed(tuple(own), tuple(rest), tuple(missed), tuple(words)))
    return tuple(found)


def _owners(references: "Sequence[Reference]", exemplar: Exemplar) -> list[set[int]]:
    """By sentence of an example, the points it makes.

    A sentence goes to the nearest of the points that are made, wholly or partly; every point that is
    wholly made gets one at least.
    """
    owners: list[set[int]] = [set() for _ in exemplar.texts]
    met = [exemplar.verdicts.get(reference.id) for reference in references]
    touched = [i for i, one in enumerate(met) if one in (Met.YES, Met.PARTLY)]
    if not owners or not touched or any(references[i].positive is None for i in touched):
        return owners
    lines = [stem_line(text) for text in exemplar.texts]
    near = np.vstack([nearness(references[i], exemplar.vectors) for i in touched])
    fit = near + _TERMS_SHARE_OF_EXAMPLES * term_shares([references[i] for i in touched], lines)
    for row, best in enumerate(fit.argmax(axis=0)):
        if near[best, row] >= _LEAST_NEAR:
            owners[row].add(touched[best])
    for place, index in enumerate(touched):
        if met[index] is Met.YES:
            owners[int(fit[place].argmax())].add(index)
    return owners


def nearness(reference: "Reference", vectors: "Vectors") -> "Matrix":
    """Cosine of each sentence to the nearest way of saying a point."""
    to_each: Matrix = (np.asarray(reference.positive) @ vectors.T).max(axis=0)
    return to_each


def term_shares(references: "Sequence[Reference]", lines: Sequence[str]) -> "Matrix":
    """Share of each point's term groups in each line; shape (n_references, n_lines)."""
    return np.array([[one.groups.share(line) for line in lines] for one in references])


def compete(
    shown: "Shown",
    near: "Matrix",
    shares: Sequence[Sequence[float]],
    stems: Sequence[frozenset[str]],
    vectors: "Vectors",
) -> list[dict[str, float]]:
    """Measures every point against the sentences of an answer, all points competing.

    Args:
        shown: What examples show.
        near: Cosines to the points' own ways of saying it, shape (n_points, n_sentences).
        shares: Term shares, likewise.
        stems: By sentence.
        vectors: Likewise, of unit length.

    Returns:
        By point, the features `ATTRIBUTED`.
    """
    attributed, lexicon = shown.attributed, shown.lexicon
    nowhere = np.zeros(near.shape[1])
    to_examples = shown.sentences @ vectors.T
    to_own = np.vstack([_nearest(to_examples, one.own, nowhere - 1) for one in attributed])
    known = np.where(to_own > -1, to_own, near)
    terms = np.array(shares)
    fit = (near + known) / 2 + _TERMS_SHARE * terms
    raw = near + _TERMS_SHARE_ALONE * terms
    portions = np.exp(_SHARPNESS * fit)
    portions /= portions.sum(axis=0) + np.exp(_SHARPNESS * _NOBODYS)
    owner = fit.argmax(axis=0)
    weights = [sum(lexicon.weight(word) for word in said) for said in stems]
    found = []
    for index, one in enumerate(attributed):
        rivals = np.delete(fit, index, axis=0).max(axis=0) if len(fit) > 1 else nowhere
        raw_rivals = np.delete(raw, index, axis=0).max(axis=0) if len(raw) > 1 else nowhere
        owned = fit[index][owner == index]
        found.append(
            {
                "ex_near": _or_nothing(to_own[index], one.own),
                "ex_over_rest": _or_nothing(
                    to_own[index] - _nearest(to_examples, one.rest, nowhere), one.own
                ),
                "ex_over_missed": float(
                    (
                        np.maximum(near[index], to_own[index])
                        - _nearest(to_examples, one.missed, nowhere)
                    ).max()
                ),
                "ex_words": _common_words(one.words, stems, weights),
                "over_others": float((fit[index] - rivals).max()),
                "over_most_of_others": float((raw[index] - _OTHERS_SHARE * raw_rivals).max()),
                "own_sentence": float(owned.max()) if len(owned) else 0.0,
                "share_of_sentence": float(portions[index].max()),
            }
        )
    return found


def _nearest(to_examples: "Matrix", rows: Sequence[int], without: "Matrix") -> "Matrix":
    """Cosine of each sentence to the nearest of some sentences of examples."""
    if not rows:
        return without
    nearest: Matrix = to_examples[list(rows)].max(axis=0)
    return nearest


def _or_nothing(values: "Matrix", rows: Sequence[int]) -> float:
    return float(values.max()) if rows else 0.0


def _common_words(
    examples: Sequence[dict[str, float]],
    stems: Sequence[frozenset[str]],
    weights: Sequence[float],
) -> float:
    """The largest weighted Jaccard index of a sentence with one that makes the point."""
    best = 0.0
    for words in examples:
        total = sum(words.values())
        for said, weight in zip(stems, weights, strict=True):
            common = sum(words[word] for word in words.keys() & said)
            if common:
                best = max(best, common / (total + weight - common))
    return best
