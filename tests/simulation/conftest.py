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
