"""Running queries over the invented bank, each in a process of its own that can be killed.

The process holds the bank in memory and nothing else. DuckDB is locked down in it (no files, extensions,
other databases or settings; one SELECT, by DuckDB's own parser) and it limits its own memory, processor
time and file size. It is not in bubblewrap, as a candidate's Python is: the interpreter there has no
site-packages. A fault in DuckDB itself would therefore run with the rights of the server's user.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path

from interviewer.domain.sql_problem import MOST_CHARACTERS, BankTable, SqlProblem
from interviewer.domain.sql_result import Result, SqlFinding
from interviewer.domain.sql_run import NotRun, SqlRun, judged
from interviewer.domain.value import Value
from interviewer.errors import CodeNotRun
from interviewer.workbench.at_once import RUNS_AT_ONCE
from interviewer.workbench.sql.bank import SEED, bank
from interviewer.workbench.submission import checked_submission

CHILD = Path(__file__).with_name("child.py")
_MESSAGE_CHARS = 600
_OTHER_SEED = SEED + 1
_ELSEWHERE = "Right on the rows you saw, and not on other rows of the same tables."


class SqlLimits(Value):
    """What a query may use."""

    wall_s: float = 15.0
    cpu_s: int = 5
    memory_bytes: int = 256 << 20
    process_bytes: int = 1400 << 20
    rows: int = 20_000
    columns: int = 50
    cell_chars: int = 2_000
    result_chars: int = 2_000_000


class SqlRunner:
    """Runs queries, few at once; remembers what the references return.

    Belongs to one event loop, whose callers wait for each other.
    """

    def __init__(self, limits: SqlLimits | None = None, *, at_once: int = RUNS_AT_ONCE) -> None:
        """Takes limits other than the usual ones, and how many may run at once."""
        self._limits = limits or SqlLimits()
        self._turn = asyncio.Semaphore(at_once)
        self._expected: dict[tuple[str, int], Result] = {}
        self._samples: dict[tuple[BankTable, int], Result] = {}

    async def run(self, problem: SqlProblem, query: str) -> SqlRun:
        """Runs a candidate's query and compares it with the reference.

        One that is right is run once more over other rows of the same tables, so that values copied
        from a result do not pass for a query.

        Raises:
            CodeNotRun: The process that runs queries failed; the query may be sent again.
        """
        run = await self._compared(problem, query, SEED)
        if not run.is_right:
            return run
        again = await self._compared(problem, query, _OTHER_SEED)
        if again.is_right:
            return run
        return again.model_copy(update={"message": f"{_ELSEWHERE} {again.message}"})

    async def _compared(self, problem: SqlProblem, query: str, seed: int) -> SqlRun:
        outcome = await self.result(query, problem.tables, seed)
        expected = Result(columns=(), rows=())
        if isinstance(outcome, Result):
            expected = await self.expected(problem, seed)
        return judged(problem, expected, outcome)

    async def expected(self, problem: SqlProblem, seed: int = SEED) -> Result:
        """What the problem's reference returns, worked out once.

        Raises:
            CodeNotRun: It could not be run.
        """
        if (problem.id, seed) not in self._expected:
            found = await self.result(problem.reference, problem.tables, seed)
            if isinstance(found, NotRun):
                raise CodeNotRun(f"the reference of {problem.id} was not run: {found.message}")
            self._expected[problem.id, seed] = found
        return self._expected[problem.id, seed]

    async def sample(self, table: BankTable, rows: int = 3) -> Result:
        """The first rows of a table, read once.

        Raises:
            CodeNotRun: They could not be read.
        """
        if (known := self._samples.get((table, rows))) is not None:
            return known
        found = await self.result(f"SELECT * FROM {table} ORDER BY ALL LIMIT {rows:d}", (table,))  # noqa: S608
        if isinstance(found, NotRun):
            raise CodeNotRun(f"{table} could not be read: {found.message}")
        self._samples[table, rows] = found
        return found

    async def result(
        self, query: str, tables: tuple[BankTable, ...], seed: int = SEED
    ) -> Result | NotRun:
        """What a query returns over these tables as a seed fills them, or why it returned nothing.

        Raises:
            CodeNotRun: The process that runs queries failed.
        """
        if len(query) > MOST_CHARACTERS:
            said = f"the query has {len(query):,} characters; at most {MOST_CHARACTERS:,} are run"
            return NotRun(finding=SqlFinding.REFUSED, message=f"Not run: {said}.")
        if "\0" in query:
            return NotRun(finding=SqlFinding.REFUSED, message="Not run: the query is no text.")
        request = {
            "query": query.encode("utf-8", "replace").decode(),
            "tables": [t.model_dump() for t in bank(seed) if t.name in tables],
            "limits": self._limits.model_dump(exclude={"wall_s"}),
        }
        async with self._turn:
            code, out = await self._ran(json.dumps(request).encode())
        return _read(code, out)

    async def _ran(self, request: bytes) -> tuple[int | None, bytes]:
        """Exit code and output of a child; None for the code if its time was over."""
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                str(CHILD),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": "/nonexistent"},
                start_new_session=True,
            )
        except OSError as error:
            said = error.strerror or error
            raise CodeNotRun(f"no process can be started for queries here: {said}") from None
        try:
            async with asyncio.timeout(self._limits.wall_s):
                out, _ = await process.communicate(request)
        except TimeoutError:
            return None, b""
        finally:
            # Also when whoever waits is cancelled.
            if process.returncode is None:
                process.kill()
                await process.wait()
        return process.returncode, out


_STOPPED = "The query was stopped: {}."
_NO_ENGINE = "queries are not run here: DuckDB cannot be loaded (install the product again)"
_SAID = {
    "error": "The query cannot be run: {}",
    "refused": "Not run: {}.",
    "memory": _STOPPED,
    "time": _STOPPED,
    "too-large": _STOPPED,
}
_LATE = {"status": "time", "message": "it had not come to an end when its time was over"}
_KILLED = {"status": "memory", "message": "it needs more memory than it may have"}
_OUT_OF_TIME = (None, -signal.SIGXCPU, -signal.SIGKILL)
_OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS)


def _read(code: int | None, out: bytes) -> Result | NotRun:
    if code in _OUT_OF_TIME:
        return _not_run(_LATE)
    if code in _OUT_OF_MEMORY:
        return _not_run(_KILLED)
    try:
        found = json.loads(out)
        if found["status"] == "no-engine":
            raise CodeNotRun(_NO_ENGINE)
        if found["status"] == "ok":
            del found["status"]
            return Result.model_validate(found)
        return _not_run(found)
    except (ValueError, KeyError):
        raise CodeNotRun("the query's process failed; send the query again") from None


def checked_query(query: str) -> None:
    """Refuses what cannot be a query before it is stored.

    Raises:
        NotText: It is binary, or there is nothing in it.
        AnswerTooLong: It is longer than a submission may be.
    """
    checked_submission(query, "query")


def _not_run(found: dict[str, str]) -> NotRun:
    message = _SAID[found["status"]].format(found["message"].strip()[:_MESSAGE_CHARS])
    return NotRun.model_validate({"finding": found["status"], "message": message})
