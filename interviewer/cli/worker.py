"""`worker`: grades rows that `critique --queue` handed out."""

import asyncio
from typing import Annotated

import typer

from interviewer.cli.printing import note


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(worker)


def worker(
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Jobs at once (one, offline).")] = 1,
    until_empty: Annotated[
        bool, typer.Option("--until-empty", help="End when there is nothing left to do.")
    ] = False,
) -> None:
    """Grade rows from the queue on PostgreSQL; start as many as there are processors."""
    from interviewer.bootstrap import settings
    from interviewer.bootstrap.queue import work

    asyncio.run(
        work(
            settings(),
            jobs=jobs,
            until_empty=until_empty,
            ready=lambda: note("Waiting for rows to grade; Ctrl+C ends after the job in hand."),
        )
    )
