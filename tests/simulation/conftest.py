import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.bootstrap.product import Product
from interviewer.settings import Settings
from tests.cli.ready_home import warmed

__all__ = ["warmed"]


@pytest.fixture(scope="session")
def product(warmed: Path) -> Product:
    """One product for all simulations: its reader keeps every vector it has computed."""
    return Product(Settings(home=warmed, engine="offline"), None)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for a database; in memory where the machine has such a one, to spare the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)
