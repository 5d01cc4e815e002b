"""A real server, a real stream: the reply arrives as it is said, and a broken line loses nothing."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.problems import ANSWER, ROUND, assert_problem
from tests.cli.running import NO_EMBEDDINGS, Server, served
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket
STREAM = {"Accept": "text/event-stream"}
LINE = "You say every night. Who reads it in the morning, and what would make them stop the model?"


@pytest.fixture(scope="module")
def running_model() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def model(running_model: ScriptedServer) -> ScriptedServer:
    running_model.reset()
    return running_model


@pytest.fixture(scope="module")
def with_model(
    running_model: ScriptedServer, tmp_path_factory: pytest.TempPathFactory, worded: Path
) -> Iterator[httpx.Client]:
    """A client of a server whose interviewer is a model."""
    folder = tmp_path_factory.mktemp("with-model")
    shutil.copytree(worded / "index", folder / "home" / "index")
    environment = {
        "OPENAI_BASE_URL": running_model.base_url,
        "INTERVIEWER_MODEL_READ_TIMEOUT_S": "5",
        "INTERVIEWER_HOME": str(folder / "home"),
    }
    with served(NO_EMBEDDINGS | environment, folder) as server, client_of(server) as client:
        yield client


def client_of(server: Server) -> httpx.Client:
    return httpx.Client(base_url=f"{server.url}/api/v1", timeout=30)


def started(client: httpx.Client) -> str:
    return f"/interviews/{client.post('/interviews', json=ROUND).json()['id']}"


def events(lines: Iterator[str]) -> Iterator[tuple[str, Any]]:
    """Names and data of server-sent events."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, json.loads(line.removeprefix("data: "))


def streamed(client: httpx.Client, path: str, **sent: Any) -> list[tuple[str, Any]]:
    with client.stream("POST", path, headers=STREAM, **sent) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"].startswith("text/event-stream")
        return list(events(reply.iter_lines()))


def test_a_whole_journey_without_a_model(words_home: Path) -> None:
    with served(NO_EMBEDDINGS) as server, client_of(server) as client:
        interview = started(client)
        heard = streamed(client, f"{interview}/answers", json={"text": ANSWER})
        names = [name for name, _ in heard]
        assert names == ["move", *["token"] * names.count("token"), "turn", "done"]
        assert names.count("token") >= 1
        said = "".join(data["text"] for name, data in heard if name == "token").strip()
        turn = dict(heard)["turn"]
        assert turn["text"] == said
        assert turn["move"] == dict(heard)["move"]["move"]
        assert dict(heard)["done"] == {"state": "awaiting-answer"}
        assert "reason" not in json.dumps(heard)

        wrapped = streamed(client, f"{interview}/end")
        assert wrapped[-1] == ("done", {"state": "over"})
        late = client.post(f"{interview}/answers", json={"text": ANSWER}, headers=STREAM)
        assert_problem(late, 409, "ended")
        card = client.get(f"{interview}/scorecard").json()
        assert card["questions"][0]["answers"] == [ANSWER]


@pytest.mark.slow
def test_a_line_that_breaks_keeps_the_answer_and_the_turn_can_be_had_later(
    model: ScriptedServer, with_model: httpx.Client
) -> None:
    interview = started(with_model)
    model.say(LINE, LINE)
    model.tokens_per_s = 4
    with with_model.stream(
        "POST", f"{interview}/answers", json={"text": ANSWER}, headers=STREAM
    ) as reply:
        for name, _ in events(reply.iter_lines()):
            if name == "token":
                break
    model.tokens_per_s = None
    view = with_model.post(f"{interview}/turn").json()
    assert [turn["speaker"] for turn in view["turns"]] == [
        "interviewer",
        "candidate",
        "interviewer",
    ]
    assert view["turns"][1]["text"] == ANSWER
    assert view["turns"][2]["text"]
    assert view["state"] == "awaiting-answer"


@pytest.mark.slow
def test_the_first_token_does_not_wait_for_the_last(
    model: ScriptedServer, with_model: httpx.Client
) -> None:
    interview = started(with_model)
    model.say(LINE)
    model.tokens_per_s = 10
    arrived = []
    with with_model.stream(
        "POST", f"{interview}/answers", json={"text": ANSWER}, headers=STREAM
    ) as reply:
        for name, _ in events(reply.iter_lines()):
            if name in ("token", "turn"):
                arrived.append(time.monotonic())
    assert arrived[-1] - arrived[0] > 0.5


@pytest.mark.slow
def test_when_the_model_breaks_off_a_notice_voids_what_was_said(
    model: ScriptedServer, with_model: httpx.Client
) -> None:
    interview = started(with_model)
    model.fault("cut", times=50)
    heard = streamed(with_model, f"{interview}/answers", json={"text": ANSWER})
    names = [name for name, _ in heard]
    assert names[0] == "move"
    assert names[-2:] == ["turn", "done"]
    after = names.index("notice")
    said = "".join(data["text"] for name, data in heard[after:] if name == "token").strip()
    turn = dict(heard)["turn"]
    assert (turn["text"], turn["engine"]) == (said, "offline")
    assert turn["notice"] == heard[after][1]["message"]
