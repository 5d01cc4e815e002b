"""`resume review`: one's résumé line by line, on its own or against a posting."""

from pathlib import Path
from typing import Annotated

import typer

from interviewer.cli.printing import print_json, print_markdown

resume_app = typer.Typer(help="Your résumé, line by line.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(resume_app, name="resume")


@resume_app.callback()
def resume() -> None:
    """Your résumé, line by line."""


@resume_app.command()
def review(
    file: Annotated[str, typer.Argument(help="PDF, Word, HTML, Markdown or text.")],
    job: Annotated[str, typer.Option(help="The posting, to see what is not answered.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Review a résumé: figures, own acts, model risk, the role's words. Nothing is kept."""
    from interviewer.interviews.resume_markdown import resume_markdown
    from interviewer.practice.resume_review import reviewed

    found = reviewed(_lines(file), _lines(job) if job else ())
    if as_json:
        print_json(found)
    else:
        print_markdown(resume_markdown(found))


def _lines(file: str) -> tuple[str, ...]:
    from interviewer.errors import DocumentRefused, InputError
    from interviewer.knowledge.documents.limits import MOST_BYTES
    from interviewer.knowledge.documents.reading import read_lines

    path = Path(file)
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    try:
        found = read_lines(path.name, data)
    except DocumentRefused as refusal:
        raise DocumentRefused(f"{path.name}: {refusal}") from None
    if not found.lines:
        raise InputError(f"{path.name}: there is no line of four words or more in it")
    return found.lines
