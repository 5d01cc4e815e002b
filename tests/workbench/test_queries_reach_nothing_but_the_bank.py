"""Attacks on the runner of queries: each ends with a clear line, and nothing is left behind."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from interviewer.domain.sql_result import Result, SqlFinding
from interviewer.domain.sql_run import NotRun
from interviewer.workbench.sql.runner import CHILD, SqlLimits, SqlRunner

pytestmark = [pytest.mark.slow, pytest.mark.alone]

QUICK = SqlLimits(cpu_s=2, wall_s=30)
R, E, M = SqlFinding.REFUSED, SqlFinding.ERROR, SqlFinding.MEMORY

ATTACKS = {
    "SELECT * FROM read_csv('/etc/passwd')": (R, "files cannot be reached"),
    "SELECT content FROM read_text('/etc/passwd')": (R, "files cannot be reached"),
    "SELECT * FROM glob('/*')": (R, "files cannot be reached"),
    "SELECT * FROM '/etc/passwd'": (E, "does not exist"),
    "FROM duckdb_extensions()": (R, "files cannot be reached"),
    "COPY customers TO 'stolen.csv'": (R, "COPY is not allowed"),
    "EXPORT DATABASE 'stolen'": (R, "EXPORT is not allowed"),
    "ATTACH 'other.db'": (R, "ATTACH is not allowed"),
    "INSTALL httpfs": (R, "INSTALL is not allowed"),
    "LOAD httpfs": (R, "LOAD or INSTALL is not allowed"),
    "PRAGMA database_list": (R, "PRAGMA is not allowed"),
    "SET memory_limit = '99GB'": (R, "SET is not allowed"),
    "CALL enable_logging()": (R, "CALL is not allowed"),
    "FROM enable_logging()": (E, "configuration has been locked"),
    "SELECT getenv('PATH')": (E, "does not exist"),
    "DROP TABLE customers": (R, "DROP is not allowed"),
    "DELETE FROM customers RETURNING *": (R, "DELETE is not allowed"),
    "SELECT * FROM query('DROP TABLE customers')": (E, "Expected a single SELECT"),
    "SELECT 1; DROP TABLE customers": (R, "2 statements"),
    "SELECT 1 /* ; */ -- ;\n; DROP TABLE customers": (R, "2 statements"),
    "-- nothing": (R, "no statement"),
    "SELECT $1": (R, "parameters"),
    "SELECT " + "1+" * 5_000_000 + "1": (R, "at most 20,000"),
    "SELECT '\0'": (R, "no text"),
    "SELECT " + "(" * 9000 + "1" + ")" * 9000: (E, "expression depth"),
    "SELECT " + ", ".join(map(str, range(200))): (SqlFinding.TOO_LARGE, "200 columns"),
    "SELECT * FROM range(1000000) a, range(1000) b": (SqlFinding.TOO_LARGE, "20,000 rows"),
    "SELECT * FROM range(1000000) a, range(1000) b ORDER BY a.range * b.range": (M, "memory"),
    "SELECT repeat('x', 1000000000)": (M, "memory"),
    "WITH RECURSIVE r(s) AS (SELECT 'xxxxxxxx' UNION ALL SELECT s || s FROM r) SELECT count(*) FROM r": (M, "memory"),
    "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r": (SqlFinding.TIME, "its time was over"),
    "SELECT count(*) FROM range(100000) a, range(100000) b WHERE sqrt(a.range * b.range) % 2 <> 0.5": (SqlFinding.TIME, "its time was over"),
}  # fmt: skip


@pytest.fixture(autouse=True)
async def _nothing_is_left_behind() -> AsyncIterator[None]:
    before = _children()
    yield
    await _until(lambda: not _children() - before)


async def _until(holds: Callable[[], bool]) -> None:
    for _ in range(250):
        if holds():
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"processes: {_children()}")


def _children() -> set[str]:
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(CHILD).encode() in (process / "cmdline").read_bytes():
                found.add(process.name)
        except OSError:
            continue
    return found


@pytest.mark.parametrize("query", list(ATTACKS), ids=lambda query: query[:40])
async def test_an_attack_is_told_what_is_wrong_with_it(query: str, tmp_path: Path) -> None:
    kind, words = ATTACKS[query]
    outcome = await SqlRunner(QUICK).result(query, ("customers",))
    assert isinstance(outcome, NotRun), outcome.rows[:3]
    assert outcome.finding is kind
    assert words in outcome.message
    assert str(CHILD.parent) not in outcome.message
    assert os.listdir(tmp_path) == []  # noqa: PTH208 (not in an asynchronous function)


async def test_a_run_that_nobody_waits_for_any_more_is_ended() -> None:
    endless = (
        "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT count(*) FROM r"
    )
    running = asyncio.ensure_future(SqlRunner().result(endless, ("customers",)))
    await _until(lambda: bool(_children()))
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_after_a_query_too_many_the_next_one_runs() -> None:
    runner = SqlRunner(QUICK, at_once=1)
    bomb = "SELECT * FROM range(1000000) a, range(1000) b ORDER BY a.range * b.range"
    count = "SELECT count(*) FROM customers"
    outcomes = await asyncio.gather(*(runner.result(q, ("customers",)) for q in (bomb, count)))
    assert isinstance(outcomes[0], NotRun)
    assert isinstance(outcomes[1], Result)
    assert outcomes[1].rows == ((90,),)


async def test_values_that_json_does_not_know_come_as_text() -> None:
    query = (
        "SELECT 'nan'::DOUBLE, 'inf'::DOUBLE, 1::HUGEINT << 100, [1, NULL], DATE '2026-01-02', "
        "1234567890123456789.25::DECIMAL(38, 2), 0.1::DECIMAL(12, 2), repeat('x', 5000)"
    )
    outcome = await SqlRunner().result(query, ())
    assert isinstance(outcome, Result)
    *known, long = outcome.rows[0]
    assert known == [
        "nan",
        "inf",
        1 << 100,
        "[1, None]",
        "2026-01-02",
        "1234567890123456789.25",
        0.1,
    ]
    assert len(str(long)) == 2000
