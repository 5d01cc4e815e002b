"""`critique FILE --out FILE` as a person runs it: killed, interrupted, out of disk, out of money."""

import json
import random
import resource
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from interviewer.bootstrap.content import catalog
from tests.cli.running import COMMAND, NO_EMBEDDINGS, assert_refused, run, surroundings
from tests.engines.parts import grades_with, verdicts_reply
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.slow


def answers(folder: Path, count: int) -> Path:
    file = folder / "answers.jsonl"
    words = (
        "We compare the score with a frozen window every night and the owner acts within a day. "
    )
    rows = (
        {"id": f"r{n}", "question": "drift-monitoring-audit", "answer": words * 3 + f"Case {n}."}
        for n in range(count)
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def lines(out: Path) -> list[int]:
    return [json.loads(line)["line"] for line in out.read_text().splitlines()]


def started(*arguments: str | Path, **options: Any) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        env=surroundings(NO_EMBEDDINGS),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **options,
    )


def wait_for(out: Path, size: int, within_s: float = 60) -> None:
    began = time.monotonic()
    while not out.exists() or out.stat().st_size < size:
        assert time.monotonic() - began < within_s, "nothing was written"
        time.sleep(0.02)


def processes_of(session: int) -> list[str]:
    """Processes of a session that are not yet gone."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of) == session and state != "Z":
            found.append(stat.parent.name)
    return found


def test_killed_five_times_it_ends_with_every_row_once(words_home: Path, tmp_path: Path) -> None:
    source, out = answers(tmp_path, 10_000), tmp_path / "graded.jsonl"
    chance = random.Random(3)
    for _ in range(5):
        size = out.stat().st_size if out.exists() else 0
        process = started("critique", source, "--out", out)
        wait_for(out, size + chance.randrange(10_000, 4_000_000))
        process.kill()
        process.communicate()
        began = time.monotonic()
        while processes_of(process.pid):
            assert time.monotonic() - began < 20, "a worker outlived its parent"
            time.sleep(0.1)
    done = run("critique", source, "--out", out, "--json", environment=NO_EMBEDDINGS)
    assert done.code == 0, done
    assert sorted(lines(out)) == list(range(1, 10_001))
    assert done.document["rows"] == 10_000
    assert 0 < done.document["earlier"] < 10_000


def test_ctrl_c_says_how_to_go_on(words_home: Path, tmp_path: Path) -> None:
    source, out = answers(tmp_path, 1500), tmp_path / "graded.jsonl"

    def listens() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)

    process = started("critique", source, "--out", out, preexec_fn=listens)
    wait_for(out, 20_000)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "answers graded" in said
    assert f"Go on with: interviewer critique {source} --out {out}" in said
    assert "Traceback" not in said
    assert len(set(lines(out))) == len(lines(out)) > 0


def test_a_full_disk_leaves_whole_rows_and_says_so(words_home: Path, tmp_path: Path) -> None:
    source, out = answers(tmp_path, 500), tmp_path / "graded.jsonl"

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    process = started("critique", source, "--out", out, preexec_fn=small_disk)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"cannot write {out}" in said
    assert "Traceback" not in said
    assert 0 < len(lines(out)) < 500
    assert run("critique", source, "--out", out, environment=NO_EMBEDDINGS).code == 0
    assert sorted(lines(out)) == list(range(1, 501))


@pytest.fixture
def model() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        points = [point.id for point in catalog().question("drift-monitoring-audit").points]
        server.respond_with(grades_with(verdicts_reply(dict.fromkeys(points, ("no", "")))))
        yield server


@pytest.mark.enable_socket
def test_a_model_is_not_asked_without_a_limit_and_stops_at_it(
    words_home: Path, tmp_path: Path, model: ScriptedServer
) -> None:
    source, out = answers(tmp_path, 40), tmp_path / "graded.jsonl"
    with_model = NO_EMBEDDINGS | {
        "OPENAI_BASE_URL": model.base_url,
        "INTERVIEWER_MODEL": "openai:scripted",
        "OPENAI_API_KEY": "sk-test",
    }
    refused = run("critique", source, "--out", out, environment=with_model)
    assert_refused(refused, 2, "--spend-limit-tokens")
    assert model.requests == []

    limited = ("critique", source, "--out", out, "--spend-limit-tokens", "12000")
    stopped = run(*limited, environment=with_model)
    assert stopped.code == 1
    assert "Go on with" in stopped.err
    graded = len(lines(out))
    assert 0 < graded < 40
    assert {json.loads(line)["critique"]["engine"] for line in out.read_text().splitlines()} == {
        "model"
    }
    assert "sk-test" not in out.read_text() + stopped.err


def test_wrong_options_are_usage_errors(words_home: Path, tmp_path: Path) -> None:
    source = answers(tmp_path, 1)
    assert_refused(run("critique", source, "--out", tmp_path / "x.txt"), 2, "neither .jsonl")
    both = (
        "critique",
        source,
        "--out",
        tmp_path / "x.jsonl",
        "--question",
        "drift-monitoring-audit",
    )
    assert_refused(run(*both), 2, "leave out the other options")
    missing = ("critique", tmp_path / "none.jsonl", "--out", tmp_path / "x.jsonl")
    assert_refused(run(*missing), 2, "cannot read")
    assert not (tmp_path / "x.txt").exists()
