"""From every earlier schema to the newest and back, on both databases, keeping every row."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from filelock import FileLock
from sqlalchemy import Connection, inspect, text

from interviewer.errors import MigrationFailed, StoreError
from interviewer.store.engine import Database, make_engine, revisions
from interviewer.store.event_log import EventLog
from interviewer.store.migrate import ADVISORY_LOCK, downgrade, upgrade
from interviewer.store.tables import Row

OPENER = Path(__file__).with_name("opener.py")
T = TypeVar("T")
TABLES = set(Row.metadata.tables)
NEWEST = revisions()[-1]


async def _look(url: str, question: Callable[[Connection], T]) -> T:
    engine = make_engine(url, purpose="read")
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(question)
    finally:
        await engine.dispose()


async def _execute(url: str, *statements: str) -> None:
    engine = make_engine(url)
    try:
        async with engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()


async def _revision(url: str) -> str:
    query = text("SELECT version_num FROM alembic_version")
    return await _look(url, lambda c: str(c.execute(query).scalar_one()))


async def _counts(url: str) -> dict[str, int]:
    def count(connection: Connection) -> dict[str, int]:
        names = TABLES & set(inspect(connection).get_table_names())
        query = "SELECT count(*) FROM "
        return {n: connection.execute(text(query + n)).scalar_one() for n in sorted(names)}

    return await _look(url, count)


async def _fill_0001(url: str) -> None:
    at = "'2026-11-22 12:00:00+00'" if url.startswith("postgres") else "'2026-11-22 12:00:00'"
    payload = json.dumps({"type": "said", "at": "2026-11-22T12:00:00Z", "text": "kept"})
    interview = f"('i{{0}}', 'ada', 't', 'r', 'offline', 'active', {at}, {at})"
    await _execute(
        url,
        "INSERT INTO interviews (id, owner, track, round, engine, state, created_at, updated_at) "
        f"VALUES {interview.format(1)}, {interview.format(2)}",
        "INSERT INTO events (interview_id, seq, owner, type, payload, at) VALUES "
        + ", ".join(
            f"('i1', {n}, 'ada', 'said', '{payload}', {at})".replace(":", "\\:") for n in (1, 2)
        ),
        f"INSERT INTO drafts (interview_id, owner, text, saved_at) VALUES ('i1', 'ada', 'd', {at})",
    )


async def test_an_empty_database_gets_the_newest_schema(url: str) -> None:
    await upgrade(url)
    assert await _revision(url) == NEWEST == "0007"
    assert set(await _counts(url)) == TABLES


async def test_models_and_migrations_describe_the_same_schema(url: str) -> None:
    await upgrade(url)

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Row.metadata))

    assert await _look(url, differences) == []


async def test_opening_migrates_a_0001_database_and_keeps_its_rows(
    url: str, log_on: Callable[[Database], EventLog[Any]]
) -> None:
    await upgrade(url, "0001")
    await _fill_0001(url)
    async with Database(url) as database:
        log = log_on(database)
        assert [s.event.text for s in await log.load("i1", owner="ada")] == ["kept", "kept"]
        assert {i.title for i in await log.listing("ada")} == {""}
    assert await _revision(url) == NEWEST


async def test_every_step_down_and_up_again_keeps_the_child_rows(url: str) -> None:
    await upgrade(url, "0001")
    await _fill_0001(url)
    filled = {"drafts": 1, "events": 2, "interviews": 2}
    assert await _counts(url) == filled
    await upgrade(url)
    assert await _counts(url) == dict.fromkeys(TABLES, 0) | filled
    await downgrade(url, "0001")
    assert await _counts(url) == filled
    await upgrade(url)
    assert (await _counts(url))["events"] == 2
    await downgrade(url, "base")
    assert await _counts(url) == {}


async def test_a_deleted_interview_takes_its_rows_along(url: str) -> None:
    await upgrade(url, "0001")
    await _fill_0001(url)
    await upgrade(url)
    await _execute(url, "DELETE FROM interviews WHERE id = 'i1'")
    counts = await _counts(url)
    assert (counts["interviews"], counts["events"], counts["drafts"]) == (1, 0, 0)


async def test_a_migration_that_fails_leaves_the_schema_as_it_was(url: str) -> None:
    await upgrade(url, "0001")
    await _fill_0001(url)
    await _execute(url, "CREATE TABLE critiques (id INTEGER)")
    with pytest.raises(MigrationFailed, match="is as it was"):
        async with Database(url):
            pass
    assert await _revision(url) == "0001"
    columns = await _look(url, lambda c: {k["name"] for k in inspect(c).get_columns("interviews")})
    assert "title" not in columns
    assert (await _counts(url))["events"] == 2


async def test_a_database_of_a_newer_version_is_left_alone(url: str) -> None:
    await upgrade(url)
    await _execute(url, "UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreError, match=r"'0999'.*written by a newer version"):
        await Database(url).open()
    assert await _revision(url) == "0999"


@pytest.mark.slow
async def test_processes_that_start_together_on_nothing_all_succeed(
    url: str, tmp_path: Path
) -> None:
    if url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'new' / 'folder' / 'interviewer.db'}"
    outcomes = _open_together(url, processes=3)
    assert [outcome["error"] for outcome in outcomes] == [None] * 3
    assert await _revision(url) == NEWEST
    counts = await _counts(url)
    assert (counts["interviews"], counts["events"]) == (3, 15)


async def test_it_waits_while_another_process_migrates(url: str) -> None:
    database = Database(url)
    async with _another_migration(url):
        opening = asyncio.create_task(database.open())
        await asyncio.sleep(0.5)
        assert not opening.done()
        assert await _counts(url) == {}
    await opening
    await database.close()
    assert await _revision(url) == NEWEST


@asynccontextmanager
async def _another_migration(url: str) -> AsyncIterator[None]:
    if url.startswith("sqlite"):
        with FileLock(url.removeprefix("sqlite:///") + ".lock"):
            yield
        return
    engine = make_engine(url)
    async with engine.begin() as connection:
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
        yield
    await engine.dispose()


async def test_opening_a_current_schema_does_not_import_alembic(url: str) -> None:
    await upgrade(url)
    (outcome,) = _open_together(url, processes=1)
    assert outcome == {"error": None, "message": None, "stored": 5, "alembic": False}


async def test_opening_an_empty_database_imports_alembic(url: str) -> None:
    (outcome,) = _open_together(url, processes=1)
    assert outcome["alembic"] is True


def _open_together(url: str, processes: int) -> list[dict[str, Any]]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    started = [
        subprocess.Popen(
            [sys.executable, str(OPENER), url, f"by-{number}", "5"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for number in range(processes)
    ]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [json.loads(process.communicate(timeout=60)[0]) for process in started]
