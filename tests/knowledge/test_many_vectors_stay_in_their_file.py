"""What does not fit comfortably into memory is compared from the file, with the same result."""

from pathlib import Path

import numpy as np
import pytest

from interviewer.knowledge.generations import facts_of
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.snapshot import KEPT_BYTES, Snapshot
from tests.knowledge.builders import CORPUS, CountedEmbedder


@pytest.mark.parametrize("count", [7, KEPT_BYTES // (384 * 4) + 1])
def test_few_and_many_are_compared_alike(tmp_path: Path, count: int) -> None:
    index = PassageIndex(tmp_path, embedder=CountedEmbedder(), exact=True)
    index.ensure(CORPUS)
    folder = index.snapshot().folder
    vectors = np.random.default_rng(0).standard_normal((count, 384)).astype(np.float32)
    np.save(folder / "vectors.npy", vectors)
    snapshot = Snapshot(folder, None, facts_of(folder) or {})
    wanted = vectors[3]
    for rows in (np.arange(count), np.array([3, 5])):
        found = snapshot.cosines(wanted, rows)
        np.testing.assert_allclose(found, (vectors @ wanted)[rows], rtol=1e-4, atol=1e-4)
    assert snapshot.nearest(wanted, 1).tolist() == [3]
    assert isinstance(snapshot.vectors, np.memmap) is (count > 7)
