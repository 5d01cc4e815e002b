"""With a server's address the vectors live there; without the server, search goes on."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from interviewer.errors import IndexUnavailable
from interviewer.knowledge import chroma_server
from interviewer.knowledge.chroma_server import ChromaServer
from interviewer.knowledge.index import PassageIndex
from interviewer.knowledge.minilm import MiniLM
from interviewer.knowledge.search import Search
from tests.knowledge.builders import CORPUS

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]


class Server:
    """`chroma run` on a free port of the loopback."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        chroma = Path(sys.executable).parent / "chroma"
        command = [
            str(chroma),
            "run",
            "--path",
            str(folder),
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._process.poll() is None, "chroma run ended"
            assert time.monotonic() < deadline, "chroma run does not answer"
            time.sleep(0.1)

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def stop(self) -> None:
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        self._process.wait(timeout=30)

    def _answers(self) -> bool:
        try:
            ChromaServer(self.url).count("absent")
        except IndexUnavailable:
            return False
        return True


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = tmp_path / "server"
    folder.mkdir()
    running = Server(folder)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _short_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chroma_server, "TIMEOUT_S", 1.0)


def test_the_server_gives_the_same_hits_and_may_go_away(
    server: Server, tmp_path: Path, minilm: MiniLM, search: Search
) -> None:
    index = PassageIndex(tmp_path / "index", embedder=minilm, chroma_url=server.url)
    state = index.ensure(CORPUS)
    assert (state.built, state.dense) == (True, True)
    assert not list((tmp_path / "index").rglob("chroma*"))
    chroma = ChromaServer(server.url)
    assert chroma.count(f"passages-{state.fingerprint}") == len(CORPUS)

    remote = Search(index, minilm)
    queries = ("what is a model", "declined loan", "drift of a score")
    assert [remote.search(query) for query in queries] == [search.search(q) for q in queries]
    assert not index.ensure(CORPUS).built

    # Two generations later nobody needs the first collection any more.
    second = index.ensure(CORPUS[:4])
    index.ensure(CORPUS[:3])
    assert chroma.count(f"passages-{state.fingerprint}") is None
    assert chroma.count(f"passages-{second.fingerprint}") == 4

    # Somebody emptied the server: the collection is written again.
    chroma.drop(index.snapshot().folder.name.replace("gen-000003", "passages"))
    again = index.ensure(CORPUS[:3])
    assert (again.built, again.embedded) == (True, 0)

    server.freeze()
    started = time.monotonic()
    assert remote.search("what is a model").hits[0].passage == "sr-26-2#definition"
    assert time.monotonic() - started < 5
    server.stop()
    assert remote.search("what is a model").hits[0].passage == "sr-26-2#definition"
    without = index.ensure(CORPUS[:3])
    assert not without.built
    assert "does not answer" in without.note
    with pytest.raises(IndexUnavailable, match="does not answer"):
        index.ensure(CORPUS)
    index.close()
    chroma.close()


def test_a_server_that_accepts_and_never_answers_holds_nobody_up(
    tmp_path: Path, minilm: MiniLM
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        with pytest.raises(IndexUnavailable, match="does not answer"):
            PassageIndex(tmp_path, embedder=minilm, chroma_url=url).ensure(CORPUS)
        assert time.monotonic() - started < 30
