"""Whatever happens to the files, the next `ensure` notices and builds; readers never trust them."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from interviewer.errors import IndexUnavailable
from interviewer.knowledge.generations import MANIFEST, seal
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from tests.knowledge.builders import CORPUS

Damage = Callable[[Path], None]


def graph_cut_short(generation: Path) -> None:
    file = next(generation.rglob("data_level0.bin"))
    os.truncate(file, file.stat().st_size // 2)


def database_emptied(generation: Path) -> None:
    (generation / "chroma" / "chroma.sqlite3").write_bytes(b"")


def database_zeroed_in_the_middle(generation: Path) -> None:
    file = generation / "chroma" / "chroma.sqlite3"
    content = bytearray(file.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 65536] = bytes(65536)
    file.write_bytes(content)


def graph_folder_deleted(generation: Path) -> None:
    shutil.rmtree(next(generation.rglob("data_level0.bin")).parent)


def vectors_deleted(generation: Path) -> None:
    (generation / "vectors.npy").unlink()


def passage_reworded(generation: Path) -> None:
    file = generation / "passages.json"
    file.write_text(file.read_text().replace("once a year", "every month"))


def manifest_deleted(generation: Path) -> None:
    (generation / MANIFEST).unlink()


def manifest_cut_short(generation: Path) -> None:
    os.truncate(generation / MANIFEST, 40)


def generation_deleted(generation: Path) -> None:
    shutil.rmtree(generation)


def pointer_led_astray(generation: Path) -> None:
    (generation.parent / "CURRENT").write_text("../../elsewhere")


def pointer_deleted(generation: Path) -> None:
    (generation.parent / "CURRENT").unlink()


CHROMA = [graph_cut_short, database_emptied, database_zeroed_in_the_middle, graph_folder_deleted]
OURS = [
    vectors_deleted,
    passage_reworded,
    manifest_deleted,
    manifest_cut_short,
    generation_deleted,
    pointer_led_astray,
    pointer_deleted,
]


@pytest.mark.parametrize(
    "damage", [graph_cut_short, database_zeroed_in_the_middle, vectors_deleted]
)
def test_a_damaged_generation_is_built_again_from_remembered_vectors(
    index_folder: Path, minilm: MiniLM, current_generation: Callable[[], Path], damage: Damage
) -> None:
    damaged = current_generation()
    damage(damaged)
    index = PassageIndex(index_folder, embedder=minilm)
    state = index.ensure(CORPUS)
    assert (state.built, state.embedded) == (True, 0)
    assert current_generation() != damaged
    assert not index.ensure(CORPUS).built
    assert Search(index, minilm).search("population stability index").hits[0].source == "monitoring"
    index.close()


@pytest.mark.parametrize("damage", OURS)
def test_every_other_damage_is_noticed_too(tmp_path: Path, damage: Damage) -> None:
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(CORPUS)
    generation = tmp_path / (tmp_path / "CURRENT").read_text()
    (generation / "vectors.npy").write_bytes(b"stands for vectors")
    manifest = json.loads((generation / MANIFEST).read_text())
    seal(generation, manifest)
    assert not index.ensure(CORPUS).built
    damage(generation)
    assert index.ensure(CORPUS).built
    assert list(index.snapshot().passages) == list(CORPUS)


@pytest.mark.parametrize("damage", OURS)
def test_a_reader_refuses_damaged_passages_and_says_what_to_do(
    index_folder: Path, minilm: MiniLM, current_generation: Callable[[], Path], damage: Damage
) -> None:
    damage(current_generation())
    with pytest.raises(IndexUnavailable, match="run `interviewer index`"):
        PassageIndex(index_folder, embedder=minilm).snapshot()


@pytest.mark.parametrize("damage", CHROMA)
def test_a_reader_does_without_a_damaged_chroma_folder(
    index_folder: Path, minilm: MiniLM, current_generation: Callable[[], Path], damage: Damage
) -> None:
    damage(current_generation())
    found = Search(PassageIndex(index_folder, embedder=minilm), minilm).search("what is a model")
    assert found.dense
    assert found.hits[0].passage == "sr-26-2#definition"


def test_a_damaged_chroma_folder_is_not_even_opened(
    index_folder: Path, minilm: MiniLM, current_generation: Callable[[], Path]
) -> None:
    def openings() -> int:
        with closing(sqlite3.connect(current_generation() / "chroma" / "chroma.sqlite3")) as rows:
            return int(rows.execute("SELECT count(*) FROM acquire_write").fetchone()[0])

    before = openings()
    reader = PassageIndex(index_folder, embedder=minilm)
    Search(reader, minilm).search("model")
    reader.close()
    assert openings() > before
    graph_cut_short(current_generation())
    before = openings()
    Search(PassageIndex(index_folder, embedder=minilm), minilm).search("model")
    assert openings() == before


def test_reading_does_not_look_like_damage(index_folder: Path, minilm: MiniLM) -> None:
    for _ in range(3):
        reader = PassageIndex(index_folder, embedder=minilm)
        Search(reader, minilm).search("model")
        reader.close()
    assert not PassageIndex(index_folder, embedder=minilm).ensure(CORPUS).built


def test_what_a_dead_builder_left_is_ignored_and_cleared(tmp_path: Path) -> None:
    index = PassageIndex(tmp_path, embedder=None)
    index.ensure(CORPUS[:3])
    half = tmp_path / "tmp-99999"
    half.mkdir()
    (half / "passages.json").write_text("[{")
    assert not index.ensure(CORPUS[:3]).built
    assert len(index.snapshot().passages) == 3
    index.ensure(CORPUS)
    assert not half.exists()


def test_a_generation_without_its_graph_fails_the_check(
    current_generation: Callable[[], Path],
) -> None:
    generation = current_generation()
    manifest = json.loads((generation / MANIFEST).read_text())
    graph_folder_deleted(generation)
    seal(generation, manifest)
    command = [sys.executable, "-m", "interviewer.knowledge.verify", str(generation)]
    child = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert child.returncode == 1
    assert "stored vectors are found" in child.stderr or "cannot" in child.stderr
