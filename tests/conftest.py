"""What every test gets: nothing of the machine it runs on, and a data folder of its own."""

import contextlib
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock

POSTGRESQL = os.environ.get(
    "INTERVIEWER_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres"
)
KEPT = Path(__file__).parent.parent / "build" / "test-models"
_FOREIGN = ("OPENAI_", "INTERVIEWER_", "DATABASE_URL", "CHROMA_URL")
_KEPT = "INTERVIEWER_TEST_"


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No key, address or setting from outside, no `.env`, and a home that does not exist yet."""
    for name in list(os.environ):
        if name.startswith(_FOREIGN) and not name.startswith(_KEPT):
            monkeypatch.delenv(name)
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def kept_models() -> Path:
    """A folder with the embedding graph and with vectors by their text, kept between runs."""
    from interviewer.knowledge.minilm import MiniLM

    KEPT.mkdir(parents=True, exist_ok=True)
    with FileLock(KEPT.with_suffix(".lock")):
        if not any(KEPT.glob("*.onnx")):
            MiniLM(KEPT).embed(["Builds the graph."])
    return KEPT


@pytest.fixture(scope="session")
def models_home(tmp_path_factory: pytest.TempPathFactory, kept_models: Path) -> Path:
    """A home, shared by all workers, that holds what was kept and nothing else at first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    home = shared / "models-home"
    home.mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError):
        (home / "models").symlink_to(kept_models)
    return home


@pytest.fixture
def home(tmp_path: Path, models_home: Path) -> Path:
    """This test's INTERVIEWER_HOME, made, with the shared embedding graph in it."""
    folder = tmp_path / "home"
    folder.mkdir(exist_ok=True)
    (folder / "models").symlink_to(models_home / "models")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what needs PostgreSQL where none runs; never on CI, which must have one."""
    needy = [item for item in items if _needs_postgresql(item)]
    if not needy or os.environ.get("CI") or _postgresql_listens():
        return
    reason = f"no PostgreSQL at {POSTGRESQL}; INTERVIEWER_TEST_POSTGRES names another"
    for item in needy:
        item.add_marker(pytest.mark.skip(reason=reason))


def _needs_postgresql(item: pytest.Item) -> bool:
    if any(name in _POSTGRESQL_FIXTURES for name in getattr(item, "fixturenames", ())):
        return True
    callspec = getattr(item, "callspec", None)
    return callspec is not None and callspec.params.get("url") == "postgresql"


_POSTGRESQL_FIXTURES = {"postgresql_database", "postgresql_url", "on_postgresql"}


def _postgresql_listens() -> bool:
    parts = urlsplit(POSTGRESQL)
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or 5432), 1):
            return True
    except OSError:
        return False
