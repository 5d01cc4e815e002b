"""The database connection: SQLite in one file, or PostgreSQL.

SQLite gets one writing connection and several reading ones. Writers start with BEGIN IMMEDIATE: a
deferred transaction that reads first and writes later fails at once when another wrote in between,
whatever `busy_timeout` says (measured with 50 writers: 1,377 failures to 177 rows). One writing
connection beat the default pool, 310 to 277 rows/s, and cut the slowest per cent from 1.06 s to
0.24 s.
"""

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from sqlalchemy import JSON, DateTime, TypeDecorator, event, text
from sqlalchemy.engine import URL, Connection, Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from interviewer.errors import StoreError
from interviewer.store.address import address, is_sqlite, place, sqlite_file
from interviewer.store.failures import explained

T = TypeVar("T")

READERS = 4
"""Reading connections to SQLite."""
CONNECTIONS = 10
"""Connections to PostgreSQL per process; it allows 100 in all unless configured."""
CONNECT_TIMEOUT_S = 10
MIGRATIONS = Path(__file__).parent / "migrations"

Purpose = Literal["write", "read", "migrate"]

# Not JSONB: that refuses U+0000, which a pasted answer may hold, and the log keeps what was seen.
Json = JSON()
"""Column type for a document; text in both databases, and the same text."""


class UTCDateTime(TypeDecorator[dt.datetime]):
    """Aware UTC in, aware UTC out: SQLite drops the zone on the way."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, _dialect: Dialect) -> Any:
        """Refuses a naive time; anything else is stored as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any, _dialect: Dialect) -> dt.datetime | None:
        """Gives the time back as aware UTC."""
        if value is None:
            return None
        moment: dt.datetime = value
        if moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        return moment.astimezone(dt.UTC)


def make_engine(url: str | URL, *, purpose: Purpose = "write") -> AsyncEngine:
    """An engine for either database; connects to nothing yet.

    Args:
        url: As the user wrote it, or normalised.
        purpose: On SQLite, `write` is a pool of one that begins with BEGIN IMMEDIATE, `read` a
            pool that cannot write, `migrate` a writer without foreign keys.

    Raises:
        SettingError: The URL cannot be used.
    """
    where = address(url)
    # Errors are logged and shown: they must not carry a candidate's answer.
    options: dict[str, Any] = {
        "hide_parameters": True,
        "json_serializer": partial(json.dumps, allow_nan=False, separators=(",", ":")),
        "max_overflow": 0,
    }
    if not is_sqlite(where):
        options |= {"pool_pre_ping": True, "connect_args": {"timeout": CONNECT_TIMEOUT_S}}
        return create_async_engine(where, pool_size=CONNECTIONS, **options)
    engine = create_async_engine(where, pool_size=READERS if purpose == "read" else 1, **options)
    _prepare_sqlite(engine, purpose)
    return engine


def _prepare_sqlite(engine: AsyncEngine, purpose: Purpose) -> None:
    # Batch ALTER drops and recreates a table; with foreign keys on, that deletes every child row.
    # The pragma is ignored inside a transaction, so it is set as the connection opens.
    pragmas = [f"foreign_keys={'OFF' if purpose == 'migrate' else 'ON'}"]
    # FULL: an acknowledged answer survives a power cut, not only a killed process.
    pragmas += ["query_only=ON"] if purpose == "read" else ["journal_mode=WAL", "synchronous=FULL"]
    begin = "BEGIN" if purpose == "read" else "BEGIN IMMEDIATE"

    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


class Database:
    """One database, opened once per process.

    `async with Database(url) as database:` opens and closes it.
    """

    def __init__(self, url: str) -> None:
        """Takes the URL as the user wrote it.

        Raises:
            SettingError: The URL cannot be used.
        """
        self.url = address(url)
        self._writer = make_engine(self.url)
        self._reader = make_engine(self.url, purpose="read") if self.is_sqlite else self._writer
        self._running: set[asyncio.Task[Any]] = set()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self.close()

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file rather than a server."""
        return is_sqlite(self.url)

    async def open(self) -> None:
        """Brings the schema up to date; with a current schema that is two queries.

        Raises:
            StoreUnwritable: The file or folder cannot be written.
            MigrationFailed: The schema could not be brought up to date.
            StoreError: Unreachable or refused, or written by a newer version of the product.
        """
        try:
            await self._migrate_if_needed()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Lets what runs come to its end and closes every connection; it may be opened again."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)
        await self._reader.dispose()
        await self._writer.dispose()

    async def write(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Does the work in one transaction that may write, also if the caller is cancelled.

        Raises:
            As `session`.
        """
        return await self._unbroken(_within(self.session(), work))

    async def read(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Does the work in one transaction that only reads, also if the caller is cancelled.

        Raises:
            StoreError: The database could not be read, or on SQLite the work tried to write.
        """
        return await self._unbroken(_within(self._reading(), work))

    async def _unbroken(self, transaction: Coroutine[Any, Any, T]) -> T:
        """Carries a transaction to its end whoever waits for it.

        A connection whose query is cancelled may be left open by its driver: it then keeps its
        lock, and its thread keeps the process from ending.
        """
        task = asyncio.create_task(transaction)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """A transaction that may write: committed on leaving, rolled back on an error.

        Never open one inside another: SQLite has a single writing connection.

        Raises:
            StoreUnwritable: Read-only, full or locked; nothing was written.
            StoreError: Any other failure of the database.
            sqlalchemy.exc.IntegrityError: A constraint; only the caller knows its meaning.
        """
        with explained(self.url):
            async with (
                AsyncSession(self._writer, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncSession]:
        with explained(self.url):
            async with (
                AsyncSession(self._reader, expire_on_commit=False) as session,
                session.begin(),
            ):
                yield session

    async def _migrate_if_needed(self) -> None:
        known = revisions()
        stored = await self._stored_revision()
        if stored == known[-1]:
            return
        if stored is not None and stored not in known:
            raise StoreError(
                f"{place(self.url)} has schema {stored!r}, this version knows up to {known[-1]!r}: "
                "it was written by a newer version; update the product"
            )
        # Alembic is half a second of imports, which an up-to-date start should not pay.
        from interviewer.store.migrate import upgrade

        await upgrade(self.url)

    async def _stored_revision(self) -> str | None:
        with explained(self.url):
            # Connecting would create the file, and so hide a folder that cannot be written.
            if self.is_sqlite and not sqlite_file(self.url).exists():
                return None
            async with self._reader.connect() as connection:
                if not await connection.run_sync(_has_revision_table):
                    return None
                found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
        return None if found is None else str(found)


async def _within(
    transaction: AbstractAsyncContextManager[AsyncSession],
    work: Callable[[AsyncSession], Awaitable[T]],
) -> T:
    async with transaction as session:
        return await work(session)


def revisions() -> tuple[str, ...]:
    """Every schema revision this version knows, oldest first, read off the file names."""
    files = sorted((MIGRATIONS / "versions").glob("[0-9]*.py"))
    return tuple(file.stem.partition("_")[0] for file in files)


def _has_revision_table(connection: Connection) -> bool:
    return connection.dialect.has_table(connection, "alembic_version")
