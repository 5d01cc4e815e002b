"""Brings a database to a schema revision, one process at a time.

Imports Alembic: import this module only when a migration is due.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from filelock import AsyncFileLock, Timeout
from sqlalchemy import text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import IntegrityError

from interviewer.errors import MigrationFailed, StoreError, StoreUnwritable
from interviewer.store.address import address, is_sqlite, place, sqlite_file
from interviewer.store.engine import MIGRATIONS, make_engine
from interviewer.store.failures import explained

WAIT_S = 60
# Any constant that no other program uses on the same PostgreSQL database.
ADVISORY_LOCK = 0x1A7E_12B1


async def upgrade(url: str | URL, revision: str = "head") -> None:
    """Migrates up to a revision; does nothing when the database is there already.

    All revisions run in one transaction: afterwards the schema is the new one or the old one.

    Raises:
        StoreUnwritable: The file or folder cannot be written, or another process migrates for
            longer than a minute.
        MigrationFailed: A revision failed; the schema is as it was.
    """
    await _migrate(url, lambda config: command.upgrade(config, revision))


async def downgrade(url: str | URL, revision: str) -> None:
    """Migrates down to a revision; `base` removes every table.

    Raises:
        StoreUnwritable: As for `upgrade`.
        MigrationFailed: As for `upgrade`.
    """
    await _migrate(url, lambda config: command.downgrade(config, revision))


async def _migrate(url: str | URL, step: Callable[[Config], None]) -> None:
    where = address(url)
    try:
        with explained(where):
            async with _one_at_a_time(where):
                await _run(where, step)
    except StoreUnwritable:
        raise
    except (StoreError, CommandError, IntegrityError) as error:
        raise MigrationFailed(
            f"the schema of {place(where)} could not be changed and is as it was: {error}"
        ) from error


async def _run(where: URL, step: Callable[[Config], None]) -> None:
    engine = make_engine(where, purpose="migrate")
    try:
        async with engine.begin() as connection:
            if not is_sqlite(where):
                # Released with the transaction, so a killed process leaves no lock behind.
                await connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_S}s'"))
                await connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})"))
            await connection.run_sync(lambda sync: step(_config(sync)))
            if is_sqlite(where):
                await connection.run_sync(_check_foreign_keys)
    finally:
        await engine.dispose()


@asynccontextmanager
async def _one_at_a_time(where: URL) -> AsyncIterator[None]:
    """On SQLite, a lock file; PostgreSQL's advisory lock needs the connection (`_run`).

    Without it, four processes that switched one new file to WAL at once were told "database is
    locked" in 9 of 160 cases, whatever their timeout (SQLite 3.40).
    """
    if not is_sqlite(where):
        yield
        return
    file = sqlite_file(where)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        async with AsyncFileLock(file.with_name(f"{file.name}.lock"), timeout=WAIT_S):
            yield
    except Timeout as error:
        raise StoreUnwritable(
            f"{file} is being migrated by another process for more than {WAIT_S} s: close that one"
        ) from error


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    if orphans:
        raise StoreError(f"{len(orphans)} rows would be left without their parent row")


def _config(connection: Connection) -> Config:
    config = Config()
    # ConfigParser expands per cent signs, which a folder's name may contain.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
