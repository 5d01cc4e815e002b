import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from interviewer.bootstrap.product import Product
from interviewer.settings import Settings


@pytest.fixture(scope="session")
def product(models_home: Path) -> Product:
    """One product for all simulations: its reader keeps every vector it has computed.

    The rubrics' vectors are made once for all workers; no index is needed.
    """
    product = Product(Settings(home=models_home, engine="offline"), None)
    with FileLock(models_home / "rubrics.lock"):
        product.prepare_rubrics()
    return product


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for a database; in memory where the machine has such a one, to spare the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as made:
        yield Path(made)
