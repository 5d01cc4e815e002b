"""`report`: a round, a loop or its debrief, as text, JSON or a page to print."""

import asyncio
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interviewer.cli.printing import note, print_markdown

if TYPE_CHECKING:
    from interviewer.bootstrap import Product


class Format(StrEnum):
    """How a report is written."""

    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(report)


def report(
    report_id: Annotated[str, typer.Argument(metavar="ID", help="Of an interview or a loop.")],
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="html is one self-contained page, ready to be printed."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write to a file instead.")] = None,
    debrief: Annotated[
        bool, typer.Option("--debrief", help="Of a loop: the committee's document alone.")
    ] = False,
) -> None:
    """Show the report of a round, or the debrief of a loop with its rounds."""
    from interviewer.errors import InputError

    if as_json and form not in (None, Format.JSON):
        raise InputError(f"--json and --format {form.value if form else ''} contradict each other")
    chosen = Format.JSON if as_json else form or Format.MARKDOWN
    if out is not None and not out.absolute().parent.is_dir():
        raise InputError(f"cannot write {out}: there is no folder {out.absolute().parent}")
    text = asyncio.run(_text(report_id, chosen, only_debrief=debrief))
    if out is not None:
        out.write_text(text, encoding="utf-8")
        note(f"Written to {out}.")
    elif chosen is Format.MARKDOWN:
        print_markdown(text)
    else:
        sys.stdout.write(text)


async def _text(report_id: str, chosen: Format, *, only_debrief: bool) -> str:
    from interviewer.bootstrap import open_product, settings
    from interviewer.bootstrap.loops import is_loop
    from interviewer.errors import InputError

    async with open_product(settings()) as product:
        if await is_loop(product, report_id):
            return await _loop_text(product, report_id, chosen, only_debrief=only_debrief)
        if only_debrief:
            raise InputError(f"{report_id!r} is no loop, and only a loop has a debrief")
        return await _round_text(product, report_id, chosen)


async def _loop_text(
    product: "Product", loop_id: str, chosen: Format, *, only_debrief: bool
) -> str:
    from interviewer.bootstrap.loops import debriefs_of
    from interviewer.interviews.debrief_html import loop_html
    from interviewer.interviews.debrief_markdown import debrief_markdown, loop_markdown

    found = await debriefs_of(product).report(loop_id, owner=product.owner)
    if only_debrief:
        found = found.model_copy(update={"rounds": ()})
    if chosen is Format.HTML:
        return loop_html(found, product.library.passages)
    if chosen is Format.JSON:
        return _json(found.debrief if only_debrief else found)
    if only_debrief:
        return debrief_markdown(found.debrief)
    return loop_markdown(found, product.library.passages)


async def _round_text(product: "Product", interview_id: str, chosen: Format) -> str:
    from interviewer.interviews.report_html import round_html
    from interviewer.interviews.report_markdown import report_markdown

    found = await product.report(interview_id)
    if chosen is Format.HTML:
        return round_html(found, product.library.passages)
    if chosen is Format.JSON:
        return _json(found)
    return report_markdown(found, product.library.passages)


def _json(document: Any) -> str:
    return json.dumps(document.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
