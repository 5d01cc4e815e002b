"""An index that is corrupt or half-written is built anew by whatever needs it first."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.running import NO_EMBEDDINGS, Ran, run


def search() -> Ran:
    return run("search", "drift threshold", "-k", "1", "--json", environment=NO_EMBEDDINGS)


def spoil_pointer(index: Path) -> None:
    (index / "CURRENT").write_bytes(b"\0\xff gen-000099-nothing")


def empty_the_generation(index: Path) -> None:
    shutil.rmtree(next(index.glob("gen-*")))


def cut_every_file_in_half(index: Path) -> None:
    for file in next(index.glob("gen-*")).rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def fill_with_noise(index: Path) -> None:
    for file in next(index.glob("gen-*")).rglob("*"):
        if file.is_file():
            file.write_bytes(b"\xde\xad\xbe\xef" * 300)


@pytest.mark.parametrize(
    "damage",
    [
        spoil_pointer,
        cut_every_file_in_half,
        pytest.param(empty_the_generation, marks=pytest.mark.slow),
        pytest.param(fill_with_noise, marks=pytest.mark.slow),
    ],
)
def test_search_answers_as_if_nothing_had_happened(
    words_home: Path, damage: Callable[[Path], None]
) -> None:
    before = search()
    assert before.code == 0, before.err
    damage(words_home / "index")
    after = search()
    assert (after.code, after.err) == (0, "")
    assert after.document == before.document


def test_index_says_whether_there_was_anything_to_do(words_home: Path) -> None:
    assert "already up to date" in run("index", environment=NO_EMBEDDINGS).out
    fill_with_noise(words_home / "index")
    assert "Index built" in run("index", environment=NO_EMBEDDINGS).out
