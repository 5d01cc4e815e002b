"""The real model, built once; an index of the small corpus, built once and copied."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from tests.knowledge.builders import CORPUS


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("model")


@pytest.fixture(scope="session")
def minilm(model_cache: Path) -> MiniLM:
    return MiniLM(model_cache)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Path:
    """An index of the corpus that no test may change."""
    folder = tmp_path_factory.mktemp("built") / "index"
    PassageIndex(folder, embedder=minilm).ensure(CORPUS)
    return folder


@pytest.fixture
def index_folder(built: Path, tmp_path: Path) -> Path:
    """A copy of the built index, to damage or extend."""
    return Path(shutil.copytree(built, tmp_path / "index"))


@pytest.fixture(scope="session")
def search(built: Path, minilm: MiniLM) -> Search:
    return Search(PassageIndex(built, embedder=minilm), minilm)


@pytest.fixture
def current_generation(index_folder: Path) -> Callable[[], Path]:
    def find() -> Path:
        return index_folder / (index_folder / "CURRENT").read_text().strip()

    return find
