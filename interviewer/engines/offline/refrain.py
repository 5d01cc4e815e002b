"""Refrains: the same sentence again and again, each time with another of a rubric's terms in it.

Whoever names terms one by one ("Then there is validation, which matters a lot.", "Then there is
drift, which matters a lot.") says as little about each as whoever strings them together.
"""

from collections.abc import Sequence

from interviewer.engines.offline.features import Reference
from interviewer.engines.offline.lexicon import stem_line
from interviewer.engines.text import Span, words

LEAST_REPEATED = 4
"""Sentences with a like among the others from which an answer has refrains: three in a row are rhetoric."""
LEAST_SHARED, SHARE = 2, 0.5
"""Words at the beginning and the end that two such sentences share, at least, and which part of the
longer one. Of 1,521 honest answers (the bank's examples, the labelled and full answers of the
calibration half, the answers to fit with) two have two such sentences and none has three."""


def refrains(references: Sequence[Reference], sentences: Sequence[Span]) -> list[Span]:
    """The sentences of one answer that only change the term in a frame, if they are many; else none.

    Args:
        references: The points of the question, prepared.
        sentences: In canonical wording.
    """
    naming = [
        (span, said)
        for span in sentences
        if len(said := words(span.text)) > LEAST_SHARED and names_a_term(references, span.text)
    ]
    found = [span for span, said in naming if any(_alike(said, other) for _, other in naming)]
    return found if len(found) >= LEAST_REPEATED else []


def names_a_term(references: Sequence[Reference], text: str) -> bool:
    """Whether a sentence in canonical wording touches a group of terms of any point."""
    line = stem_line(text)
    return any(any(one.groups.hits(line)) for one in references)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    if one == other:
        # Said twice is not said of something else.
        return False
    shorter = min(len(one), len(other))
    start = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    left = shorter - start
    end = next((i for i in range(left) if one[-1 - i] != other[-1 - i]), left)
    shared = start + end
    return shared >= LEAST_SHARED and shared >= SHARE * max(len(one), len(other))
