"""An empty database of each kind, a log in it, and a union of events small enough to read."""

import datetime as dt
import os
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from interviewer.store.address import address
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog

SERVER = os.environ.get(
    "INTERVIEWER_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres"
)


class Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    type: Literal["said"] = "said"
    at: dt.datetime
    text: str


class Ended(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    type: Literal["ended"] = "ended"
    at: dt.datetime


ADAPTER: TypeAdapter[Any] = TypeAdapter(Annotated[Said | Ended, Field(discriminator="type")])
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.fixture
def said() -> Callable[..., Said]:
    def build(text: str, minutes: int = 0) -> Said:
        return Said(at=NOON + dt.timedelta(minutes=minutes), text=text)

    return build


@pytest.fixture(scope="session")
def postgresql_database() -> Iterator[str]:
    """A database of this test run's own, as a URL."""
    name = f"interviewer_test_{uuid.uuid4().hex[:12]}"
    _on_server(f"CREATE DATABASE {name}")
    yield make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(sql: str) -> None:
    # In a process of its own: a session's fixture ends while another test forbids sockets.
    script = (
        "import asyncio, asyncpg, sys\n"
        "async def main():\n"
        "    connection = await asyncpg.connect(sys.argv[1])\n"
        "    await connection.execute(sys.argv[2])\n"
        "    await connection.close()\n"
        "asyncio.run(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, SERVER, sql], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, f"PostgreSQL at {SERVER} must run: {done.stderr[-500:]}"


@pytest.fixture
def on_postgresql(postgresql_database: str) -> Callable[..., Awaitable[None]]:
    """Executes statements on the run's PostgreSQL database, one connection a call."""

    async def execute(*statements: str) -> None:
        engine = create_async_engine(address(postgresql_database), isolation_level="AUTOCOMMIT")
        async with engine.connect() as connection:
            for statement in statements:
                await connection.exec_driver_sql(statement)
        await engine.dispose()

    return execute


@pytest.fixture
async def postgresql_url(
    postgresql_database: str, on_postgresql: Callable[..., Awaitable[None]]
) -> str:
    """The run's PostgreSQL database, emptied."""
    await on_postgresql("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return postgresql_database


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.enable_socket)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'interviewer.db'}"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with Database(url) as opened:
        yield opened


@pytest.fixture
def now() -> list[dt.datetime]:
    """The clock's time; replace its one element to let time pass."""
    return [NOON]


@pytest.fixture
def log(database: Database, now: list[dt.datetime]) -> EventLog[Any]:
    return EventLog(database, ADAPTER, clock=lambda: now[0])


@pytest.fixture
def log_on(now: list[dt.datetime]) -> Callable[[Database], EventLog[Any]]:
    """A log on another connection, as another process would have it."""
    return lambda opened: EventLog(opened, ADAPTER, clock=lambda: now[0])


@pytest.fixture
async def interview(log: EventLog[Any], said: Callable[..., Said]) -> str:
    """Ada's interview, with one event."""
    interview_id = str(uuid.uuid4())
    await log.create(interview_id, "ada", "ai_pm", "screen", "offline", [said("hello")])
    return interview_id
