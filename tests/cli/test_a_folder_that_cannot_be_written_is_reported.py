"""A data folder that is a file, read-only or full: one line that says so; what was stored stays."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.cli.running import NO_EMBEDDINGS, ROUND, SERVE, Ran, assert_refused, run

NAMESPACE = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
needs_own_mounts = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", *NAMESPACE, "true"], capture_output=True).returncode != 0,
    reason="mounts a small or read-only disk, which takes Linux with mount namespaces",
)
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"'
SMALL = 'mount -t tmpfs -o size=600k tmpfs "$0"'
FILL = '{ dd if=/dev/zero of="$0/full" bs=4k 2> /dev/null || true; }'
FULL = f'mount -t tmpfs -o size=16k tmpfs "$0" && {FILL}'
CRITIQUE = ("critique", "answers.txt", "--question", "drift-monitoring-audit")
CHAT = ("chat", *ROUND, "--answers", "answers.txt", "--json")
COMMANDS = {"critique": CRITIQUE, "chat": CHAT, "serve": SERVE, "index": ("index",)}
commands = pytest.mark.parametrize("command", COMMANDS)


@pytest.fixture(autouse=True)
def answers(tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text("We compare the score distribution every night with PSI.")


def run_on(
    mount: str, home: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> Ran:
    """Runs a command with something mounted over its data folder, for that process only."""
    home.mkdir(exist_ok=True)
    return run(
        *arguments,
        environment=environment,
        before=["unshare", *NAMESPACE, "sh", "-c", f'{mount} && exec "$@"', str(home)],
    )


@commands
def test_a_data_folder_that_is_a_file(tmp_path: Path, command: str) -> None:
    (tmp_path / "home").write_text("a file where a folder should be")
    ran = run(*COMMANDS[command])
    assert_one_line(ran, str(tmp_path / "home"))


@needs_own_mounts
@commands
def test_a_read_only_data_folder(tmp_path: Path, command: str) -> None:
    ran = run_on(READ_ONLY, tmp_path / "home", *COMMANDS[command])
    assert_one_line(ran, "Read-only file system", str(tmp_path / "home"))


@needs_own_mounts
@commands
def test_a_full_disk(tmp_path: Path, command: str) -> None:
    ran = run_on(FULL, tmp_path / "home", *COMMANDS[command])
    assert_one_line(ran)
    assert "No space" in ran.err or "disk is full" in ran.err


@needs_own_mounts
def test_a_full_disk_does_not_keep_an_answer_from_being_judged(
    tmp_path: Path, models_home: Path
) -> None:
    """Nothing has to be written for a critique once the embedding graph exists."""
    graph = next(models_home.glob("models/*.onnx"))
    mount = (
        f'mount -t tmpfs -o size=16k tmpfs "$0" && mkdir "$0/models" && ln -s {graph} "$0/models"'
    )
    ran = run_on(f"{mount} && {FILL}", tmp_path / "home", *CRITIQUE, "--json")
    assert ran.code == 0, ran.err
    assert ran.document["question"] == "drift-monitoring-audit"
    assert "not kept" in ran.err


@needs_own_mounts
def test_doctor_says_that_the_folder_is_read_only(tmp_path: Path) -> None:
    ran = run_on(READ_ONLY, tmp_path / "home", "doctor")
    assert ran.code == 1
    assert "fail  home" in ran.out
    assert "INTERVIEWER_HOME" in ran.out


@pytest.mark.slow
@needs_own_mounts
def test_a_disk_that_fills_during_a_round_stops_it_with_one_line(tmp_path: Path) -> None:
    """600 kB take the empty database and a few answers, not twenty of them."""
    answer = "We compare scores nightly, and Dana owns the alert. " * 300
    (tmp_path / "answers.txt").write_text("\n---\n".join([answer] * 20))
    ran = run_on(SMALL, tmp_path / "home", *CHAT, environment=NO_EMBEDDINGS)
    assert_one_line(ran, "disk is full", "free some space")


@pytest.mark.parametrize("command", ["chat", "serve"])
def test_a_database_that_is_none_is_named_and_left_alone(home: Path, command: str) -> None:
    (home / "interviewer.db").write_text("my notes\n" * 200)
    assert_one_line(run(*COMMANDS[command]), str(home / "interviewer.db"))
    assert (home / "interviewer.db").read_text() == "my notes\n" * 200


def test_output_that_cannot_be_written_is_reported() -> None:
    """`/dev/full` takes nothing: `interviewer questions > /dev/full`."""
    ran = run(
        *CRITIQUE, before=["sh", "-c", 'exec "$@" > /dev/full', "sh"], environment=NO_EMBEDDINGS
    )
    assert_one_line(ran, "No space left on device")


def assert_one_line(ran: Ran, *words: str) -> None:
    """One line names the trouble; what was going on may be said before it."""
    assert "Traceback" not in ran.err
    last = ran.err.splitlines(keepends=True)[-1]
    assert_refused(ran._replace(err=last), 1, *words)
