"""`tracks`, `questions`, `check`: what the bank holds, and whether it is sound."""

import asyncio
from typing import Annotated

import typer

from interviewer.cli.printing import print_json, progress_bar


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(tracks)
    app.command()(questions)
    app.command()(check)


def tracks(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """List the tracks and their rounds."""
    from interviewer.bootstrap import catalog
    from interviewer.domain.listing import tracks_document

    document = tracks_document(catalog())
    if as_json:
        print_json(document)
        return
    for track in document:
        print(f"{track['id']}  {track['title']}")
        for round_ in track["rounds"]:
            minutes, count = round_["minutes"], len(round_["questions"])
            print(f"  {round_['id']}  {round_['title']}, {minutes} min, {count} questions")


def questions(
    track: Annotated[str | None, typer.Option(help="Only this track.")] = None,
    round_id: Annotated[str | None, typer.Option("--round", help="Only this round.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """List the questions, with rubric and example answers as JSON."""
    from interviewer.bootstrap import catalog
    from interviewer.domain.listing import questions_document
    from interviewer.errors import UnknownId

    document = questions_document(catalog(), track, round_id)
    if round_id is not None and not document:
        raise UnknownId(f"there is no round {round_id!r}; `interviewer tracks` lists the rounds")
    if as_json:
        print_json(document)
        return
    for question in document:
        print(f"{question['id']}  ({question['round']})\n  {question['text']}")


def check(
    examples: Annotated[
        bool,
        typer.Option(
            "--examples",
            help="Also compare all questions with each other and grade the examples: a minute.",
        ),
    ] = False,
) -> None:
    """Check seeds, prompts and knowledge; name file, line and field of every problem."""
    from interviewer.checks import check_content

    problems, counted = check_content()
    for problem in problems:
        print(problem)
    if problems:
        raise typer.Exit(1)
    print(counted)
    if examples and not _proved():
        raise typer.Exit(1)


def _proved() -> bool:
    """Says which questions are alike, which is a problem, and which examples are out of order."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.bootstrap.bank_proof import MOST_ALIKE, alike_questions, misfits

    async def run() -> bool:
        chosen = settings().model_copy(update={"engine": "offline"})
        async with open_product(chosen, store=False) as product:
            alike = alike_questions(product)
            if alike is None:
                print("Not compared: the embedding model is not installed.")
                return False
            for one, other, cosine in alike:
                print(f"seeds/questions: {one!r} and {other!r} are alike, cosine {cosine:.2f}")
            with progress_bar("Examples") as show:
                found = await misfits(product, show)
        print(f"No two questions are nearer than {MOST_ALIKE}." if not alike else "")
        print(f"{len(found)} questions whose examples the offline engine does not put in order:")
        for question, scores in found:
            print(f"  {question}: " + ", ".join(f"{q} {s:.2f}" for q, s in scores.items()))
        return not alike

    return asyncio.run(run())
