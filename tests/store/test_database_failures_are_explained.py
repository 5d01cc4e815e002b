"""A full disk, a read-only folder, a lock, a missing server: said plainly, no password shown."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from interviewer.errors import StoreError, StoreUnwritable
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.migrate import upgrade

OPENER = Path(__file__).with_name("opener.py")
NAMESPACE = ["--mount"] if os.geteuid() == 0 else ["--user", "--map-root-user", "--mount"]
needs_own_mounts = pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", *NAMESPACE, "true"], capture_output=True).returncode != 0,
    reason="mounts a small or read-only disk, which takes Linux with mount namespaces",
)


def _write_on(mount: str, folder: Path, *arguments: str) -> dict[str, Any]:
    """Runs the writer where `folder` has been mounted over, for that process only."""
    url = f"sqlite:///{folder / 'interviewer.db'}"
    done = subprocess.run(
        [
            "unshare", *NAMESPACE, "sh", "-c", f'folder=$1; shift; {mount} && exec "$@"', "sh",
            str(folder), sys.executable, str(OPENER), url, "one", *arguments,
        ],
        input="go\n", capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


@needs_own_mounts
@pytest.mark.parametrize(("kilobytes", "at_least"), [(40, 0), (600, 2)])
def test_a_full_disk_is_reported_and_what_was_stored_stays_readable(
    tmp_path: Path, kilobytes: int, at_least: int
) -> None:
    mount = f'mount -t tmpfs -o size={kilobytes}k tmpfs "$folder"'
    outcome = _write_on(mount, tmp_path, "100", "20000")
    assert outcome["error"] == "StoreUnwritable"
    assert at_least <= outcome["stored"] < 100
    assert "interviewer.db" in outcome["message"]
    assert "full" in outcome["message"] or "No space" in outcome["message"]


READ_ONLY = 'mount --bind "$folder" "$folder" && mount -o remount,bind,ro "$folder"'


@needs_own_mounts
def test_an_empty_folder_that_is_read_only_is_reported(tmp_path: Path) -> None:
    outcome = _write_on(READ_ONLY, tmp_path)
    assert outcome["error"] == "StoreUnwritable"
    assert "Read-only file system" in outcome["message"]


@needs_own_mounts
async def test_a_database_in_a_folder_that_is_read_only_is_reported(tmp_path: Path) -> None:
    await upgrade(f"sqlite:///{tmp_path / 'interviewer.db'}")
    outcome = _write_on(READ_ONLY, tmp_path)
    assert outcome["error"] == "StoreUnwritable"
    assert str(tmp_path) in outcome["message"]


async def test_a_folder_that_cannot_exist_is_reported(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    file = tmp_path / "taken" / "interviewer.db"
    with pytest.raises(StoreUnwritable, match=f"{file} cannot be written"):
        await Database(f"sqlite:///{file}").open()


async def test_a_file_that_is_no_database_is_reported_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("my notes\n" * 200)
    with pytest.raises(StoreError, match=f"{file} is not an SQLite database"):
        async with Database(f"sqlite:///{file}"):
            pass
    assert file.read_text() == "my notes\n" * 200


async def test_a_lock_held_by_another_program_is_reported_and_nothing_is_written(
    tmp_path: Path,
    log_on: Callable[[Database], EventLog[Any]],
    said: Callable[..., Any],
) -> None:
    file = tmp_path / "interviewer.db"
    async with Database(f"sqlite:///{file}?timeout=0.2") as database:
        log = log_on(database)
        await log.create("one", "ada", "t", "r", "offline", [said("hello")])
        with closing(sqlite3.connect(file)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreUnwritable, match=f"{file} is locked by another program"):
                await log.append("one", [said("x")], 1, owner="ada")
            assert len(await log.load("one", owner="ada")) == 1
        assert await log.append("one", [said("x")], 1, owner="ada") == 2


async def test_reading_does_not_wait_for_a_writer(
    tmp_path: Path, log_on: Callable[[Database], EventLog[Any]], said: Callable[..., Any]
) -> None:
    async with Database(f"sqlite:///{tmp_path / 'i.db'}") as database:
        log = log_on(database)
        await log.create("one", "ada", "t", "r", "offline", [said("hello")])
        async with database.session():
            assert len(await log.load("one", owner="ada")) == 1


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"port": 1}, "127.0.0.1:1, database 'postgres' cannot be reached"),
        ({"host": "db.invalid"}, "db.invalid:5432, database 'postgres' cannot be reached"),
        ({"database": "no_such_database"}, "'no_such_database' does not exist"),
        ({"username": "no_such_user"}, "refused the"),
    ],
    ids=["closed port", "no such host", "no such database", "no such user"],
)
async def test_a_postgresql_problem_names_the_server_and_not_the_password(
    postgresql_database: str, change: dict[str, Any], expected: str
) -> None:
    server = make_url(postgresql_database).set(password="s3cret", database="postgres")
    url = server.set(**change).render_as_string(hide_password=False)
    database = Database(url)
    with pytest.raises(StoreError) as failed:
        await database.open()
    await database.close()
    assert expected in str(failed.value)
    assert "s3cret" not in str(failed.value)


@pytest.mark.enable_socket
async def test_a_read_only_postgresql_is_unwritable(
    postgresql_url: str,
    on_postgresql: Callable[..., Awaitable[None]],
    log_on: Callable[[Database], EventLog[Any]],
    said: Callable[..., Any],
) -> None:
    name = make_url(postgresql_url).database
    async with Database(postgresql_url) as database:
        log = log_on(database)
        await log.create("one", "ada", "t", "r", "offline", [said("hello")])
        await on_postgresql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        try:
            await database.close()
            with pytest.raises(StoreUnwritable, match="is read-only"):
                await log.append("one", [said("x")], 1, owner="ada")
            assert len(await log.load("one", owner="ada")) == 1
        finally:
            await on_postgresql(
                "SET default_transaction_read_only = off",
                f"ALTER DATABASE {name} RESET default_transaction_read_only",
            )


@pytest.mark.enable_socket
async def test_after_the_server_drops_its_connections_the_next_append_works(
    postgresql_url: str,
    on_postgresql: Callable[..., Awaitable[None]],
    log_on: Callable[[Database], EventLog[Any]],
    said: Callable[..., Any],
) -> None:
    async with Database(postgresql_url) as database:
        log = log_on(database)
        await log.create("one", "ada", "t", "r", "offline", [said("hello")])
        await on_postgresql(DROP_ALL_OTHERS)
        assert await log.append("one", [said("x")], 1, owner="ada") == 2


@pytest.mark.enable_socket
async def test_a_connection_lost_within_a_transaction_is_reported(
    postgresql_url: str, on_postgresql: Callable[..., Awaitable[None]]
) -> None:
    async with Database(postgresql_url) as database:

        async def lose_it() -> None:
            async with database.session() as session:
                await session.execute(text("SELECT 1"))
                await on_postgresql(DROP_ALL_OTHERS)
                await session.execute(text("SELECT 1"))

        with pytest.raises(StoreError, match=r"PostgreSQL at .* closed the connection"):
            await lose_it()


DROP_ALL_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
