"""What a driver's failure means to the person who runs the product."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from interviewer.errors import StoreError, StoreUnwritable
from interviewer.store.address import is_sqlite, place

# Primary result codes, https://www.sqlite.org/rescode.html (an extended code's low byte).
_SQLITE = {
    3: (StoreUnwritable, "may not be written: give this user write permission"),
    5: (StoreUnwritable, "is locked by another program: close it and try again"),
    6: (StoreUnwritable, "is locked by another program: close it and try again"),
    8: (StoreUnwritable, "is read-only: make the file and its folder writable"),
    10: (StoreUnwritable, "cannot be written: the disk failed, or is full or read-only"),
    11: (StoreError, "is damaged: restore a copy, or move the file away to start anew"),
    13: (StoreUnwritable, "cannot grow: the disk is full; free some space"),
    14: (StoreUnwritable, "cannot be opened: the folder is missing or may not be written"),
    26: (StoreError, "is not an SQLite database: move the file away, or name another"),
}
# SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "25006": (StoreUnwritable, "is read-only: point DATABASE_URL at the primary server"),
    "28000": (StoreError, "refused the user: check the name in DATABASE_URL"),
    "28P01": (StoreError, "refused the password: check DATABASE_URL"),
    "3D000": (StoreError, "does not exist: create it, or correct DATABASE_URL"),
    "42501": (StoreUnwritable, "may not be written by this user: grant the rights"),
    "53100": (StoreUnwritable, "cannot grow: the server's disk is full"),
    "53300": (StoreError, "has no connection free: try again, or raise max_connections"),
    "55P03": (StoreUnwritable, "is being migrated by another process: wait and try again"),
}


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turns the drivers' errors into `StoreError`s that say what to do.

    `IntegrityError` passes through: only the caller knows which rule was broken.

    Args:
        url: Normalised (`address.address`); named in messages without its password.

    Raises:
        StoreUnwritable: Read-only, full or locked; nothing was written.
        StoreError: Unreachable, refused, damaged, or any other failure of the database.
    """
    try:
        yield
    except IntegrityError:
        raise
    except PoolTimeout as error:
        raise StoreUnwritable(
            f"{place(url)} is too busy: nothing was written, try again"
        ) from error
    except DBAPIError as error:
        raise _from_driver(error, url) from error
    except OSError as error:
        raise _from_system(error, url) from error


def _from_driver(error: DBAPIError, url: URL) -> StoreError:
    if is_sqlite(url):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        found = _SQLITE.get(code)
    else:
        found = _POSTGRESQL.get(str(getattr(error.orig, "sqlstate", None)))
        if found is None and error.connection_invalidated:
            found = (
                StoreError,
                "closed the connection: load the interview again to see what was kept",
            )
    kind, advice = found or (StoreError, f"could not do what was asked: {error.orig}")
    return kind(f"{place(url)} {advice}")


def _from_system(error: OSError, url: URL) -> StoreError:
    reason = error.strerror or str(error) or type(error).__name__
    if is_sqlite(url):
        return StoreUnwritable(f"{place(url)} cannot be written: {reason}")
    return StoreError(
        f"{place(url)} cannot be reached ({reason}): start the server or correct DATABASE_URL"
    )
