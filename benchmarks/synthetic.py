"""Passages by the ten thousand: the shipped ones, shuffled, with vectors in clusters around them.

Real passages lie in clusters (one subject, many ways of putting it), which is what makes a search
graph slow or lossy; vectors at random would flatter it. They differ in few directions, too: noise
that is alike in all 384 makes neighbours that no text has, equally far from one another, and the
graph loses half of them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from interviewer.knowledge.embedding import Embedder
from interviewer.knowledge.passages import Passage

NOISE = 0.7
"""Length of the noise added to a unit vector, in the directions in which shipped passages differ: neighbours
of one cluster then lie at a cosine of about .67, as passages of one shipped source do."""


def passages_like(shipped: list[Passage], count: int, seed: int = 0) -> list[Passage]:
    """So many passages, each a shipped one with its words in another order and half of them new.

    Ids stay citations; sources, titles and standing are those of the original. Everyday questions
    stay with the shipped ones: nobody writes them for a hundred thousand.
    """
    chance = np.random.default_rng(seed)
    words = [passage.text.split() for passage in shipped]
    made = list(shipped[:count])
    for number in range(len(made), count):
        original, other = shipped[number % len(shipped)], int(chance.integers(len(shipped)))
        mixed = [*words[number % len(shipped)], *words[other]]
        chance.shuffle(mixed)
        text = " ".join(mixed[: len(mixed) // 2])
        made.append(
            original.model_copy(
                update={
                    "id": f"{original.id}-{number}",
                    "text": f"{text} {number}",
                    "asked_as": (),
                }
            )
        )
    return made


class ClusteredEmbedder:
    """Embeds the made passages near their originals, and any other text with the real model: questions, too."""

    def __init__(
        self,
        real: Embedder,
        shipped: Sequence[Passage] = (),
        made: Sequence[Passage] = (),
        seed: int = 0,
    ) -> None:
        """Draws the vectors of the made passages; without any, only other texts are embedded."""
        self._real = real
        self._rows = {passage.as_written: row for row, passage in enumerate(made)}
        self._vectors = np.empty((0, real.dim), np.float32)
        if made:
            self._vectors = _around(real.embed([p.as_written for p in shipped]), len(made), seed)

    @property
    def id(self) -> str:
        """Model and version, marked as made up."""
        return f"clustered/{self._real.id}"

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._real.dim

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        """Unit vectors, shape (n, dim)."""
        rows = [self._rows.get(text) for text in texts]
        unknown = [text for text, row in zip(texts, rows, strict=True) if row is None]
        embedded = iter(self._real.embed(unknown) if unknown else ())
        return np.vstack([next(embedded) if row is None else self._vectors[row] for row in rows])


def _around(centres: NDArray[np.float32], count: int, seed: int) -> NDArray[np.float32]:
    chance = np.random.default_rng(seed)
    apart = centres - centres.mean(axis=0)
    drift = chance.standard_normal((count, len(centres))).astype(np.float32) @ apart
    drift *= NOISE / np.linalg.norm(drift, axis=1, keepdims=True)
    drift[: len(centres)] = 0.0
    vectors = centres[np.arange(count) % len(centres)] + drift
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit
