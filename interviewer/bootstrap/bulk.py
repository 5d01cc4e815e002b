"""Assembling a bulk critique: processes for the offline engine, one process and many calls for a model."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing.connection import wait
from typing import NamedTuple

from interviewer.bootstrap.product import Product
from interviewer.errors import SettingError
from interviewer.practice.answer_rows import Row
from interviewer.practice.bulk import Grade
from interviewer.practice.bulk_grading import PatientGrader, graded_row
from interviewer.practice.graded_rows import GradedRow
from interviewer.settings import Settings

OFFLINE_BATCH = 8
"""Rows handed to a process together: some tenths of a second of work."""
MOST_WORKERS = 8
_DEEP = 2
"""Batches a process has in store, so that it never waits for the next."""


class BulkGrader(NamedTuple):
    """How to grade, in which portions, and how many of them at once."""

    grade: Grade
    batch: int
    concurrency: int


@asynccontextmanager
async def bulk_grader(
    chosen: Settings, *, workers: int | None = None, calls: int = 8
) -> AsyncIterator[BulkGrader]:
    """The grader of the engine in use.

    Args:
        chosen: The settings.
        workers: Processes of the offline engine; as many as there are processors unless given.
        calls: Calls to the model at once.

    Raises:
        SettingError: The model is in use and no limit is set to what may be spent.
    """
    if chosen.uses_model:
        if chosen.spend_limit_tokens is None:
            raise SettingError(
                "a bulk critique with a language model needs a limit: --spend-limit-tokens N, or "
                "INTERVIEWER_SPEND_LIMIT_TOKENS"
            )
        product = Product(chosen, None)
        try:
            yield BulkGrader(PatientGrader(product.critic), 1, calls)
        finally:
            await product.close()
        return
    count = workers or min(MOST_WORKERS, os.cpu_count() or 1)
    # The first of them would find the model's file missing, all of them would build it.
    await asyncio.to_thread(_ready, chosen)
    pool = ProcessPoolExecutor(
        count,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(chosen.model_copy(update={"embedding_threads": 1}),),
    )

    async def grade(rows: Sequence[Row]) -> Sequence[GradedRow]:
        return await asyncio.get_running_loop().run_in_executor(pool, _grade, list(rows))

    try:
        yield BulkGrader(grade, OFFLINE_BATCH, count * _DEEP)
    finally:
        pool.shutdown(cancel_futures=True)


def _ready(chosen: Settings) -> None:
    product = Product(chosen, None)
    product.prepare_rubrics()
    product.embedders.close()


_product: Product | None = None


def _begin(chosen: Settings) -> None:
    """Makes a process ready: Ctrl+C is the parent's to handle, and without it there is no work."""
    global _product
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _product = Product(chosen, None)


def _end_with_parent() -> None:
    """A process whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _grade(rows: list[Row]) -> list[GradedRow]:
    critic = _product.critic if _product is not None else None
    if critic is None:
        raise RuntimeError("the process was not made ready")

    async def run() -> list[GradedRow]:
        return [await graded_row(critic, row) for row in rows]

    return asyncio.run(run())
