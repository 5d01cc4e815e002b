"""`chat`: an interview in the terminal."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from interviewer.cli.printing import note, print_json, print_markdown


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(chat)


def chat(
    track: Annotated[str, typer.Option(help="Id of the track (`interviewer tracks`).")] = "",
    round_id: Annotated[str, typer.Option("--round", help="Id of the round.")] = "",
    answers: Annotated[
        Path | None,
        typer.Option(help="Unattended: answers from a file, separated by lines with ---."),
    ] = None,
    resume: Annotated[str, typer.Option(help="Id of an interview to go on with.")] = "",
    seed: Annotated[
        int | None,
        typer.Option(min=0, help="Order of the questions; 0 is the authored order."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="End with the scorecard as JSON.")
    ] = False,
) -> None:
    """Sit a round in the terminal."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.cli.conversation import Conversation
    from interviewer.cli.unattended import read_answers
    from interviewer.errors import InputError, InterviewerError
    from interviewer.interviews.report_markdown import report_markdown

    if not resume and not (track and round_id):
        raise InputError(
            "name --track and --round (`interviewer tracks` lists them), or --resume ID"
        )
    if as_json and answers is None and not sys.stdin.isatty():
        raise InputError("--json without a terminal needs --answers FILE")
    blocks = None if answers is None else read_answers(answers)
    shown = sys.stdout
    if as_json:
        # A person must see the questions; standard output is kept for the document.
        shown = sys.stderr if blocks is None else None

    async def run() -> None:
        async with open_product(settings()) as product:
            conversation = Conversation(product, out=shown)
            interview_id = resume or await product.conductor.start(
                track, round_id, owner=product.owner, seed=0 if blocks and seed is None else seed
            )
            go_on = f"Go on with: interviewer chat --resume {interview_id}"
            try:
                await conversation.hold(interview_id, blocks)
            except asyncio.CancelledError:
                note(f"\nStopped; every answer you sent is kept. {go_on}")
                raise
            except InterviewerError:
                if blocks is None and not resume:
                    note(go_on)
                raise
            found = await product.report(interview_id)
            if as_json:
                print_json(found)
            elif found.over:
                print_markdown(report_markdown(found, product.library.passages))

    asyncio.run(run())
