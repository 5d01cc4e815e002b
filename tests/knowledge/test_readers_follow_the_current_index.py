"""A reader answers from one whole generation and moves to the next by itself."""

import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from tests.knowledge.builders import CORPUS, CountedEmbedder, a_passage

KILL_SWITCH = a_passage(
    "controls#kill-switch", "Kill switch", "Anybody on duty may stop the model."
)


def test_a_reader_sees_what_another_one_built(index_folder: Path, minilm: MiniLM) -> None:
    reader = PassageIndex(index_folder, embedder=minilm)
    search = Search(reader, minilm)
    assert search.search("kill switch of a model").hits[0].passage != KILL_SWITCH.id
    PassageIndex(index_folder, embedder=minilm).ensure([*CORPUS, KILL_SWITCH])
    assert search.search("kill switch of a model").hits[0].passage == KILL_SWITCH.id
    reader.close()


def test_a_search_that_began_before_the_switch_still_ends(
    index_folder: Path, minilm: MiniLM
) -> None:
    reader = PassageIndex(index_folder, embedder=minilm)
    before = reader.snapshot()
    vector = minilm.embed(["what is a model"])[0]
    expected = before.nearest(vector, 3)
    PassageIndex(index_folder, embedder=minilm).ensure([*CORPUS, KILL_SWITCH])
    assert reader.snapshot() is not before
    np.testing.assert_array_equal(before.nearest(vector, 3), expected)
    reader.close()


def test_without_a_switch_the_snapshot_stays_open(built: Path, minilm: MiniLM) -> None:
    reader = PassageIndex(built, embedder=minilm)
    assert reader.snapshot() is reader.snapshot()
    reader.close()


def test_nothing_built_yet_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match=r"no index in .*: run `interviewer index`"):
        PassageIndex(tmp_path, embedder=None).snapshot()


def test_chroma_and_a_comparison_of_all_vectors_agree(built: Path, minilm: MiniLM) -> None:
    chroma = PassageIndex(built, embedder=minilm)
    exact = PassageIndex(built, embedder=minilm, exact=True)
    for query in ("declined loan", "model drift", "vendor", "how often"):
        assert Search(chroma, minilm).search(query) == Search(exact, minilm).search(query)
    chroma.close()


def test_threads_may_search_while_the_index_is_replaced(tmp_path: Path) -> None:
    embedder = CountedEmbedder()
    writer = PassageIndex(tmp_path, embedder=embedder)
    versions = [
        [a_passage(f"s#p{row}", "Drift", f"version{number} of drift, {row}") for row in range(6)]
        for number in range(2)
    ]
    writer.ensure(versions[0])
    reader = PassageIndex(tmp_path, embedder=CountedEmbedder())
    search = Search(reader, CountedEmbedder())
    stop = threading.Event()

    def read() -> set[frozenset[str]]:
        seen = set()
        while not stop.is_set():
            hits = search.search("drift version", 6).hits
            seen.add(frozenset(hit.text.split()[0] for hit in hits))
            time.sleep(0.005)
        return seen

    with ThreadPoolExecutor(2) as pool:
        readings = [pool.submit(read) for _ in range(2)]
        writer.ensure(versions[1])
        stop.set()
        seen = set().union(*(reading.result() for reading in readings))
    assert all(len(one_answer) == 1 for one_answer in seen)
    assert search.search("drift version").hits[0].text.startswith("version1")
    reader.close()


def test_a_reader_survives_the_removal_of_a_generation_it_has_open(
    index_folder: Path, minilm: MiniLM
) -> None:
    reader = PassageIndex(index_folder, embedder=minilm)
    search = Search(reader, minilm)
    expected = search.search("what is a model").hits
    shutil.rmtree(reader.snapshot().folder)
    assert search.search("what is a model").hits == expected
    reader.close()
