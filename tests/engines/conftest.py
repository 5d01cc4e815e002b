"""A scripted model server for the tests of the model engine."""

from collections.abc import AsyncIterator, Iterator

import pytest

from interviewer.llm.chat import Chat
from tests.llm.calls import a_chat
from tests.scripted_server import ScriptedServer


@pytest.fixture(scope="module")
def running_server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(running_server: ScriptedServer) -> ScriptedServer:
    running_server.reset()
    return running_server


@pytest.fixture
async def chat(server: ScriptedServer) -> AsyncIterator[Chat]:
    async with a_chat(server) as opened:
        yield opened
