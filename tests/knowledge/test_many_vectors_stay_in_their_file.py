"""What does not fit comfortably into memory is compared from the file, with the same result."""

from pathlib import Path

import numpy as np
import pytest

from interviewer.knowledge.generations import facts_of
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.scoring import scored
from interviewer.knowledge.snapshot import KEPT_BYTES, Snapshot
from tests.knowledge.builders import CORPUS, CountedEmbedder

MANY = KEPT_BYTES // (384 * 4) + 1


def opened(folder: Path, count: int) -> Snapshot:
    """A small index whose file of vectors has so many rows."""
    index = PassageIndex(folder, embedder=CountedEmbedder(), exact=True)
    index.ensure(CORPUS)
    generation = index.snapshot().folder
    vectors = np.random.default_rng(0).standard_normal((count, 384)).astype(np.float32)
    np.save(generation / "vectors.npy", vectors)
    return Snapshot(generation, None, facts_of(generation) or {})


def resident_kb(file: Path) -> int:
    """How much of a file is mapped into this process's memory."""
    kilobytes, within = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if line.startswith("Rss:"):
            kilobytes += int(line.split()[1]) if within else 0
        elif "-" in line.split(" ")[0]:
            within = line.endswith(str(file))
    return kilobytes


@pytest.mark.parametrize("count", [7, MANY])
def test_few_and_many_are_compared_alike(tmp_path: Path, count: int) -> None:
    snapshot = opened(tmp_path, count)
    vectors = np.load(snapshot.folder / "vectors.npy")
    wanted = vectors[3]
    for rows in (np.arange(count), np.array([3, 5])):
        found = snapshot.cosines(wanted, rows)
        np.testing.assert_allclose(found, (vectors @ wanted)[rows], rtol=1e-4, atol=1e-4)
    assert snapshot.nearest(wanted, 1).tolist() == [3]
    assert isinstance(snapshot.vectors, np.memmap) is (count > 7)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells")
def test_scoring_leaves_nothing_of_the_file_in_memory(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, MANY)
    file, rows = snapshot.folder / "vectors.npy", np.arange(len(CORPUS))
    assert snapshot.vectors is not None
    query = np.array(snapshot.vectors[0])
    assert resident_kb(file) > 0
    scored(snapshot, rows, np.ones(len(rows), np.float32), query)
    assert resident_kb(file) == 0
