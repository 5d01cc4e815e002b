"""`critique`: one answer read, judged and graded."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from interviewer.cli.printing import print_json, print_markdown


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(critique)


def critique(
    file: Annotated[str, typer.Argument(help="A text file, or - for standard input.")] = "-",
    question: Annotated[
        str, typer.Option(help="Id of the question (`interviewer questions`).")
    ] = "",
    before: Annotated[
        str, typer.Option(help="An earlier version of the answer: say what changed.")
    ] = "",
    rewrite: Annotated[
        bool, typer.Option("--rewrite", help="Have the language model draft the rewrite.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Critique one answer: verdicts with quotes, levels, flags, a rewrite, the next follow-up."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.errors import InputError
    from interviewer.interviews.critique_markdown import comparison_markdown
    from interviewer.interviews.report_markdown import critique_markdown

    if before and (rewrite or (before == "-" and file == "-")):
        raise InputError("compare two files, or a file with standard input, and without --rewrite")
    if not question:
        raise InputError("name the question: --question ID (`interviewer questions`)")

    async def run() -> None:
        async with open_product(settings(), store=False) as product:
            if before:
                changes = await product.critic.compare(question, read_text(before), read_text(file))
                if as_json:
                    print_json(changes)
                else:
                    print_markdown(comparison_markdown(changes))
                return
            found = await product.critic.critique(question, read_text(file), rewrite=rewrite)
            if as_json:
                print_json(found)
            else:
                print_markdown(critique_markdown(found, product.library.passages))

    asyncio.run(run())


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
