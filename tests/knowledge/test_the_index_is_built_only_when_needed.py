"""An index is built once, in part where it can be, and not at all where nothing changed."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.errors import IndexUnavailable, SettingError
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from tests.knowledge.builders import CORPUS, CountedEmbedder, a_passage

NOTHING_TO_DO = """
import pickle, sys, time
from pathlib import Path
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
passages = pickle.loads(Path(sys.argv[2]).read_bytes())
started = time.perf_counter()
index = PassageIndex(Path(sys.argv[1]), embedder=MiniLM(Path(sys.argv[1]) / "never-made"))
state = index.ensure(passages)
assert time.perf_counter() - started < 1
assert not state.built
heavy = {"chromadb", "onnx", "onnxruntime", "tokenizers", "scipy"} & set(sys.modules)
assert not heavy, heavy
"""


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("gen-"))


def test_the_first_call_builds(built: Path, minilm: MiniLM) -> None:
    state = PassageIndex(built, embedder=minilm).ensure(CORPUS)
    assert (state.passages, state.dense, state.note) == (len(CORPUS), True, "")
    assert generations(built) == [f"gen-000001-{state.fingerprint}"]


def test_nothing_to_do_takes_under_a_second_and_imports_nothing_heavy(
    built: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "passages"
    listed.write_bytes(pickle.dumps(list(CORPUS)))
    command = [sys.executable, "-c", NOTHING_TO_DO, str(built), str(listed)]
    child = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert child.returncode == 0, child.stderr


def test_only_a_changed_passage_is_embedded_again(index_folder: Path, minilm: MiniLM) -> None:
    changed = (*CORPUS[1:], a_passage("new#one", "New", "A passage nobody has embedded before."))
    state = PassageIndex(index_folder, embedder=minilm).ensure(changed)
    assert (state.built, state.embedded, state.passages) == (True, 1, len(CORPUS))


def test_another_model_builds_anew(tmp_path: Path) -> None:
    PassageIndex(tmp_path, embedder=None).ensure(CORPUS[:2])
    state = PassageIndex(tmp_path, embedder=CountedEmbedder()).ensure(CORPUS[:2])
    assert (state.built, state.embedded, state.dense) == (True, 2, True)


def test_without_a_model_it_says_that_only_words_are_compared(tmp_path: Path) -> None:
    state = PassageIndex(tmp_path, embedder=None).ensure(CORPUS)
    assert not state.dense
    assert state.note == "no embedding model is installed: search compares words only"
    assert not list(tmp_path.rglob("chroma*"))


def test_two_generations_are_kept(tmp_path: Path) -> None:
    index = PassageIndex(tmp_path, embedder=None)
    made = [index.ensure(CORPUS[:count]).fingerprint for count in (1, 2, 3, 4)]
    assert generations(tmp_path) == [f"gen-000003-{made[2]}", f"gen-000004-{made[3]}"]


def test_going_back_to_earlier_passages_is_a_new_generation(tmp_path: Path) -> None:
    index = PassageIndex(tmp_path, embedder=None)
    states = [index.ensure(CORPUS[:count]) for count in (1, 2, 1)]
    assert [state.built for state in states] == [True, True, True]
    assert (tmp_path / "CURRENT").read_text() == f"gen-000003-{states[0].fingerprint}"


def test_no_passages_make_an_empty_index(tmp_path: Path) -> None:
    state = PassageIndex(tmp_path, embedder=CountedEmbedder()).ensure([])
    assert (state.passages, state.dense, state.note) == (0, False, "")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnavailable, match="cannot be written"):
        PassageIndex(tmp_path / "file" / "index", embedder=None).ensure(CORPUS)


def test_passages_that_share_an_id_are_refused_and_leave_nothing(
    index_folder: Path, minilm: MiniLM, current_generation: Callable[[], Path]
) -> None:
    before = current_generation()
    with pytest.raises(IndexUnavailable, match="sr-26-2#definition"):
        PassageIndex(index_folder, embedder=minilm).ensure([*CORPUS, CORPUS[0]])
    assert current_generation() == before
    assert not list(index_folder.glob("tmp-*"))


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://host", "http://"])
def test_an_address_that_is_no_url_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError, match="must look like http://host:port"):
        PassageIndex(tmp_path, embedder=None, chroma_url=url)
