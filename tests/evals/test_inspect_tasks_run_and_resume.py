"""The suite under Inspect AI: offline without a network, and on a model that may die in the middle.

Inspect runs in a process of its own: it changes logging, loops and warnings of the one it is in.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from tests.scripted_server import ScriptedServer

ROOT = Path(__file__).resolve().parents[2]
TASKS = ROOT / "evals" / "tasks" / "with_inspect.py"
INSPECT = Path(sys.executable).with_name("inspect")
NAMES = ("grading", "robustness", "follow_ups", "retrieval", "persona", "groundedness")

# Without the group `evals` they fail rather than being passed over; .ci/run installs it for them.
pytestmark = [pytest.mark.slow, pytest.mark.integration]

WITHOUT_NETWORK = """
import sys, pytest_socket
pytest_socket.disable_socket(allow_unix_socket=True)
from inspect_ai._cli.main import main
sys.argv = ["inspect", *sys.argv[1:]]
main()
"""


def inspect(*arguments: str, home: Path, network: bool = True, **environment: Any) -> str:
    """Runs Inspect's command line in `home` and returns all it printed."""
    program = [str(INSPECT)] if network else [sys.executable, "-c", WITHOUT_NETWORK]
    run = subprocess.run(
        [*program, *arguments, "--display", "plain"],
        cwd=home,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "INTERVIEWER_HOME": str(home),
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": str(ROOT),
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return run.stdout + run.stderr


def evaluate(names: str, *options: str, home: Path, **settings: Any) -> str:
    """Runs tasks in one process, with logs in JSON, which can be read without Inspect."""
    arguments = [f"{TASKS}@{name}" for name in names.split()]
    arguments += ["--model", "none", "--log-format", "json"]
    for option in options:
        arguments += option.split()
    return inspect("eval", *arguments, "--log-dir", str(home / "logs"), home=home, **settings)


def logs(home: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Every log, oldest first."""
    files = sorted((home / "logs").glob("*.json"), key=lambda file: file.stat().st_mtime)
    return [(file, json.loads(file.read_text(encoding="utf-8"))) for file in files]


def only_log(home: Path, said: str) -> tuple[Path, dict[str, Any]]:
    """The one log that there is."""
    found = logs(home)
    assert len(found) == 1, said
    return found[0]


def on_the_model(server: ScriptedServer) -> dict[str, str]:
    """The environment of a run against a server."""
    return {"OPENAI_BASE_URL": server.base_url, "INTERVIEWER_MODEL": "openai:scripted"}


def done(log: dict[str, Any]) -> list[str]:
    """Ids of the samples that were scored."""
    return [sample["id"] for sample in log["samples"] if sample.get("scores")]


def test_every_task_runs_offline_without_network_and_model(home: Path) -> None:
    said = evaluate(" ".join(NAMES), "-T engine=offline", "--limit 3", home=home, network=False)
    found = {log["eval"]["task"]: log for _, log in logs(home)}
    assert sorted(found) == sorted(NAMES), said
    for log in found.values():
        assert log["status"] == "success", said
        assert log["eval"]["model"] == "none/none"
        assert len(done(log)) == 3
        (score,) = log["results"]["scores"]
        assert len(score["metrics"]) > 3


@pytest.mark.enable_socket
def test_every_task_with_an_engine_runs_on_the_model_through_our_own_chat(home: Path) -> None:
    names = [name for name in NAMES if name != "retrieval"]
    options = "-T engine=model -T spend_limit_tokens=900000"
    with ScriptedServer() as server:
        environment = on_the_model(server)
        said = evaluate(" ".join(names), options, "--limit 2", home=home, **environment)
        system = {str(request.messages[0]["content"])[:40] for request in server.requests}
    found = {log["eval"]["task"]: log for _, log in logs(home)}
    assert sorted(found) == sorted(names), said
    assert {log["status"] for log in found.values()} == {"success"}, said
    # What the server was asked are the product's prompts, not Inspect's.
    ours = ("You check a candidate's words", "You play ")
    for start in ours:
        assert any(text.startswith(start) for text in system)
    assert all(text.startswith(ours) for text in system)


@pytest.mark.enable_socket
def test_three_votes_are_three_calls_for_each_answer(home: Path) -> None:
    with ScriptedServer() as server:
        options = "-T engine=model -T votes=3 -T spend_limit_tokens=900000"
        said = evaluate("grading", options, "--limit 2", home=home, **on_the_model(server))
        _, log = only_log(home, said)
        assert log["status"] == "success", said
        assert len(server.requests) == 2 * 3


@pytest.mark.enable_socket
def test_a_model_without_a_spend_limit_is_refused_before_anything_is_sent(home: Path) -> None:
    with ScriptedServer() as server:
        said = evaluate("grading", "-T engine=model", home=home, **on_the_model(server))
        assert "engine=model spends money" in said
        assert "Traceback" not in said
        assert server.requests == []
    assert not (home / "logs").exists() or logs(home) == []


@pytest.mark.enable_socket
def test_the_limit_of_the_environment_is_a_limit_and_stops_the_run(home: Path) -> None:
    with ScriptedServer() as server:
        said = evaluate(
            "grading",
            "-T engine=model",
            "--limit 6 --max-samples 1",
            home=home,
            INTERVIEWER_SPEND_LIMIT_TOKENS="3000",
            **on_the_model(server),
        )
        sent = len(server.requests)
    _, log = only_log(home, said)
    assert log["status"] == "error", said
    assert "the limit is 3000" in json.dumps(log["error"])
    assert 1 <= sent < 6


@pytest.mark.enable_socket
def test_a_run_whose_endpoint_dies_goes_on_where_it_stopped(home: Path) -> None:
    options = "-T engine=model -T spend_limit_tokens=900000"
    with ScriptedServer() as server:
        server.latency_s = 0.3
        environment = on_the_model(server)
        port = int(server.base_url.rsplit(":", 1)[1].removesuffix("/v1"))
        dying = threading.Thread(target=_die_after, args=(server, 3))
        dying.start()
        said = evaluate("grading", options, "--limit 6 --max-samples 1", home=home, **environment)
        dying.join()
        answered = sum(bool(request.reply) for request in server.requests)
    file, stopped = only_log(home, said)
    assert stopped["status"] == "error", said
    before = done(stopped)
    assert 1 <= len(before) <= answered < 6

    refused = subprocess.run(
        [sys.executable, "-m", "evals.compare", str(file), str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "the run did not finish" in refused.stderr
    assert "eval-retry" in refused.stderr

    with ScriptedServer(port) as server:
        again = ["eval-retry", str(file), "--log-dir", str(home / "logs")]
        said = inspect(*again, home=home, network=True, **environment)
        resumed = logs(home)[-1][1]
        assert resumed["status"] == "success", said
        assert len(done(resumed)) == 6
        # What was paid for once is not paid for again.
        assert len(server.requests) == 6 - len(before)
    assert set(before) <= set(done(resumed))


def _die_after(server: ScriptedServer, requests: int) -> None:
    server.wait_until(lambda: len(server.requests) > requests, within_s=40)
    assert server._server is not None
    server._script.stopping = True
    server._server.force_exit = server._server.should_exit = True
    time.sleep(0.1)
