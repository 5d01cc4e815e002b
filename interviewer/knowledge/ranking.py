"""From two scores to one order: scaling, fusion, and the standing of text that was replaced.

Pure functions over the candidates of one search; `search` decides which rows are worth ranking.
"""

import re
from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

BM25_WEIGHT = 0.45
"""Share of BM25 in the sum; the rest is the cosine.

On the calibration split nDCG@10 / recall@5 are .819 / .847 at .4, .823 / .859 at .45, .825 / .862 at
.5. On two public sets, without everyday questions, .4 was the safest: .685 on ObliQA (BM25 alone
.670, cosine alone .560), .562 on FinanceBench (.375 and .556).
"""
LEADERS, AGREEMENT = 5, 0.4
"""Candidates whose middle is asked for once more, and the weight of its cosines.

Gains .009 of nDCG@10 on the calibration split and nothing of recall@5; the weight may be anything
from .4 to .8. Three leaders or eight are worse by .003.
"""
PER_LEADER = 20
"""Candidates for each leader: among a handful the first say nothing about the rest."""
SUPERSEDED_FACTOR = 0.8
"""What a superseded passage's score is multiplied by, unless history is asked for.

On the calibration split .6 cost .008 of nDCG@10, .9 would gain .001; .8 is the lower end of the
plateau, so that the old text loses a close race also where it has no successor.
"""
SUCCESSOR_GAIN = 0.2
"""Added to what replaced a source that is named, in a question that is not about the past: whoever
asks what SR 11-7 demands today needs SR 26-2 as well. Gains .001 of nDCG@10 and .005 of recall@5 on
the calibration split."""

_PAST = re.compile(
    r"\b(?:former(?:ly)?|used to|withdrawn|repealed|revoked|rescinded|superseded|would have|"
    r"while it (?:stood|was in force)|back then|at the time|histor(?:y|ical|ically)|previously|"
    r"before (?:it|its|the) (?:was|repeal\w*|withdrawal)|became of|happened to)\b",
    re.IGNORECASE,
)


_PAST_TENSE = re.compile(r"\b(?:did|was|were|had)\b", re.IGNORECASE)


def about_the_past(query: str, *, names_old: bool = False) -> bool:
    """Whether a question speaks of what was, judged by its words.

    Args:
        query: The question.
        names_old: It names superseded text; then the past tense is enough: whoever asks what
            SR 11-7 said means the old text, whoever asks what it demands may need the new one.

    >>> about_the_past("What became of FinCEN's proposal?"), about_the_past("Is it in force?")
    (True, False)
    >>> about_the_past("What did SR 11-7 say?"), about_the_past("What did it say?", names_old=True)
    (False, True)
    """
    if _PAST.search(query):
        return True
    return names_old and _PAST_TENSE.search(query) is not None


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


def agreeing(
    scores: NDArray[np.float32], vectors: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """The scores, raised for what lies near the first few: they show what the question means.

    The vector between the `LEADERS` best candidates stands for the question once more. Pseudo
    relevance feedback, source: Rocchio 1971.

    Args:
        scores: Of the candidates, shape (n,), n at least 1.
        vectors: Of the same candidates, shape (n, dim); None where only words are compared.
    """
    if vectors is None:
        return scores
    leaders = min(LEADERS, len(scores) // PER_LEADER)
    if not leaders:
        return scores
    first = np.argsort(-scores, kind="stable")[:leaders]
    middle = np.square(scores[first]) @ vectors[first]
    result: NDArray[np.float32] = scores + np.float32(AGREEMENT) * scaled(vectors @ middle)
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
