"""A data folder in which everything slow is done: the graph, the index, the rubrics' vectors."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from tests.cli.running import surroundings

_WARM = """
import asyncio
from interviewer.bootstrap import open_product, settings

async def main() -> None:
    async with open_product(settings(), store=False) as product:
        await product.warm()

asyncio.run(main())
"""


def _warmed(factory: pytest.TempPathFactory, models: Path, embeddings: str) -> Path:
    """A warmed home, made once for all workers."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder = shared / f"home-{embeddings}"
    with FileLock(shared / f"home-{embeddings}.lock"):
        if not (folder / "index" / "CURRENT").exists():
            kept = models / "models" / f"test-{embeddings}.sqlite3"
            vectors = folder / "index" / "embeddings.sqlite3"
            vectors.parent.mkdir(parents=True)
            (folder / "models").symlink_to(models / "models")
            if kept.exists():
                shutil.copy(kept, vectors)
            changes = {"INTERVIEWER_HOME": str(folder), "INTERVIEWER_EMBEDDINGS": embeddings}
            subprocess.run(
                [sys.executable, "-c", _WARM],
                cwd=folder,
                env=surroundings(changes),
                check=True,
                timeout=300,
            )
            if vectors.exists():
                # By another name first: another run may be copying it.
                own = kept.with_name(f"{kept.name}-{os.getpid()}")
                shutil.copy(vectors, own)
                own.replace(kept)
    return folder


@pytest.fixture(scope="session")
def warmed(tmp_path_factory: pytest.TempPathFactory, models_home: Path) -> Path:
    """The folder that `ready_home` is copied from."""
    return _warmed(tmp_path_factory, models_home, "local")


@pytest.fixture(scope="session")
def worded(tmp_path_factory: pytest.TempPathFactory, models_home: Path) -> Path:
    """The folder that `words_home` is copied from."""
    return _warmed(tmp_path_factory, models_home, "off")


@pytest.fixture
def ready_home(home: Path, warmed: Path) -> Path:
    """This test's INTERVIEWER_HOME with an index of its own, ready to search."""
    shutil.copytree(warmed / "index", home / "index")
    return home


@pytest.fixture
def words_home(home: Path, worded: Path) -> Path:
    """The same with words alone: for settings with `embeddings` off."""
    shutil.copytree(worded / "index", home / "index")
    return home
