"""INTERVIEWER_EMBEDDINGS=openai:NAME: the index is built, remembered and searched with a server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import Ran, run
from tests.scripted_server import ScriptedServer

pytestmark = [pytest.mark.enable_socket, pytest.mark.slow]

KEY = "sk-very-secret-0123456789abcdef"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


def ask(server: ScriptedServer, *arguments: str) -> Ran:
    return run(
        *arguments,
        environment={
            "INTERVIEWER_EMBEDDINGS": "openai:scripted-embedding",
            "OPENAI_BASE_URL": server.base_url,
            "OPENAI_API_KEY": KEY,
            "INTERVIEWER_MODEL_DEADLINE_S": "3",
            "INTERVIEWER_MODEL_READ_TIMEOUT_S": "2",
        },
    )


def test_the_index_remembers_the_server_and_asks_it_once(
    server: ScriptedServer, home: Path
) -> None:
    built = ask(server, "index")
    assert "Index built" in built.out, built
    current = home / "index" / (home / "index" / "CURRENT").read_text().strip()
    manifest = json.loads((current / "MANIFEST.json").read_text())
    assert manifest["embedder"].startswith("openai:scripted-embedding")
    asked = len(server.requests)
    assert asked > 1
    assert "already up to date" in ask(server, "index").out
    assert len(server.requests) == asked
    found = ask(server, "search", "what replaced SR 11-7", "--json").document
    assert found
    assert len(server.requests) == asked + 1
    kept = [file.read_bytes() for file in home.rglob("*") if file.is_file()]
    assert not [data for data in kept if KEY.encode() in data]


def test_a_server_that_cannot_be_used_is_named_and_the_index_in_use_stays(
    server: ScriptedServer, home: Path
) -> None:
    server.fault("401", times=9)
    refused = ask(server, "index")
    assert refused.code == 1
    assert refused.err.splitlines()[-1].startswith("interviewer: model 'scripted-embedding' at ")
    assert "check the API key" in refused.err
    assert "Traceback" not in refused.err
    assert KEY not in refused.err
    assert not (home / "index" / "CURRENT").exists()


def test_when_the_server_is_gone_words_are_still_compared(
    server: ScriptedServer, home: Path
) -> None:
    assert "Index built" in ask(server, "index").out
    server.fault("500", times=99)
    found = ask(server, "search", "what replaced SR 11-7")
    assert found.code == 0, found
    assert "sr-26-2" in found.out
    assert "Word matching only" in found.err
