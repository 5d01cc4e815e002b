"""Old text and what replaced it: which a question means, and how they stand to each other.

Whoever asks about the present meets the text in force first; whoever asks about the past, the old
text. Either way the other one stays within reach: candidates are asked about both.

The gains were chosen on the calibration split and on fifty more questions of the kind
(`evals/datasets/old_and_new.txt`): of 52 about the past 23 met the old text first before, 41 do now.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SUPERSEDED_FACTOR = 0.8
"""What a superseded passage's score is multiplied by, unless the past is asked for.

On the calibration split .6 cost .008 of nDCG@10, .9 would gain .001; .8 is the lower end of the
plateau, so that the old text loses a close race also where it has no successor. For sources that
are named it gains .003 of recall@5 and costs .001 of nDCG@10 there.
"""
SUCCESSOR_GAIN = 0.3
"""Added to what replaced a source that is meant, in a question about the present: whoever asks what
SR 11-7 demands today needs SR 26-2 as well. With .1 the successor is among the first three in 26 of
30 questions of the kind, with .2 in 29, with .3 and .4 in all; the calibration split moves by .001."""
OLD_GAIN, MEANT_GAIN = 0.05, 0.05
"""Added, in a question about the past, to every superseded passage and to those that are meant;
twice as much costs .002 of nDCG@10."""
REACH = 4
"""The latest place for a passage of what replaced the old text that leads."""
NEAR = 15
"""Passages, by meaning and words alone, among which a year may say which old text is meant."""

_PAST = re.compile(
    r"\b(?:former(?:ly)?|used to|withdrawn|repealed|revoked|rescinded|superseded|would have|"
    r"while it (?:stood|was in force)|back then|at the time|histor(?:y|ical|ically)|previously|"
    r"in the days of|before (?:it|its|the) (?:was|repeal\w*|withdrawal)|became of|happened to)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:now|today|still|currently|these days|instead|replac\w+|successors?|any ?more)\b",
    re.IGNORECASE,
)
_OLD_TEXT = re.compile(
    r"\b(?:old|older|earlier|original|previous|prior)\s+(?:[\w'\u2019/-]+\s+){0,3}?"
    r"(?:guidance|letters?|text|rules?|laws?|tests?|booklet|handbook|bulletin|circular|statement|"
    r"act|principles)\b",
    re.IGNORECASE,
)
_PAST_TENSE = re.compile(r"\b(?:did|was|were|had)\b", re.IGNORECASE)
_UNTIL_A_YEAR = re.compile(r"\b(?:before|until|back in)\b[^.?!,;]{0,30}?\b20\d\d\b", re.IGNORECASE)


class Meant(NamedTuple):
    """What a question has to do with superseded text.

    Attributes:
        named: Superseded sources it names.
        dated: Others that it means by their year.
        past: Whether it is about what was.
    """

    named: frozenset[str] = frozenset()
    dated: frozenset[str] = frozenset()
    past: bool = False


def about_the_past(query: str, *, means_old: bool = False) -> bool:
    """Whether a question speaks of what was, judged by its words.

    Args:
        query: The question.
        means_old: It means a superseded text, by its name or year; then the past tense is enough:
            whoever asks what SR 11-7 said means the old text, whoever asks what it demands may need
            the new one.

    >>> about_the_past("What became of FinCEN's proposal?"), about_the_past("Is it in force?")
    (True, False)
    >>> about_the_past("What did SR 11-7 say?"), about_the_past("What did it say?", means_old=True)
    (False, True)
    >>> (
    ...     about_the_past("What does the old letter say?"),
    ...     about_the_past("Is the old rule still law?"),
    ... )
    (True, False)
    """
    if _PAST.search(query):
        return True
    if _PRESENT.search(query):
        return False
    if _OLD_TEXT.search(query):
        return True
    if not _PAST_TENSE.search(query):
        return False
    return means_old or _UNTIL_A_YEAR.search(query) is not None


def order(
    sources: Sequence[str],
    scores: NDArray[np.float32],
    replaced_by: Mapping[str, str],
    superseded: Set[str],
    meant: Meant,
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Places of the candidates, best first, and their scores once standing is counted.

    About the present, a superseded passage loses by `SUPERSEDED_FACTOR`, also where its source is
    named. If it would still lead, the passage of its successor that fits best is lifted to its
    score and goes first. About the past, old text gains, and what replaced the one that leads
    stands among the first `REACH`.

    Args:
        sources: Of the candidates.
        scores: Shape (n,), in the order of the candidates.
        replaced_by: For each superseded source, the source in force at the end of the chain.
        superseded: Every superseded source.
        meant: What the question has to do with them.
    """
    if meant.past:
        return _order_of_the_past(sources, scores, replaced_by, superseded, meant)
    names = np.array(sources)
    outdated = _among(sources, superseded)
    scores = np.where(outdated, scores * np.float32(SUPERSEDED_FACTOR), scores)
    known = (meant.named | meant.dated) & replaced_by.keys()
    scores[_among(sources, {replaced_by[source] for source in known})] += np.float32(SUCCESSOR_GAIN)
    for source in set(names[outdated].tolist()) & replaced_by.keys():
        _lift(scores, names == replaced_by[source], scores[names == source].max())
    places = np.lexsort((np.arange(len(names)), outdated, -scores))
    return places, scores


def _order_of_the_past(
    sources: Sequence[str],
    scores: NDArray[np.float32],
    replaced_by: Mapping[str, str],
    superseded: Set[str],
    meant: Meant,
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    scores = scores.copy()
    scores[_among(sources, superseded)] += np.float32(OLD_GAIN)
    scores[_among(sources, meant.named | meant.dated)] += np.float32(MEANT_GAIN)
    heir = replaced_by.get(sources[int(scores.argmax())])
    place = min(REACH, len(sources))
    if heir is not None:
        # The passage that stands there now makes room.
        least = np.nextafter(-np.sort(-scores)[place - 1], np.float32(2))
        _lift(scores, _among(sources, {heir}), least)
    return np.lexsort((np.arange(len(sources)), -scores)), scores


def _among(sources: Sequence[str], some: Set[str]) -> NDArray[np.bool_]:
    return np.array([source in some for source in sources], np.bool_)


def _lift(scores: NDArray[np.float32], some: NDArray[np.bool_], least: np.float32) -> None:
    """Raises the best of some candidates, if there are any, to a score."""
    rows = np.flatnonzero(some)
    if rows.size:
        best = rows[scores[rows].argmax()]
        scores[best] = max(scores[best], least)
