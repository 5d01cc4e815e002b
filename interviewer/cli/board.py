"""`board`: forms to fill in, and what a risk officer would say of them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.printing import note, print_json
from interviewer.workbench.boards.incoming import Format

if TYPE_CHECKING:
    from interviewer.domain.artefacts.artefact import Artefact
    from interviewer.workbench.boards.reading import ReadBoard

board_app = typer.Typer(
    help="Boards: a risk matrix or register, 3-C and 4-P sheets, RAV points, a plan, a story.",
    no_args_is_help=True,
)

_USAGE = 2

File = Annotated[Path, typer.Argument(help="CSV, JSON or a Markdown form.")]
Kind = Annotated[
    str | None,
    typer.Option(
        help="matrix, register, three-c, four-p, rav, go-to-market or star; told from the file."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


def register(app: typer.Typer) -> None:
    """Adds the group."""
    app.add_typer(board_app, name="board")


@board_app.callback()
def board() -> None:
    """Boards that a candidate hands over. Files stay where they are; nothing is kept."""


@board_app.command()
def form(
    kind: Annotated[
        str, typer.Argument(help="matrix, register, three-c, four-p, rav, go-to-market or star.")
    ],
    form: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.MARKDOWN,
) -> None:
    """Print a form to fill in."""
    from interviewer.domain.artefacts.kinds import kind_of
    from interviewer.workbench.boards.writing import empty_form

    typer.echo(empty_form(kind_of(kind), form), nl=False)


@board_app.command()
def check(file: File, kind: Kind = None, as_json: AsJson = False) -> None:
    """Say what a risk officer would stop at, and what they would ask."""
    from interviewer.domain.artefacts.checks import findings

    read = _read(file, kind)
    made = _usable(read, as_json)
    found = findings(made)
    if as_json:
        print_json(_document(read) | {"findings": [f.model_dump(mode="json") for f in found]})
        return
    from interviewer.cli.board_view import show_findings

    show_findings(made, found)


@board_app.command()
def show(file: File, kind: Kind = None, as_json: AsJson = False) -> None:
    """Draw a board in the terminal."""
    read = _read(file, kind)
    made = _usable(read, as_json)
    if as_json:
        print_json(_document(read))
        return
    from interviewer.cli.board_view import show_board

    show_board(made)


@board_app.command()
def convert(
    file: File,
    to: Annotated[str, typer.Option(help="csv, json, md, or svg for a picture.")],
    kind: Kind = None,
    out: Annotated[Path | None, typer.Option(help="The file to write; stdout otherwise.")] = None,
) -> None:
    """Write a board in another format, or as a picture."""
    from interviewer.errors import InputError
    from interviewer.workbench.boards.drawing import drawn
    from interviewer.workbench.boards.writing import write_board

    if to not in (*Format, "svg"):
        raise InputError(f"--to {to[:20]!r} is none of csv, json, md, svg")
    made = _usable(_read(file, kind))
    text = drawn(made) if to == "svg" else write_board(made, Format(to))
    if out is None:
        typer.echo(text, nl=False)
        return
    # Line ends as they are: those of CSV are part of the format.
    out.write_text(text, encoding="utf-8", newline="")
    note(f"wrote {out}")


@board_app.command()
def sketch(
    file: Annotated[Path, typer.Argument(help="A Mermaid flowchart, or Markdown with one.")],
    expect: Annotated[
        list[str] | None, typer.Option(help="A part that is expected; may be given often.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a system sketch and ask about what it lacks."""
    from interviewer.bootstrap.boards import sketch_parts
    from interviewer.cli.board_view import show_sketch
    from interviewer.cli.input_file import read_bytes
    from interviewer.domain.sketch import expected_parts, sketch_findings
    from interviewer.workbench.boards.reading import MOST_BYTES, decoded
    from interviewer.workbench.sketch import read_sketch

    parts = expected_parts(sketch_parts(), expect or ())
    text = decoded(file.name, read_bytes(file, MOST_BYTES))
    problem = None if isinstance(text, str) else text
    read = read_sketch(text, file.name) if isinstance(text, str) else None
    if read is None or read.sketch is None:
        note(f"interviewer: {read.problem if read else problem}")
        raise typer.Exit(_USAGE)
    found = tuple(sketch_findings(read.sketch, parts))
    if as_json:
        print_json(
            {
                "sketch": read.sketch.model_dump(mode="json"),
                "findings": [finding.model_dump(mode="json") for finding in found],
            }
        )
        return
    show_sketch(read.sketch, found)


@board_app.command()
def page(
    file: Annotated[Path, typer.Argument(help="A model card or report page, Markdown or text.")],
    as_json: AsJson = False,
) -> None:
    """Say what a reader who builds no models would stumble over in a page."""
    from interviewer.cli.board_view import show_page
    from interviewer.cli.input_file import read_bytes
    from interviewer.domain.readability import read_as_a_layman
    from interviewer.workbench.boards.reading import MOST_BYTES, decoded

    text = decoded(file.name, read_bytes(file, MOST_BYTES))
    if not isinstance(text, str):
        note(f"interviewer: {text}")
        raise typer.Exit(_USAGE)
    found = read_as_a_layman(text)
    if as_json:
        print_json(found)
    else:
        show_page(found)


def _read(file: Path, kind: str | None) -> "ReadBoard":
    from interviewer.cli.input_file import read_bytes
    from interviewer.workbench.boards.reading import MOST_BYTES, read_board

    return read_board(file.name, read_bytes(file, MOST_BYTES), kind=kind)


def _usable(read: "ReadBoard", as_json: bool = False) -> "Artefact":
    """The board; without one, every problem is listed and the command ends with a usage error."""
    for said in read.notices:
        note(said)
    if read.board is not None:
        return read.board
    if as_json:
        print_json(_document(read))
    for problem in read.problems:
        note(f"interviewer: {problem}")
    raise typer.Exit(_USAGE)


def _document(read: "ReadBoard") -> dict[str, object]:
    """The board as JSON, in the same shape as over HTTP."""
    from interviewer.workbench.boards.views import board_view

    return board_view(read)
