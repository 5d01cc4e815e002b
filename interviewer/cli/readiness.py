"""`readiness`: ten items, three checks each, and a study plan."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from interviewer.cli.printing import print_json, print_markdown

if TYPE_CHECKING:
    from interviewer.domain.readiness import Answers, Item, Readiness


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(readiness)


def readiness(
    track: Annotated[
        str | None, typer.Option(help="Name only questions of this track in the plan.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(help="Answers in a JSON file, instead of being asked (see --blank)."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Also write the result, as FILE.json or FILE.md.")
    ] = None,
    blank: Annotated[
        bool, typer.Option("--blank", help="Print an answers file to fill in, and stop.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Find out what to study: ten items, three concrete checks each."""
    from interviewer.bootstrap import catalog
    from interviewer.bootstrap.preparation import preparation
    from interviewer.cli.filled_in import read_filled_in, require_terminal, write_result
    from interviewer.domain.readiness import GivenAnswers, assess
    from interviewer.domain.readiness import blank as blank_answers
    from interviewer.errors import InputError
    from interviewer.practice.preparation_markdown import readiness_markdown

    if out is not None and out.suffix not in (".json", ".md"):
        raise InputError(f"{out}: the result is written as .json or .md")
    known = catalog()
    content = preparation(known)
    if track is not None:
        known.track(track)
    if blank:
        print_json(blank_answers(content.readiness))
        return
    if answers is None:
        require_terminal("interviewer readiness --blank > FILE, then --answers FILE")
        # With --json the questions must be seen and standard output is kept for the document.
        given = _asked(content.readiness, sys.stderr if as_json else sys.stdout)
    else:
        given = read_filled_in(answers, GivenAnswers).known
    found = assess(content.readiness, given, skills=content.skills, catalog=known, track=track)
    if out is not None:
        write_result(out, _as_file(found, out.suffix))
    if as_json:
        print_json(found)
    else:
        print_markdown(readiness_markdown(found))


def _as_file(found: "Readiness", suffix: str) -> str:
    from interviewer.practice.preparation_markdown import readiness_markdown

    return readiness_markdown(found) if suffix == ".md" else found.model_dump_json(indent=2) + "\n"


def _asked(items: "tuple[Item, ...]", shown: TextIO) -> "Answers":
    """Asks every check; `q` ends with what was answered so far."""
    from interviewer.domain.readiness import CHECKS
    from interviewer.domain.verdict import Met

    words = {"y": Met.YES, "yes": Met.YES, "p": Met.PARTLY, "partly": Met.PARTLY}
    words |= {"n": Met.NO, "no": Met.NO}
    print("y yes, p partly, n no, s skip, q stop and see the result", file=shown)
    given: Answers = {}
    number = 0
    for item in items:
        print(f"\n{item.title}", file=shown)
        for check in item.checks:
            number += 1
            said = _one(f"{number}/{len(items) * CHECKS}  {check.asks}", {*words, "s", "q"}, shown)
            if said == "q":
                return given
            if said in words:
                given.setdefault(item.id, {})[check.id] = words[said]
    return given


def _one(asks: str, known: set[str], shown: TextIO) -> str:
    print(asks, file=shown)
    while True:
        try:
            said = str(typer.prompt("", prompt_suffix="> ", err=shown is sys.stderr))
        except typer.Abort:
            # Ctrl+C or the end of input: what was answered is not thrown away.
            return "q"
        said = said.strip().lower()
        if said in known:
            return said
        print("y, p, n, s or q, please", file=shown)
