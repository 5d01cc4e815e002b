"""A database in a file of the test's own, and a scripted model server."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from interviewer.store.engine import Database
from tests.scripted_server import ScriptedServer


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'interviewer.db'}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with Database(url) as opened:
        yield opened


@pytest.fixture(scope="module")
def running_server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(running_server: ScriptedServer) -> ScriptedServer:
    running_server.reset()
    return running_server
