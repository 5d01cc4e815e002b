"""Two processes on one data folder at once: both finish, neither sees the other's half."""

import json
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import (
    COMMAND,
    NO_EMBEDDINGS,
    ROUND,
    example,
    questions,
    run,
    served,
    surroundings,
)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.txt"
    file.write_text("\n---\n".join(example(question, "middling") for question in questions()[:3]))
    return file


def start_chat(answers: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*COMMAND, "chat", *ROUND, "--answers", str(answers), "--json"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=surroundings(NO_EMBEDDINGS),
    )


def ended_well(chat: "subprocess.Popen[bytes]") -> Any:
    out, err = chat.communicate(timeout=120)
    assert (chat.returncode, err.decode()) == (0, "")
    return json.loads(out)


@pytest.mark.slow
def test_two_rounds_at_once_on_an_empty_folder(answers: Path) -> None:
    """Both find no database, and both make it."""
    first, second = [ended_well(chat) for chat in [start_chat(answers), start_chat(answers)]]
    assert first["interview"] != second["interview"]
    assert [q["answers"] for q in first["questions"]] == [q["answers"] for q in second["questions"]]
    assert first["overall"] == second["overall"]


@pytest.mark.slow
def test_two_index_builds_at_once_give_one_sound_index() -> None:
    both = [
        subprocess.Popen(
            [*COMMAND, "index"], env=surroundings(NO_EMBEDDINGS), stdout=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [build.communicate(timeout=120)[0].decode() for build in both]
    assert [build.returncode for build in both] == [0, 0]
    assert sorted("already up to date" in line for line in said) == [False, True]
    assert run("search", "drift", "-k", "1", "--json", environment=NO_EMBEDDINGS).document


@pytest.mark.slow
@pytest.mark.enable_socket
def test_a_round_in_the_terminal_beside_a_server(words_home: Path, answers: Path) -> None:
    with served(NO_EMBEDDINGS) as server:
        card = ended_well(start_chat(answers))
        url = f"{server.url}/api/v1/interviews/{card['interview']}/scorecard"
        with urllib.request.urlopen(url, timeout=30) as reply:
            assert json.load(reply) == card
