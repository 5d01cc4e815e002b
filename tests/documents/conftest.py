"""A store of documents in a folder of its own, searched by words unless a test says otherwise."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from interviewer.knowledge.documents.store import DocumentStore
from interviewer.knowledge.embedding import Embedder

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

MakeStore = Callable[..., DocumentStore]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "documents"


@pytest.fixture
def make_store(folder: Path) -> MakeStore:
    def make(owner: str = "local", embedder: Embedder | None = None) -> DocumentStore:
        return DocumentStore(folder, owner, embedder, clock=lambda: NOON)

    return make


@pytest.fixture
def store(make_store: MakeStore) -> DocumentStore:
    return make_store()
