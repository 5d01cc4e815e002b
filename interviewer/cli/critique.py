"""`critique`: one answer read, judged and graded."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.printing import note, print_json, print_markdown

if TYPE_CHECKING:
    from interviewer.domain.critique import Critique


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(critique)


def critique(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    question: Annotated[
        str, typer.Option(help="Id of the question (`interviewer questions`).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    keep: Annotated[bool, typer.Option(help="Count it in your progress.")] = True,
) -> None:
    """Critique one answer: verdicts with quotes, levels, flags, the next follow-up."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.errors import InputError
    from interviewer.interviews.report_markdown import critique_markdown

    if not question:
        raise InputError("name the question: --question ID (`interviewer questions`)")

    async def run() -> None:
        async with open_product(settings(), store=False) as product:
            found = await product.critic.critique(question, read_text(file))
            if as_json:
                print_json(found)
            else:
                print_markdown(critique_markdown(found, product.library.passages))
        if keep:
            await _keep(found)

    asyncio.run(run())


async def _keep(found: "Critique") -> None:
    """Keeps the critique; one that cannot be kept was made all the same."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.errors import StoreError

    try:
        async with open_product(settings()) as product:
            await product.practice.keep(found, owner=product.owner)
    except (StoreError, OSError) as error:
        note(f"The critique was not kept, and does not count in your progress: {error}")


def read_text(file: str) -> str:
    """The text of a file or, for `-`, of standard input.

    Raises:
        NotText: It is not UTF-8.
        InputError: The file cannot be read, or there is no answer in it.
    """
    from interviewer.errors import InputError, NotText

    name = "standard input" if file == "-" else file
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(f"{name} is not UTF-8 text") from None
    except OSError as error:
        raise InputError(f"cannot read {name}: {error.strerror}") from None
    if not text.strip():
        raise InputError(f"there is no answer in {name}")
    return text.strip("\r\n")
