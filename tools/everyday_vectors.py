"""Writes the vectors of the everyday questions that ship; `--check` only compares.

A passage whose questions have not changed keeps its vector, so only what is new is embedded. The
check goes by the keys alone and needs no model.
"""

import sys
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from interviewer.bootstrap import local_model
from interviewer.knowledge.everyday_vectors import FILE, key, middle, read, write
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.sources import load_sources
from interviewer.paths import shipped
from interviewer.settings import read_settings


def wanted() -> dict[bytes, tuple[str, ...]]:
    """By key: the questions of each shipped passage that has some."""
    passages = load_sources(shipped("knowledge")).passages.values()
    return {key(MiniLM.id, one.asked_as): one.asked_as for one in passages if one.asked_as}


def kept() -> dict[bytes, NDArray[np.float32]]:
    """What the file holds of this model; nothing where it is missing or another model's."""
    if not FILE.is_file():
        return {}
    embedder, vectors = read(FILE)
    return vectors if embedder == MiniLM.id else {}


def is_current() -> bool:
    """Whether the file holds what ships, no less and no more."""
    return kept().keys() == wanted().keys()


def update() -> int:
    """Brings the file up to date; how many passages' questions were embedded."""
    questions, known = wanted(), kept()
    missing = {name: lines for name, lines in questions.items() if name not in known}
    if missing or known.keys() != questions.keys():
        have = {name: known[name] for name in questions if name in known}
        write(FILE, MiniLM.id, {**have, **_embedded(missing)})
    return len(missing)


def _embedded(missing: Mapping[bytes, Sequence[str]]) -> dict[bytes, NDArray[np.float32]]:
    if not missing:
        return {}
    embedder = local_model(read_settings())
    if embedder is None or embedder.id != MiniLM.id:
        sys.exit("the embedding model is not installed: the vectors cannot be written")
    return {name: middle(embedder.embed(list(lines))) for name, lines in missing.items()}


def main(arguments: Sequence[str]) -> None:
    """Writes the file, or with `--check` exits with 1 if it is out of date."""
    if "--check" not in arguments:
        print(f"{FILE.name}: {update()} passages embedded")
    elif not is_current():
        sys.exit(f"{FILE}: not up to date: run `make generate` and commit")


if __name__ == "__main__":
    main(sys.argv[1:])
