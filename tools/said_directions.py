"""Writes the directions of what candidates say that ship; `--check` only compares.

If any line has changed all are embedded anew, since they all have a part in how lines of one point
scatter. The check goes by the keys alone and needs no model.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from interviewer.bootstrap import local_model
from interviewer.domain.catalog import Catalog
from interviewer.domain.rubric import Point
from interviewer.domain.said import Said
from interviewer.engines.offline.canonical import canonical
from interviewer.engines.offline.said import line_stems
from interviewer.engines.offline.said_directions import (
    FILE,
    Directions,
    Shipped,
    key,
    shipped,
    write,
)
from interviewer.engines.offline.said_scatter import Told, Vectors, directions, precision
from interviewer.knowledge.minilm import MiniLM
from interviewer.paths import shipped as shipped_folder
from interviewer.settings import read_settings
from interviewer.store.catalog_files import load_catalog


def wanted(catalog: Catalog) -> set[bytes]:
    """The key of each point that has lines."""
    return {key(MiniLM.id, point, said) for point, said in _points(catalog)}


def is_current() -> bool:
    """Whether the file holds what ships, no less and no more."""
    held = shipped()
    return held.embedder == MiniLM.id and held.points.keys() == wanted(_catalog())


def update() -> int:
    """Writes the file; how many points it holds."""
    catalog = _catalog()
    embedder = local_model(read_settings())
    if embedder is None or embedder.id != MiniLM.id:
        sys.exit("the embedding model is not installed: the directions cannot be written")
    texts = list(
        dict.fromkeys(t for one in _points(catalog) for part in _texts(*one) for t in part)
    )
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    told = {one: _told(*one_of, vectors) for one, one_of in _by_place(catalog).items()}
    inverse = precision(list(told.values()))
    found: dict[bytes, Directions] = {}
    for question, said in sorted(catalog.said.items()):
        points = catalog.question(question).points
        made = directions([told[question, point.id] for point in points], inverse)
        for point, one in zip(points, made, strict=True):
            found[key(MiniLM.id, point, said[point.id])] = one
    counts: Counter[str] = Counter()
    for _, lines in _points(catalog):
        counts.update(line_stems(lines))
    write(FILE, Shipped(MiniLM.id, found, counts))
    return len(found)


def _catalog() -> Catalog:
    return load_catalog(shipped_folder("seeds"))


def _by_place(catalog: Catalog) -> dict[tuple[str, str], tuple[Point, Said]]:
    return {
        (question, point.id): (point, said[point.id])
        for question, said in sorted(catalog.said.items())
        for point in catalog.question(question).points
    }


def _points(catalog: Catalog) -> Iterator[tuple[Point, Said]]:
    yield from _by_place(catalog).values()


def _texts(point: Point, said: Said) -> tuple[list[str], ...]:
    """What is authored of the point, makes it, makes it partly and misses it; in canonical wording."""
    return tuple(
        [canonical(text) for text in texts]
        for texts in (
            (point.statement, *point.counts),
            said.makes,
            (*point.partly, *said.partly),
            (*point.does_not_count, *said.misses),
        )
    )


def _told(point: Point, said: Said, vectors: Mapping[str, Vectors]) -> Told:
    return Told(*(np.vstack([vectors[text] for text in part]) for part in _texts(point, said)))


def main(arguments: Sequence[str]) -> None:
    """Writes the file if it is out of date, or with `--check` exits with 1."""
    if is_current():
        return
    if "--check" in arguments:
        sys.exit(f"{FILE}: not up to date: run `make generate` and `make fit`, and commit")
    print(f"{FILE.name}: {update()} points; `make fit` fits the grading to them")


if __name__ == "__main__":
    main(sys.argv[1:])
