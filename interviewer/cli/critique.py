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
    before: Annotated[
        str, typer.Option(help="An earlier version of the answer: say what changed.")
    ] = "",
    rewrite: Annotated[
        bool, typer.Option("--rewrite", help="Have the language model draft the rewrite.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    keep: Annotated[bool, typer.Option(help="Count it in your progress.")] = True,
    out: Annotated[
        str, typer.Option(help="Critique every row of FILE (.jsonl or .csv) into this file.")
    ] = "",
    summary: Annotated[str, typer.Option(help="With --out: a page with plots, .html.")] = "",
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="With --out, offline: processes.")
    ] = None,
    calls: Annotated[
        int, typer.Option(min=1, max=256, help="With --out, model: calls at once.")
    ] = 8,
    spend_limit_tokens: Annotated[
        int | None, typer.Option(min=1, help="With --out, model: tokens to spend at most.")
    ] = None,
    queue: Annotated[
        bool, typer.Option("--queue", help="With --out: have `interviewer worker` grade the rows.")
    ] = False,
) -> None:
    """Critique one answer, or with --out a whole file (rows of id, question, answer)."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.errors import InputError
    from interviewer.interviews.critique_markdown import comparison_markdown
    from interviewer.interviews.report_markdown import critique_markdown

    if out:
        if question or before or rewrite:
            raise InputError(
                "with --out the rows name their questions: leave out the other options"
            )
        from interviewer.cli.bulk import critique_file

        critique_file(
            Path(file),
            Path(out),
            page=Path(summary) if summary else None,
            workers=workers,
            calls=calls,
            spend_limit_tokens=spend_limit_tokens,
            queue=queue,
            as_json=as_json,
        )
        return
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
