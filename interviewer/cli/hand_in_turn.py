"""Artefacts in a round held in the terminal: what the question asks for, and `/hand-in`."""

from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from interviewer.cli.input_file import read_bytes
from interviewer.cli.printing import note
from interviewer.cli.work_file import edited
from interviewer.domain.handed import TITLES, Handed
from interviewer.domain.interview import Interview
from interviewer.errors import InputError, NotText, RuleBroken
from interviewer.interviews.artefact_turns import wanted
from interviewer.workbench.artefacts import MOST_CHARACTERS, blank

if TYPE_CHECKING:
    from interviewer.bootstrap import Product

COMMAND = "/hand-in"
COMMANDS = (COMMAND,)
_SUFFIXES = {"sketch": ".mmd"}
_MOST_BYTES = 4 * MOST_CHARACTERS
"""As many characters as may be handed in, however they are encoded."""


class AnsweredInWriting(Exception):
    """A page was handed in; it is an answer, and the interviewer speaks next."""


def show_problem(interview: Interview, out: TextIO) -> None:
    """Says what may be handed in for the question just asked, if anything."""
    del out  # how it is done is no part of what is said
    current = interview.current
    if current is None or current.question.artefact is None or len(current.turns) > 1:
        return
    title = TITLES[current.question.artefact]
    after = (
        "It is your answer."
        if current.question.artefact == "page"
        else "Then explain it in an answer."
    )
    note(
        f"\n{title}: {COMMAND} opens $EDITOR on a form and hands in what you saved, {COMMAND} FILE "
        f"hands in a file. {after} You may also answer in words alone."
    )


async def take_command(
    product: "Product", interview_id: str, command: str, out: TextIO | None
) -> None:
    """Does what a `/hand-in` line asks; what is wrong is said, and nothing is lost.

    Raises:
        AnsweredInWriting: A page was handed in.
    """
    del out
    conductor, owner = product.conductor, product.owner
    try:
        interview = await conductor.load(interview_id, owner=owner)
        question = wanted(interview)
        kind = str(question.artefact)
        file = command.partition(" ")[2].strip()
        content = _read(Path(file)) if file else await _edited(product, question.id, kind)
        handed = await conductor.hand_in(interview_id, kind, content, owner=owner)
    except (InputError, RuleBroken) as error:
        note(f"{error}")
        return
    for line in told(handed):
        note(line)
    if not (await conductor.load(interview_id, owner=owner)).awaits_candidate:
        raise AnsweredInWriting


async def _edited(product: "Product", question_id: str, kind: str) -> str:
    path = product.settings.home / "handed-in" / f"{question_id}{_SUFFIXES.get(kind, '.md')}"
    try:
        content = await edited(path, blank(kind))
    except NotText:
        raise
    except InputError as error:
        raise InputError(f"{error}. The form is {path}; {COMMAND} {path} hands it in.") from None
    if content.strip() == blank(kind).strip():
        raise InputError(f"nothing was filled in, so nothing was handed in; the form is {path}")
    return content


def _read(path: Path) -> str:
    data = read_bytes(path.expanduser(), _MOST_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(f"{path} is not UTF-8 text: nothing was handed in") from None


def told(handed: Handed) -> list[str]:
    """What a candidate is told of what they handed in: never what was found in it."""
    notices = list(handed.found.notices) if handed.found else []
    if handed.problems:
        return [
            *notices,
            *handed.problems,
            "It cannot be read like this. It is kept; correct it and hand it in again, or answer.",
        ]
    size = handed.found.size if handed.found else ""
    after = "" if handed.kind == "page" else " Now explain it in an answer."
    return [*notices, f"{handed.title}: {size}, handed in.{after}"]
