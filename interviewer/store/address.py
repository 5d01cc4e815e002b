"""A database address as people write it, made into one that SQLAlchemy's async drivers take."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from interviewer.errors import SettingError

BUSY_TIMEOUT_S = "15"
"""How long SQLite waits for another program's lock; `?timeout=` in the URL overrides it."""

_POSTGRESQL = {"postgres", "postgresql"}
# libpq spellings, found in the URLs that hosting providers hand out; asyncpg knows other names.
_OPTIONS = {"sslmode": "ssl", "ssl": "ssl", "host": "host", "port": "port"}


def address(url: str | URL) -> URL:
    """Normalises a database URL to `sqlite+aiosqlite` or `postgresql+asyncpg`.

    `postgres://`, `postgresql://` and any explicit driver are accepted; libpq's `sslmode` is
    translated.

    Raises:
        SettingError: Not a URL, another database, an option asyncpg does not know, or SQLite
            without a file. The message never repeats the URL, which may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingError(
            "DATABASE_URL cannot be read as a URL; write postgresql://user:password@host:5432/name "
            "(special characters in the password percent-encoded)"
        ) from None
    kind = parsed.drivername.partition("+")[0]
    if kind == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise SettingError(
                "the SQLite URL names no file; write sqlite:////folder/interviewer.db"
            )
        timeout = parsed.query.get("timeout", BUSY_TIMEOUT_S)
        return parsed.set(drivername="sqlite+aiosqlite", query={"timeout": timeout})
    if kind not in _POSTGRESQL:
        raise SettingError(f"DATABASE_URL starts with {kind!r}; use postgresql:// or sqlite:///")
    return parsed.set(drivername="postgresql+asyncpg", query=_asyncpg_options(parsed))


def is_sqlite(url: URL) -> bool:
    """Whether a normalised URL is SQLite."""
    return url.get_backend_name() == "sqlite"


def sqlite_file(url: URL) -> Path:
    """The file of a normalised SQLite URL."""
    return Path(str(url.database))


def place(url: URL) -> str:
    """Names the database for a message: the SQLite file, or host, port and name. No password."""
    if is_sqlite(url):
        return str(sqlite_file(url))
    host = url.host or url.query.get("host") or "localhost"
    return f"PostgreSQL at {host}:{url.port or 5432}, database {url.database or url.username!r}"


def _asyncpg_options(url: URL) -> dict[str, str | tuple[str, ...]]:
    options: dict[str, str | tuple[str, ...]] = {}
    for name, value in url.query.items():
        if name not in _OPTIONS:
            raise SettingError(
                f"DATABASE_URL has the option {name!r}; known: {', '.join(sorted(_OPTIONS))}"
            )
        options[_OPTIONS[name]] = value
    return options
