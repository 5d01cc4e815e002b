"""One vector a passage: half what it says, half what it is asked.

A passage is embedded as written, and each of its everyday questions by itself. Its vector points
halfway between its text and the mean of its questions. Embedded in one go with the text, the
questions would push its end out of the model's 256 word pieces; and a vector for each question
would make ten times as many rows for the same hits (its nearest question as a third score moved
nDCG@10 and recall@5 on the calibration split by less than .01, in either direction).

Passages without questions, as in a user's own documents, are their text alone. For the shipped ones
the mean of the questions ships (`everyday_vectors`), so that only their texts are embedded. That
mean is kept beside the vector, because it says more about whether a query is answered at all.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.embedding import CachedEmbedder
from interviewer.knowledge.everyday_vectors import middle, shipped_middle, unit
from interviewer.knowledge.passages import Passage

Progress = Callable[[int, int], None]
"""Told how many passages have vectors, and of how many."""

_AT_ONCE = 64
"""Passages between two reports of progress; finished ones are kept if the build is ended."""


class Embedded(NamedTuple):
    """What an index keeps of the meaning of its passages.

    Attributes:
        vectors: Of length one, shape (n, dim).
        asked: The same of what each is asked, or of its text where that is nothing; None where no
            passage has questions.
        read: Passages of which the model had to embed the text or a question; what the cache
            remembers, or what shipped, costs nothing.
    """

    vectors: NDArray[np.float32]
    asked: NDArray[np.float32] | None
    read: int


def embedded(cache: CachedEmbedder, passages: Sequence[Passage], progress: Progress) -> Embedded:
    """Embeds passages; the cache then keeps what these need and nothing else.

    Args:
        cache: Around the model.
        passages: At least one.
        progress: Told how far it has come.
    """
    parts: list[NDArray[np.float32]] = []
    asked: list[NDArray[np.float32]] = []
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
        for own, known in zip(np.split(vectors, ends[:-1]), shipped, strict=True):
            questions = middle(own[1:]) if len(own) > 1 else known
            parts.append(own[0] if questions is None else unit(own[0] + questions))
            asked.append(own[0] if questions is None else questions)
        progress(start + len(some), len(passages))
    cache.retain(needed)
    have = any(passage.asked_as for passage in passages)
    return Embedded(np.vstack(parts), np.vstack(asked) if have else None, read)
