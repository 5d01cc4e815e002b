"""`critique FILE --out FILE`: every row of a file, with a progress bar, resumable."""

import asyncio
import shlex
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.printing import note, print_json, print_markdown, progress_bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from interviewer.domain.usage import Usage
    from interviewer.practice.bulk import Progress
    from interviewer.practice.bulk_summary import BulkSummary


def critique_file(
    source: Path,
    out: Path,
    *,
    page: Path | None,
    workers: int | None,
    calls: int,
    spend_limit_tokens: int | None,
    queue: bool,
    as_json: bool,
) -> None:
    """Grades the rows that are not in `out` yet, then says what they came to.

    Raises:
        InputError: A file cannot be used.
        BulkStopped: The limit is used up, or the disk is full.
    """
    from interviewer.bootstrap import settings
    from interviewer.bootstrap.bulk import bulk_grader
    from interviewer.practice.answer_rows import count_rows
    from interviewer.practice.bulk import Bulk, BulkStopped
    from interviewer.practice.graded_rows import GradedFile

    # Before the engine is made ready, which may take a minute.
    GradedFile(out)
    count_rows(source)
    chosen = settings()
    if spend_limit_tokens is not None:
        chosen = chosen.model_copy(update={"spend_limit_tokens": spend_limit_tokens})
    bulk: Bulk | None = None

    async def run() -> None:
        nonlocal bulk
        if queue:
            from interviewer.bootstrap.queue import queued_bulk

            async with queued_bulk(chosen, source, out) as bulk:
                with _bar(source.name) as progress:
                    await bulk.run_queued(progress, lambda: note(_NO_WORKER))
            return
        async with bulk_grader(chosen, workers=workers, calls=calls) as grader:
            bulk = Bulk(source, out, batch=grader.batch, concurrency=grader.concurrency)
            with _bar(source.name) as progress:
                await bulk.run(grader.grade, progress)

    try:
        asyncio.run(run())
    except (BulkStopped, KeyboardInterrupt):
        if bulk is not None:
            note(bulk.summary.markdown())
        note(f"Stopped; what is in {out} counts. Go on with: {_again()}")
        raise
    if bulk is None:
        raise RuntimeError("the run ended without a beginning")
    _report(bulk.summary, source, page, as_json=as_json)


def _report(summary: "BulkSummary", source: Path, page: Path | None, *, as_json: bool) -> None:
    if page is not None:
        page.write_text(summary.page(f"Critiques of {source.name}"), encoding="utf-8")
    if as_json:
        print_json(summary.document())
    else:
        print_markdown(summary.markdown())


_NO_WORKER = (
    "Nothing has come back yet: is `interviewer worker` running, with the same DATABASE_URL?"
)


def _again() -> str:
    return shlex.join(["interviewer", *sys.argv[1:]])


@contextmanager
def _bar(label: str) -> "Iterator[Progress]":
    """A bar that also tells what was spent; the number of rows is a guess, and may be passed."""
    with progress_bar(label) as show:
        yield lambda done, of, usage: show(done, max(of, done), _spent(usage))


def _spent(usage: "Usage") -> str:
    if not usage.calls:
        return ""
    cost = "" if usage.cost_usd is None else f", {usage.cost_usd:.2f} USD"
    return f"{usage.prompt_tokens + usage.completion_tokens:,} tokens{cost}"
