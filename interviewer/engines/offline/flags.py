"""Red flags: the sentence that comes nearest to each, and what tells a plan from a refusal."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interviewer.engines.offline.features import Evidence, Reference
from interviewer.engines.offline.lexicon import recall, stem_line, stem_set
from interviewer.engines.text import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

FLAG_FEATURES = (
    "cos",  # nearest sentence to one way of saying it
    "terms",  # share of its term groups in that sentence and a neighbour
    "recall",  # idf recall of one way of saying it in that sentence
    "over_points",  # how much nearer it is to the flag than to any point
    "unmet",  # how near it is to what points do not count
    "points_touched",  # mean share of the points' terms: who makes the points seldom deserves a flag
)

REFUSAL = re.compile(
    r"\b(?:(?:would|will|do|did|does|should|could|can|must|may|am|is|are)(?:\s+not\b|n'?t\b)|cannot|never|"
    r"refuse\w*|reject\w*|won't|wouldn't|wrong\s+to|mistake\s+to|rather\s+than|instead\s+of|"
    r"against|warn\w*|stop\s+short\s+of|tempt\w*)\b",
    re.IGNORECASE,
)
"""Words by which a candidate rejects what a flag describes, unless the flag itself denies."""

_TERMS_SHARE = 0.3
"""What terms weigh against nearness when the sentence is chosen."""


@dataclass(frozen=True)
class FlagEvidence:
    """What was measured for one flag, and the sentence it was measured on.

    The sentence is None where every sentence refuses what the flag describes.
    """

    values: dict[str, float]
    sentence: int | None


def measure_flags(
    flags: Sequence[Reference],
    points: Sequence[Reference],
    evidence: Sequence[Evidence],
    sentences: Sequence[Span],
    vectors: "Vectors",
) -> list[FlagEvidence]:
    """Measures every flag against the sentences of an answer.

    Args:
        flags: The question's red flags, prepared with vectors.
        points: Its points, prepared likewise.
        evidence: What was measured for the points.
        sentences: Usable sentences, at least one.
        vectors: Their unit vectors, shape (n_sentences, dim).
    """
    import numpy as np

    wanted = np.vstack([p.positive for p in points if p.positive is not None])
    unwanted = np.vstack(
        [side for p in points for side in (p.negative, p.partly) if side is not None]
    )
    to_points = (wanted @ vectors.T).max(axis=0)
    to_unmet = (unwanted @ vectors.T).max(axis=0)
    touched = sum(e.values["terms_window"] for e in evidence) / len(evidence)
    lines = _neighbour_lines(sentences)
    found = []
    for flag in flags:
        cosines = np.asarray(flag.positive) @ vectors.T
        nearest = cosines.max(axis=0)
        terms = [flag.groups.share(line) for line in lines]
        # Whoever refuses what a flag describes must never be marked down for naming it.
        open_rows = [
            row
            for row, span in enumerate(sentences)
            if not is_rejected(span.text, flag.texts[int(cosines[:, row].argmax())])
        ]
        if not open_rows:
            found.append(FlagEvidence(dict.fromkeys(FLAG_FEATURES, 0.0), None))
            continue
        row = max(open_rows, key=lambda row: float(nearest[row]) + _TERMS_SHARE * terms[row])
        said = stem_set(sentences[row].text)
        values = {
            "cos": float(nearest[row]),
            "terms": terms[row],
            "recall": max(recall(ways, said) for ways in flag.wanted),
            "over_points": float(nearest[row] - to_points[row]),
            "unmet": float(to_unmet[row]),
            "points_touched": touched,
        }
        found.append(FlagEvidence(values, row))
    return found


def is_rejected(sentence: str, way_of_saying: str) -> bool:
    """Whether a sentence refuses what a flag describes."""
    return bool(REFUSAL.search(sentence)) and not REFUSAL.search(way_of_saying)


def said_in_words(flag: Reference, sentence: str, least_recall: float) -> bool:
    """Whether a sentence raises a flag, judged by words alone: all its terms, most of one way."""
    if flag.groups.share(stem_line(sentence)) < 1.0 or REFUSAL.search(sentence):
        return False
    said = stem_set(sentence)
    return max(recall(ways, said) for ways in flag.wanted) >= least_recall


def _neighbour_lines(sentences: Sequence[Span]) -> list[str]:
    """Each sentence with the neighbour of the same answer, before and behind it, as stems."""
    lines = []
    for row, span in enumerate(sentences):
        near = [
            other.text
            for other in sentences[max(0, row - 1) : row + 2]
            if other.answer == span.answer
        ]
        lines.append(stem_line(" ".join(near)))
    return lines
