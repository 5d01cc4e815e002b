"""Passages go into the graph in an order by chance, each with its own vector."""

import numpy as np

from interviewer.knowledge.chroma_folder import batches
from tests.knowledge.builders import CORPUS


def test_every_passage_goes_in_once_with_its_vector_and_not_source_by_source() -> None:
    vectors = np.arange(len(CORPUS), dtype=np.float32)[:, None]
    seen = [
        (passage.id, float(vector[0]))
        for some, theirs in batches(list(CORPUS), vectors, at_once=3)
        for passage, vector in zip(some, theirs, strict=True)
    ]
    assert sorted(seen) == sorted((passage.id, float(i)) for i, passage in enumerate(CORPUS))
    assert [name for name, _ in seen] != [passage.id for passage in CORPUS]


def test_the_order_is_the_same_each_time() -> None:
    vectors = np.zeros((len(CORPUS), 2), np.float32)
    first, second = (
        [passage.id for some, _ in batches(list(CORPUS), vectors, at_once=4) for passage in some]
        for _ in range(2)
    )
    assert first == second
