"""From two scores to one order: scaling, fusion, and the standing of text that was replaced.

Pure functions over the candidates of one search; `search` decides which rows are worth ranking.
"""

import re
from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

BM25_WEIGHT = 0.4
"""Share of BM25 in the sum; the rest is the cosine.

On the calibration split nDCG@10 / recall@5 are .767 / .795 at .3, .771 / .804 at .4, .773 / .801 at
.5. On two public sets .4 was the safest, too: .685 on ObliQA (BM25 alone .670, cosine alone .560),
.562 on FinanceBench (.375 and .556).
"""
SUPERSEDED_FACTOR = 0.8
"""What a superseded passage's score is multiplied by, unless history is asked for.

On the calibration split .5 cost .013 of nDCG@10, .9 would gain .002; .8 is the lower end of the
plateau, so that the old text loses a close race also where it has no successor.
"""
SUCCESSOR_GAIN = 0.2
"""Added to what replaced a source that is named, in a question that is not about the past: whoever
asks what SR 11-7 demands today needs SR 26-2 as well. Gains .002 of nDCG@10 and .005 of recall@5 on
the calibration split."""

_PAST = re.compile(
    r"\b(?:former(?:ly)?|used to|withdrawn|repealed|revoked|rescinded|superseded|would have|"
    r"while it (?:stood|was in force)|back then|at the time|histor(?:y|ical|ically)|previously|"
    r"before (?:it|its|the) (?:was|repeal\w*|withdrawal)|became of|happened to)\b",
    re.IGNORECASE,
)


def about_the_past(query: str) -> bool:
    """Whether a question speaks of what was, judged by its words.

    >>> about_the_past("What became of FinCEN's proposal?"), about_the_past("Is it in force?")
    (True, False)
    """
    return _PAST.search(query) is not None


def scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Min-max: the best candidate 1, the worst 0; all 1 where they are equal and above 0."""
    low, high = scores.min(), scores.max()
    if high > low:
        result: NDArray[np.float32] = (scores - low) / (high - low)
        return result
    return (scores > 0).astype(np.float32)


def fused(words: NDArray[np.float32], cosines: NDArray[np.float32] | None) -> NDArray[np.float32]:
    """One score a candidate, in [0, 1].

    Args:
        words: BM25 scores, shape (n,).
        cosines: Shape (n,); None where only words are compared.
    """
    if cosines is None:
        return scaled(words)
    result: NDArray[np.float32] = BM25_WEIGHT * scaled(words) + (1 - BM25_WEIGHT) * scaled(cosines)
    return result


def order(
    sources: Sequence[str],
    scores: NDArray[np.float32],
    replaced_by: Mapping[str, str],
    old: Set[str],
    *,
    named: Set[str] = frozenset(),
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Places of the candidates, best first, and their scores once standing is counted.

    A superseded passage loses by `SUPERSEDED_FACTOR`. If it would still lead, the passage of its
    successor that fits best is lifted to its score and goes first: whoever finds the old text
    meets the text in force before it.

    Args:
        sources: Of the candidates.
        scores: Shape (n,), in the order of the candidates.
        replaced_by: For each superseded source, the source in force at the end of the chain.
        old: Superseded sources that are not to be ranked like any other.
        named: Superseded sources whose successors gain by `SUCCESSOR_GAIN`.
    """
    names = np.array(sources)
    outdated = np.array([source in old for source in sources], bool)
    scores = np.where(outdated, scores * np.float32(SUPERSEDED_FACTOR), scores)
    heirs = {replaced_by[source] for source in named & replaced_by.keys()}
    scores[np.isin(names, list(heirs))] += np.float32(SUCCESSOR_GAIN)
    for source in set(names[outdated].tolist()) & replaced_by.keys():
        successors = np.flatnonzero(names == replaced_by[source])
        if successors.size:
            best = successors[scores[successors].argmax()]
            scores[best] = max(scores[best], scores[names == source].max())
    places = np.lexsort((np.arange(len(sources)), outdated, -scores))
    return places, scores
