"""`code`: practise a coding problem; the code is run in a sandbox."""

import asyncio
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.printing import note, print_json, print_markdown

if TYPE_CHECKING:
    from interviewer.bootstrap.coding import CodeWorkbench
    from interviewer.domain.coding import CodingProblem
    from interviewer.practice.coding import PracticeRun


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(code)


def code(
    problem: Annotated[
        str, typer.Argument(help="Id of a problem; without it they are listed.")
    ] = "",
    file: Annotated[str, typer.Option(help="Run this Python file (- for standard input).")] = "",
    hint: Annotated[int, typer.Option(min=0, help="Show the hint of this number, from 1.")] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document: list, problem, hint or run.")
    ] = False,
) -> None:
    """Practise a coding problem: $EDITOR opens on it, or --file runs what you have."""
    from interviewer.bootstrap import settings
    from interviewer.bootstrap.coding import CodeWorkbench
    from interviewer.errors import InputError
    from interviewer.practice.coding import hint as hint_of

    chosen = settings()
    workbench = CodeWorkbench(chosen)
    if not problem:
        if file or hint:
            raise InputError("name the problem: interviewer code ID (without ID they are listed)")
        _list(workbench, as_json)
        return
    wanted = workbench.problem(problem)
    if hint:
        found = hint_of(wanted, hint)
        if as_json:
            print_json(found)
        else:
            print(f"Hint {found.number} of {found.of}: {found.text}")
        return
    if file:
        _show(asyncio.run(_practised(workbench, wanted, read_code(file))), as_json)
    elif as_json:
        print_json(wanted.shown)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _edit(workbench, wanted, chosen.home / "code" / f"{wanted.id}.py")
    else:
        _print_statement(wanted)


def _list(workbench: "CodeWorkbench", as_json: bool) -> None:
    from interviewer.practice.coding import listed

    problems = listed(workbench.problems)
    if as_json:
        print_json([problem.model_dump(mode="json") for problem in problems])
        return
    for problem in problems:
        print(f"{problem.id:<28} {problem.title} ({problem.topic}, {problem.minutes} min)")


async def _practised(
    workbench: "CodeWorkbench", problem: "CodingProblem", text: str
) -> "PracticeRun":
    from interviewer.practice.coding import practise

    return await practise(workbench, problem, text)


def read_code(file: str) -> str:
    """The text of a file or, for `-`, of standard input.

    Raises:
        NotText: It is not UTF-8.
        InputError: It cannot be read.
    """
    from interviewer.errors import InputError, NotText

    name = "standard input" if file == "-" else file
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(f"{name} is not UTF-8 text") from None
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}") from None


def _show(run: "PracticeRun", as_json: bool) -> None:
    from interviewer.bootstrap.coding import PLAIN_WARNING
    from interviewer.practice.coding import run_markdown

    if not run.outcome.sandboxed:
        note(f"Warning: {PLAIN_WARNING}.")
    if as_json:
        print_json(run)
    else:
        print_markdown(run_markdown(run))


def _print_statement(problem: "CodingProblem") -> None:
    from interviewer.practice.coding import statement_markdown

    print_markdown(statement_markdown(problem.shown))


def _edit(workbench: "CodeWorkbench", problem: "CodingProblem", path: Path) -> None:
    """Edits and runs until the candidate has had enough; what was written stays in the file."""
    from interviewer.errors import CodeNotRun, InputError
    from interviewer.practice.coding import hint as hint_of

    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(problem.starter, encoding="utf-8")
    _print_statement(problem)
    note(f"\nYour code is in {path}.")
    hints = 0
    loop = asyncio.Runner()
    with loop:
        while True:
            said = _asked("Enter edits, r runs, h gives a hint, q ends")
            if said == "q":
                return
            if said == "h":
                hints = min(hints + 1, len(problem.hints))
                print(f"Hint {hints} of {len(problem.hints)}: {hint_of(problem, hints).text}")
                continue
            try:
                if said != "r":
                    open_editor(path)
                run = loop.run(_practised(workbench, problem, read_code(str(path))))
            except (InputError, CodeNotRun) as error:
                note(f"{error}")
                continue
            _show(run, as_json=False)


def _asked(question: str) -> str:
    try:
        said = str(
            typer.prompt(f"\n{question}", default="", show_default=False, prompt_suffix=" > ")
        )
    except typer.Abort:
        return "q"
    return said.strip().lower()


def open_editor(path: Path) -> None:
    """Opens the user's editor on a file and waits for it.

    Raises:
        InputError: No editor is set, or it does not start.
    """
    from interviewer.errors import InputError

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise InputError(
            "set EDITOR to have your editor opened, or edit the file yourself and type r"
        )
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 (the user's own)
    except (OSError, ValueError) as error:
        raise InputError(f"the editor {editor!r} cannot be started: {error}") from None
