"""Vectors of the everyday questions, shipped: sixteen thousand lines take over a minute to embed.

For each passage the file holds the direction between its questions' vectors, by a hash of those
questions and of the model. A passage whose questions were changed, and any passage under another
model, is not in it: its lines are then embedded like any text. `make generate` brings the file up
to date (`tools/everyday_vectors.py`), `make check` says when it is not.
"""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("everyday_vectors.npz")
"""Arrays `embedder` (its id), `keys` (n, 16) bytes and `vectors` (n, dim), half precision: rounding
turns a vector by less than a thousandth, and the file is half as large."""
_KEY_BYTES = 16


def middle(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The direction between some vectors: their mean at length one; shape (dim,).

    Args:
        vectors: Shape (n, dim), n at least 1.
    """
    return unit(vectors.mean(axis=0))


def unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """The vector at length one; one without length stays as it is."""
    length = np.linalg.norm(vector)
    result: NDArray[np.float32] = vector / length if length else vector
    return result


def key(embedder: str, questions: Sequence[str]) -> bytes:
    """What the vector of a passage's questions is kept by: other model or words, other key."""
    content = "\0".join((embedder, *questions))
    return hashlib.sha256(content.encode("utf-8")).digest()[:_KEY_BYTES]


def shipped_middle(embedder: str, questions: Sequence[str]) -> NDArray[np.float32] | None:
    """The direction between these questions; None where it did not ship.

    Args:
        embedder: Id of the model that embeds the rest of the passage.
        questions: Of one passage, in their order.
    """
    return _shipped().get(key(embedder, questions)) if questions else None


@cache
def _shipped() -> Mapping[bytes, NDArray[np.float32]]:
    return read(FILE)[1] if FILE.is_file() else {}


def read(file: Path) -> tuple[str, dict[bytes, NDArray[np.float32]]]:
    """The model's id, and the vectors by key, of length one but for rounding."""
    with np.load(file, allow_pickle=False) as held:
        embedder, keys = str(held["embedder"]), held["keys"]
        vectors = held["vectors"].astype(np.float32)
    return embedder, {row.tobytes(): vector for row, vector in zip(keys, vectors, strict=True)}


def write(file: Path, embedder: str, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
    """Writes such a file; the same vectors give the same bytes, whatever their order.

    Args:
        file: Replaced if it exists.
        embedder: Id of the model they are from.
        vectors: By `key`, at least one.
    """
    names = sorted(vectors)
    np.savez(
        file,
        embedder=np.array(embedder),
        keys=np.frombuffer(b"".join(names), np.uint8).reshape(len(names), _KEY_BYTES),
        vectors=np.vstack([vectors[name] for name in names]).astype(np.float16),
    )
