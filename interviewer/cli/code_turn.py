"""Code in a round held in the terminal: the problem, `/code` and `/hint`."""

import sys
from typing import TYPE_CHECKING, TextIO

from interviewer.cli.code import read_code
from interviewer.cli.printing import note, print_markdown
from interviewer.cli.work_file import edited
from interviewer.domain.code_outcome import CodeOutcome, Ending
from interviewer.domain.interview import Interview
from interviewer.errors import CodeNotRun, InputError, RuleBroken

if TYPE_CHECKING:
    from interviewer.bootstrap import Product

HELP = (
    "You may solve this in code: /code opens $EDITOR and runs what you saved, /code FILE runs a file, "
    "/hint gives a hint (it costs nothing). Then explain it in an answer."
)
COMMANDS = ("/code", "/hint")


def show_problem(interview: Interview, out: TextIO) -> None:
    """Shows the problem that belongs to the question just asked, if there is one."""
    from interviewer.practice.coding import statement_markdown

    current = interview.current
    if current is None or current.coding is None or len(current.turns) > 1:
        return
    text = "\n" + statement_markdown(current.coding)
    if out is sys.stdout:
        print_markdown(text)
    else:
        print(text, file=out)
    note(f"\n{HELP}")


async def take_command(
    product: "Product", interview_id: str, command: str, out: TextIO | None
) -> None:
    """Does what a `/code` or `/hint` line asks; what is wrong is said, and nothing is lost."""
    try:
        if command.split()[0] == "/hint":
            hint = await product.code_turns.hint(interview_id, owner=product.owner)
            note(f"Hint {hint.number} of {hint.of}: {hint.text}")
            return
        code = await _code(product, interview_id, command.partition(" ")[2].strip())
        outcome = await product.code_turns.submit(interview_id, code, owner=product.owner)
    except (InputError, CodeNotRun, RuleBroken) as error:
        note(f"{error}")
        return
    for line in told(outcome) if out else ():
        print(line, file=out)


async def _code(product: "Product", interview_id: str, file: str) -> str:
    if file:
        return read_code(file)
    interview = await product.conductor.load(interview_id, owner=product.owner)
    shown = interview.current.coding if interview.current else None
    if shown is None:
        raise RuleBroken("the question that is open asks for no code")
    return await edited(product.settings.home / "code" / f"{shown.id}.py", shown.starter)


def told(outcome: CodeOutcome) -> list[str]:
    """What a candidate is told of a run during a round, line by line."""
    hidden = [test for test in outcome.tests if not test.visible]
    passed = sum(test.ending is Ending.PASSED for test in hidden)
    lines = [outcome.message] if outcome.message else []
    for test in outcome.tests:
        if not test.visible:
            continue
        said = f"{test.ending.value}: {test.shown_input}"
        if test.ending is Ending.FAILED:
            said += f" gave {test.got}, expected {test.expected}"
        elif test.detail:
            said += f", {test.detail}"
        lines.append(said)
        if test.printed:
            lines.append(f"printed: {test.printed.rstrip()}")
    lines.append(f"{passed} of {len(hidden)} tests that are not shown passed.")
    return lines
