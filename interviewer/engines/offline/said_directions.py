"""Directions of what candidates say, shipped: fourteen thousand lines take two minutes to embed.

For each point the file holds three directions with an offset each: how much likelier a sentence's
vector is said by somebody who makes the point, makes it partly, or misses it nearby, than by
somebody who speaks to the question at all. They come from the lines under `seeds/said`
(`tools/said_directions.py`), as a linear discriminant: what the lines of one point have in common
counts, and less so where lines of one point differ among themselves, as they do by tone, by
length, or by whether a story is told. A point is found by a hash of its texts and of the
model; where they were changed, or under another model, there are none, and the question is read
without. `make generate` brings the file up to date, `make check` says when it is not.

Source: Fisher 1936 (linear discriminant), the within-class scatter pooled over all points.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from interviewer.domain.rubric import Point
from interviewer.domain.said import Said

FILE = Path(__file__).with_name("said_directions.npz")
"""Arrays `embedder` (its id), `keys` (n, 16) bytes, `directions` (n, 3, dim) in half precision,
`offsets` (n, 3), and `stems` with `counts`: in how many lines each stem stands."""
_KEY_BYTES = 16


class Directions(NamedTuple):
    """How to score a vector for one point: `rows @ vector + offsets`.

    Attributes:
        rows: For making it, making it partly and missing it; shape (3, dim).
        offsets: Shape (3,).
    """

    rows: NDArray[np.float32]
    offsets: NDArray[np.float32]


class Shipped(NamedTuple):
    """What the file holds."""

    embedder: str
    points: Mapping[bytes, Directions]
    counts: Mapping[str, int]
    """By stem, in how many lines it stands."""


def key(embedder: str, point: Point, said: Said) -> bytes:
    """What a point's directions are kept by: other model or words, other key."""
    ways = (point.statement, *point.counts, "", *point.partly, "", *point.does_not_count)
    content = "\0".join((embedder, *ways, "", *said.makes, "", *said.partly, "", *said.misses))
    return hashlib.sha256(content.encode("utf-8")).digest()[:_KEY_BYTES]


@cache
def shipped() -> Shipped:
    """What ships; nothing where the file is missing."""
    return read(FILE) if FILE.is_file() else Shipped("", {}, {})


def read(file: Path) -> Shipped:
    """Reads such a file."""
    with np.load(file, allow_pickle=False) as held:
        keys, rows, offsets = held["keys"], held["directions"].astype(np.float32), held["offsets"]
        stems = held["stems"].tobytes().decode("utf-8").split("\n")
        counts = dict(zip(stems, map(int, held["counts"]), strict=True))
        embedder = str(held["embedder"])
    points = {
        name.tobytes(): Directions(*both) for name, *both in zip(keys, rows, offsets, strict=True)
    }
    return Shipped(embedder, points, counts)


def write(file: Path, held: Shipped) -> None:
    """Writes such a file; the same content gives the same bytes, whatever its order.

    Args:
        file: Replaced if it exists.
        held: At least one point and one stem.
    """
    names, stems = sorted(held.points), sorted(held.counts)
    np.savez(
        file,
        embedder=np.array(held.embedder),
        keys=np.frombuffer(b"".join(names), np.uint8).reshape(len(names), _KEY_BYTES),
        directions=np.stack([held.points[name].rows for name in names]).astype(np.float16),
        offsets=np.stack([held.points[name].offsets for name in names]).astype(np.float32),
        stems=np.frombuffer("\n".join(stems).encode("utf-8"), np.uint8),
        counts=np.array([held.counts[stem] for stem in stems], np.int32),
    )
