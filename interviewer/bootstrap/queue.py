"""The job queue on PostgreSQL (Procrastinate): handing rows to workers, and being a worker.

Jobs run at least once, and a row's grade is written once, so a job may be repeated at will. A worker
that dies leaves its jobs in the state `doing`; the others take them back (`_retry_stalled`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from interviewer.bootstrap.content import LOCAL_OWNER, now
from interviewer.bootstrap.product import Product
from interviewer.errors import SettingError, SpendLimitReached, StoreError
from interviewer.practice.answer_rows import Row
from interviewer.practice.bulk_grading import PatientGrader, graded_row
from interviewer.practice.queued import CHUNK, QueuedBulk, batch_of
from interviewer.settings import Settings
from interviewer.store.address import place
from interviewer.store.batches import Batches
from interviewer.store.engine import Database

if TYPE_CHECKING:
    from procrastinate import App, JobContext

GRADE_ROWS = "interviewer.grade_rows"
_HEARTBEAT_S, _STALLED_S = 3.0, 12.0
"""How often a worker shows that it lives, and after what silence its jobs are taken back."""
_TRIES = 5
_ADVISORY_LOCK = 0x1A7E_12B2


@asynccontextmanager
async def queued_bulk(chosen: Settings, source: Path, out: Path) -> AsyncIterator[QueuedBulk]:
    """A bulk critique whose rows go to workers.

    Raises:
        SettingError: There is no PostgreSQL.
        StoreError: It cannot be reached.
    """
    async with _opened(chosen) as (database, app):
        batch = batch_of(out)

        async def defer(jobs: list[list[int]]) -> None:
            from procrastinate.exceptions import AlreadyEnqueued

            for lines in jobs:
                task = app.configure_task(GRADE_ROWS, queueing_lock=f"{batch}:{lines[0] // CHUNK}")
                try:
                    await task.defer_async(owner=LOCAL_OWNER, batch=batch, lines=[*lines])
                except AlreadyEnqueued:
                    continue

        yield QueuedBulk(source, out, Batches(database, LOCAL_OWNER, batch, now), defer)


async def work(
    chosen: Settings, *, jobs: int, until_empty: bool = False, ready: Callable[[], None]
) -> None:
    """Grades rows until it is stopped.

    Args:
        chosen: The settings; with a model, a limit must be set.
        jobs: At once.
        until_empty: End when there is nothing to do.
        ready: Called once before the first job.

    Raises:
        SettingError: There is no PostgreSQL, or no limit to what a model may spend.
        SpendLimitReached: The limit is used up; the job in hand goes back.
        StoreError: The database cannot be reached.
    """
    if chosen.uses_model and chosen.spend_limit_tokens is None:
        raise SettingError(
            "a worker with a language model needs a limit: INTERVIEWER_SPEND_LIMIT_TOKENS=N"
        )
    async with _opened(chosen) as (database, app):
        product = Product(chosen, None)
        await asyncio.to_thread(product.prepare_rubrics)
        spent = asyncio.Event()
        _register(app, _Grading(product, database, spent))
        ready()
        worker = asyncio.ensure_future(
            app.run_worker_async(
                concurrency=jobs,
                wait=not until_empty,
                update_heartbeat_interval=_HEARTBEAT_S,
                stalled_worker_timeout=_STALLED_S,
                fetch_job_polling_interval=2,
                delete_jobs="successful",
            )
        )
        watch = asyncio.ensure_future(spent.wait())
        try:
            await asyncio.wait({worker, watch}, return_when=asyncio.FIRST_COMPLETED)
            if spent.is_set():
                raise SpendLimitReached("the limit is used up; the rows left wait for a worker")
            await worker
        finally:
            for task in (worker, watch):
                task.cancel()
            await asyncio.gather(worker, watch, return_exceptions=True)
            await product.close()


class _Grading:
    """What a worker does with a job."""

    def __init__(self, product: Product, database: Database, spent: asyncio.Event) -> None:
        self._product = product
        self._database = database
        self._spent = spent
        self._patient = PatientGrader(product.critic)

    async def __call__(self, *, owner: str, batch: str, lines: list[int]) -> None:
        batches = Batches(self._database, owner, batch, now)
        for waiting in await batches.ungraded(lines):
            row = Row(waiting.line, waiting.row_id, waiting.question, waiting.answer)
            try:
                if self._product.engine_name == "model":
                    (graded,) = await self._patient([row])
                else:
                    graded = await graded_row(self._product.critic, row)
            except SpendLimitReached:
                self._spent.set()
                raise
            await batches.grade(row.line, graded.model_dump(mode="json"))


def _register(app: "App", grading: _Grading) -> None:
    from procrastinate import RetryStrategy

    @app.task(
        name=GRADE_ROWS, retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=2), queue="grade"
    )
    async def grade_rows(owner: str, batch: str, lines: list[int]) -> None:
        await grading(owner=owner, batch=batch, lines=lines)

    @app.periodic(cron="* * * * * */5")
    @app.task(
        name="interviewer.retry_stalled",
        queue="housekeeping",
        queueing_lock="interviewer.retry_stalled",
        pass_context=True,
    )
    async def retry_stalled(_context: "JobContext", timestamp: int) -> None:
        del timestamp
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_S)
        for job in stalled:
            await app.job_manager.retry_job(job)


@asynccontextmanager
async def _opened(chosen: Settings) -> "AsyncIterator[tuple[Database, App]]":
    from procrastinate import App, PsycopgConnector
    from procrastinate.exceptions import ConnectorException
    from psycopg import Error as PsycopgError

    url = chosen.database_url.get_secret_value() if chosen.database_url else ""
    if not url.startswith(("postgres:", "postgresql")):
        raise SettingError("the queue needs PostgreSQL: set DATABASE_URL=postgresql://...")
    database = Database(chosen.database)
    await database.open()
    try:
        conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        app = App(connector=PsycopgConnector(conninfo=conninfo))
        try:
            await _apply_schema(conninfo, app.schema_manager.get_schema())
            async with app.open_async():
                yield database, app
        except (ConnectorException, PsycopgError) as error:
            raise StoreError(f"the queue on {place(database.url)} failed: {error}") from error
    finally:
        await database.close()


async def _apply_schema(conninfo: str, script: str) -> None:
    """Creates the queue's tables if there are none; one process at a time."""
    from psycopg import AsyncConnection

    async with await AsyncConnection.connect(conninfo) as connection:
        await connection.execute(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
        looked = await connection.execute("SELECT to_regclass('procrastinate_jobs')")
        if (await looked.fetchone()) == (None,):
            await connection.execute(script.encode())
