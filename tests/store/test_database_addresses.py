"""URLs as people and hosting providers write them."""

from pathlib import Path

import pytest

from interviewer.errors import SettingError
from interviewer.store.address import address, place, sqlite_file


@pytest.mark.parametrize(
    "scheme", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg"]
)
def test_every_spelling_of_postgresql_uses_asyncpg(scheme: str) -> None:
    url = address(f"{scheme}://u:p%40ss@host:5433/name?sslmode=require")
    assert url.drivername == "postgresql+asyncpg"
    assert (url.password, url.port, dict(url.query)) == ("p@ss", 5433, {"ssl": "require"})
    assert address(url) == url


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite", "sqlite+pysqlite"])
def test_every_spelling_of_sqlite_uses_aiosqlite(scheme: str) -> None:
    url = address(f"{scheme}:////data/interviewer.db")
    assert url.drivername == "sqlite+aiosqlite"
    assert sqlite_file(url) == Path("/data/interviewer.db")
    assert address(url) == url


def test_a_place_is_named_without_its_password() -> None:
    url = address("postgresql://u:s3cret@db.bank.example/interviews")
    assert place(url) == "PostgreSQL at db.bank.example:5432, database 'interviews'"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("s3cret", "cannot be read as a URL"),
        ("postgresql://u:s3cret@host:port/name", "cannot be read as a URL"),
        ("mysql://u:s3cret@host/name", "starts with 'mysql'"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("postgresql://u:s3cret@host/name?channel_binding=s3cret", "option 'channel_binding'"),
    ],
)
def test_a_url_that_cannot_work_is_refused_without_repeating_it(url: str, reason: str) -> None:
    with pytest.raises(SettingError, match=reason) as refused:
        address(url)
    assert "s3cret" not in str(refused.value)
