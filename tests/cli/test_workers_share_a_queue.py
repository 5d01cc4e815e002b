"""`critique --queue` and `worker` on a real PostgreSQL: every row once, also if a worker is killed."""

import json
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, NO_EMBEDDINGS, assert_refused, run, surroundings
from tests.cli.test_bulk_critiques_survive import answers, lines
from tests.store.conftest import on_postgresql, postgresql_database, postgresql_url

__all__ = ["on_postgresql", "postgresql_database", "postgresql_url"]

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

ROWS = 400


class Started:
    """Processes of one test, ended with it."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str | Path) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            env=surroundings(self._environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._running.append(process)
        return process

    def end(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()


@pytest.fixture
def started(words_home: Path, postgresql_url: str) -> Iterator[Started]:
    processes = Started(NO_EMBEDDINGS | {"DATABASE_URL": postgresql_url})
    yield processes
    processes.end()


def wait_for_lines(out: Path, count: int, within_s: float = 90) -> None:
    began = time.monotonic()
    while not out.exists() or len(out.read_bytes().splitlines()) < count:
        assert time.monotonic() - began < within_s, f"fewer than {count} lines"
        time.sleep(0.1)


async def test_a_killed_worker_and_a_killed_reader_cost_no_row_and_no_second_grade(
    started: Started,
    tmp_path: Path,
    postgresql_url: str,
    on_postgresql: Callable[..., Awaitable[None]],
) -> None:
    source, out = answers(tmp_path, ROWS), tmp_path / "graded.jsonl"
    reader = started.start("critique", source, "--out", out, "--queue")
    doomed = started.start("worker")
    started.start("worker")
    wait_for_lines(out, 20)
    doomed.kill()
    reader.kill()
    reader.wait()
    graded = len(lines(out))
    assert graded < ROWS

    environment = NO_EMBEDDINGS | {"DATABASE_URL": postgresql_url}
    done = run("critique", source, "--out", out, "--queue", "--json", environment=environment)
    assert done.code == 0, done
    assert sorted(lines(out)) == list(range(1, ROWS + 1))
    assert done.document["rows"] == ROWS
    # What a candidate wrote does not stay behind in the queue's tables.
    await on_postgresql(
        "DO $$ BEGIN ASSERT (SELECT count(*) FROM batch_rows) = 0, 'rows stayed'; END $$"
    )


def test_a_second_run_hands_out_nothing(
    started: Started, tmp_path: Path, postgresql_url: str
) -> None:
    source, out = answers(tmp_path, 5), tmp_path / "graded.jsonl"
    started.start("worker")
    environment = NO_EMBEDDINGS | {"DATABASE_URL": postgresql_url}
    for _ in range(2):
        assert run("critique", source, "--out", out, "--queue", environment=environment).code == 0
    assert sorted(lines(out)) == [1, 2, 3, 4, 5]
    assert {json.loads(line)["critique"]["engine"] for line in out.read_text().splitlines()} == {
        "offline"
    }


def test_without_postgresql_the_queue_says_what_is_needed(words_home: Path, tmp_path: Path) -> None:
    source = answers(tmp_path, 1)
    queued = run("critique", source, "--out", tmp_path / "g.jsonl", "--queue")
    assert_refused(queued, 2, "DATABASE_URL=postgresql://")
    assert_refused(run("worker"), 2, "DATABASE_URL=postgresql://")


def test_a_worker_with_a_model_needs_a_limit(words_home: Path, postgresql_url: str) -> None:
    environment = {
        "DATABASE_URL": postgresql_url,
        "OPENAI_BASE_URL": "http://127.0.0.1:9/v1",
        "INTERVIEWER_MODEL": "openai:any",
    }
    refused = run("worker", environment=NO_EMBEDDINGS | environment)
    assert_refused(refused, 2, "INTERVIEWER_SPEND_LIMIT_TOKENS")
