"""Everything of one owner in the database: read for an export, or erased for good.

Both go through every table that has an owner, so that no table can be forgotten.
"""

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from interviewer.errors import StoreUnwritable
from interviewer.store.address import BUSY_TIMEOUT_S, sqlite_file
from interviewer.store.engine import Database, make_engine
from interviewer.store.failures import explained
from interviewer.store.tables import Row


def owned_tables() -> tuple[str, ...]:
    """Names of the tables with an owner, parents first."""
    return tuple(table.name for table in Row.metadata.sorted_tables if "owner" in table.columns)


async def rows(database: Database, owner: str, table: str) -> list[dict[str, Any]]:
    """The owner's rows of one table, as plain JSON values.

    Raises:
        StoreError: The database failed.
    """
    found_in = Row.metadata.tables[table]
    query = (
        select(*found_in.columns)
        .where(found_in.columns["owner"] == owner)
        .order_by(*found_in.primary_key.columns)
    )

    async def found(session: AsyncSession) -> list[dict[str, Any]]:
        return [dict(row) for row in (await session.execute(query)).mappings()]

    document = json.dumps(await database.read(found), default=lambda value: value.isoformat())
    plain: list[dict[str, Any]] = json.loads(document)
    return plain


async def erase(database: Database, owner: str) -> dict[str, int]:
    """Deletes every row of the owner, and the bytes they leave behind; gives counts by table.

    On SQLite the freed pages are overwritten, the file is rewritten and its log cut. On PostgreSQL
    dead rows are vacuumed; its write-ahead log and backups are the server's business.

    Raises:
        StoreUnwritable: The rows are gone, but another program holds the file open, so that old
            bytes may still be in it.
        StoreError: The database failed; nothing was deleted.
    """
    counts: dict[str, int] = {}

    async def remove(session: AsyncSession) -> None:
        for name in reversed(owned_tables()):
            table = Row.metadata.tables[name]
            mine = table.columns["owner"] == owner
            counts[name] = int(
                await session.scalar(select(func.count()).select_from(table).where(mine)) or 0
            )
            await session.execute(delete(table).where(mine))

    await database.write(remove)
    if database.is_sqlite:
        await _scrub_sqlite(database)
    else:
        await _vacuum_postgresql(database)
    return counts


async def _scrub_sqlite(database: Database) -> None:
    """Rewrites the file: VACUUM copies live rows only, and the cut log held the old pages."""
    await database.close()
    file = sqlite_file(database.url)
    try:
        busy = await asyncio.to_thread(_rewritten, file)
    except sqlite3.OperationalError:
        busy = True
    if busy:
        raise StoreUnwritable(
            f"your rows are deleted, but another program has {file} open, so old bytes may still "
            "be in it: stop that program and give the command again"
        )


def _rewritten(file: Path) -> bool:
    """Rewrites the file; says whether somebody else kept its log from being cut."""
    connection = sqlite3.connect(file, timeout=float(BUSY_TIMEOUT_S), isolation_level=None)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return bool(busy)


async def _vacuum_postgresql(database: Database) -> None:
    engine = make_engine(database.url)
    try:
        with explained(database.url):
            async with engine.connect() as connection:
                outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
                for name in owned_tables():
                    await outside.execute(text(f'VACUUM "{name}"'))
    finally:
        await engine.dispose()
