"""With CHROMA_URL set, `doctor` says whether the server answers."""

import socket
from pathlib import Path

import pytest

from tests.cli.running import run


@pytest.mark.enable_socket
def test_a_chroma_server_that_does_not_answer_is_told_of(home: Path) -> None:
    (home / "index").mkdir(parents=True)
    (home / "index" / "CURRENT").write_text("gen-000001-0000")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        examined = run("doctor", "--json", environment={"CHROMA_URL": url}).document
    found = {check["name"]: check for check in examined["checks"]}["index"]
    assert found["state"] == "warn"
    assert url in found["message"]
    assert "does not answer" in found["message"]
