"""`tracks`, `questions`, `check`: what the bank holds, and whether it is sound."""

from typing import Annotated

import typer

from interviewer.cli.printing import print_json


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


def check() -> None:
    """Check seeds, prompts and knowledge; name file, line and field of every problem."""
    from interviewer.checks import check_content

    problems, counted = check_content()
    for problem in problems:
        print(problem)
    if problems:
        raise typer.Exit(1)
    print(counted)
