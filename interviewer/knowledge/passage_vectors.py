"""One vector a passage: half what it says, half what it is asked.

A passage is embedded as written, and each of its everyday questions by itself. Its vector points
halfway between its text and the mean of its questions. Embedded in one go with the text, the
questions would push its end out of the model's 256 word pieces; and a vector for each question
would make ten times as many rows for the same hits (its nearest question as a third score moved
nDCG@10 and recall@5 on the calibration split by less than .01, in either direction).

Passages without questions, as in a user's own documents, are their text alone. For the shipped ones
the mean of the questions ships (`everyday_vectors`), so that only their texts are embedded.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.everyday_vectors import middle, shipped_middle, unit
from interviewer.knowledge.passages import Passage

Progress = Callable[[int, int], None]
"""Told how many passages have vectors, and of how many."""

_AT_ONCE = 64
"""Passages between two reports of progress; finished ones are kept if the build is ended."""


def embedded(
    cache: CachedEmbedder, passages: Sequence[Passage], progress: Progress
) -> tuple[NDArray[np.float32], int]:
    """Vectors of length one, shape (n, dim), and how many passages the model had to read.

    A passage counts as read if the model embedded its text or one of its questions; what the
    cache remembers costs nothing. The cache keeps what these passages need and nothing else.

    Args:
        cache: Around the model.
        passages: At least one.
        progress: Told how far it has come.
    """
    parts: list[NDArray[np.float32]] = []
    read = 0
    needed: list[str] = []
    for start in range(0, len(passages), _AT_ONCE):
        some = passages[start : start + _AT_ONCE]
        shipped = [shipped_middle(cache.id, passage.asked_as) for passage in some]
        texts = [
            [passage.as_written] if known is not None else [passage.as_written, *passage.asked_as]
            for passage, known in zip(some, shipped, strict=True)
        ]
        lines = [text for each in texts for text in each]
        vectors, fresh = cache.embed_and_tell(lines)
        needed += lines
        read += sum(not fresh.isdisjoint(each) for each in texts)
        ends = np.cumsum([len(each) for each in texts])
        parts.extend(map(_joined, np.split(vectors, ends[:-1]), shipped))
        progress(start + len(some), len(passages))
    cache.retain(needed)
    return np.vstack(parts), read


def _joined(
    vectors: NDArray[np.float32], shipped: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """From the vectors of a text and its questions, or what shipped for these, to the passage's."""
    text: NDArray[np.float32] = vectors[0]
    if shipped is not None:
        return unit(text + shipped)
    if len(vectors) == 1:
        return text
    return unit(text + middle(vectors[1:]))
