"""`quiz`: know the business, from dated facts."""

from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.printing import print_json

if TYPE_CHECKING:
    from interviewer.domain.quiz import Asked, Mark, Marks, QuizItem

_TEN = 10


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(quiz)


def quiz(
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
    n: Annotated[int, typer.Option("-n", min=1, max=100, help="How many items.")] = _TEN,
    seed: Annotated[
        int | None, typer.Option(min=0, help="The same seed gives the same quiz.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(help='Mark a JSON file: {"answers": {"item": "text of the option"}}.'),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document: the quiz, or the marks.")
    ] = False,
) -> None:
    """Take a quiz on the firm, its AI programme and the rules, each fact with its date."""
    from interviewer.bootstrap import catalog, now
    from interviewer.bootstrap.preparation import preparation
    from interviewer.cli.filled_in import read_filled_in, require_terminal
    from interviewer.domain.quiz import QuizAnswers, marked
    from interviewer.practice.quiz_sheet import drawn

    items = preparation(catalog()).quiz
    if answers is not None:
        _show(marked(items, read_filled_in(answers, QuizAnswers).answers), as_json)
        return
    chosen = int(now().timestamp()) if seed is None else seed
    asked = drawn(items, n=n, seed=chosen, topic=topic)
    if as_json:
        print_json({"seed": chosen, "items": [_with_answer(item, items) for item in asked]})
        return
    require_terminal("--json, or --answers FILE")
    _show(marked(items, _taken(asked, items)), as_json=False)


def _with_answer(asked: "Asked", items: "tuple[QuizItem, ...]") -> dict[str, object]:
    item = next(item for item in items if item.id == asked.id)
    told = item.model_dump(mode="json", include={"right", "why", "passage", "as_of"})
    return asked.model_dump(mode="json") | told


def _taken(asked: "tuple[Asked, ...]", items: "tuple[QuizItem, ...]") -> dict[str, str | None]:
    """Asks item by item and tells the answer after each; `q` ends."""
    from interviewer.domain.quiz import marked

    print("Type the letter; s skips, q stops.")
    given: dict[str, str | None] = {}
    for number, item in enumerate(asked, 1):
        print(f"\n{number}/{len(asked)}  {item.question}")
        for letter, option in zip(ascii_lowercase, item.options, strict=False):
            print(f"  {letter}  {option}")
        said = _letter(len(item.options))
        if said == "q":
            break
        given[item.id] = None if said == "s" else item.options[ascii_lowercase.index(said)]
        print(_told(marked(items, {item.id: given[item.id]}).marks[0]))
    return given


def _letter(options: int) -> str:
    known = {*ascii_lowercase[:options], "s", "q"}
    while True:
        try:
            said = str(typer.prompt("", prompt_suffix="> ")).strip().lower()
        except typer.Abort:
            # Ctrl+C or the end of input: what was answered is still marked.
            return "q"
        if said in known:
            return said
        print(f"a to {ascii_lowercase[options - 1]}, s or q, please")


def _told(mark: "Mark") -> str:
    verdict = "Right." if mark.correct else f"No: {mark.right}."
    return f"{verdict} {mark.why} As of {mark.as_of} [{mark.passage}]"


def _show(found: "Marks", as_json: bool) -> None:
    if as_json:
        print_json(found)
        return
    dated = "" if found.as_of is None else f" Facts as of {found.as_of}; look them up again."
    print(f"\n{found.correct} of {found.of} right.{dated}")
    for mark in found.marks:
        if not mark.correct:
            print(f"- {mark.question} {mark.right} [{mark.passage}]")
