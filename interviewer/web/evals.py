"""Evaluation: how well the product grades and searches, as last measured, limits included."""

import asyncio
import base64
from pathlib import Path

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.paths import shipped
from interviewer.web.report_text import Block, blocks
from interviewer.web.tables import table
from interviewer.web.words import Words, heading, paragraph

REPORTS = ("REPORT.md", "RETRIEVAL.md")
_MOST_CHARACTERS = 200_000


async def show_evals(_product: Product, _owner: str) -> None:
    """Draws the page; where no report came with the installation, it says so."""
    heading("Evaluation", 1, "title")
    paragraph(
        "How far grades, follow-ups and search can be trusted: measured on labelled answers and "
        "questions, with what falls short.",
        "lead",
    )
    folder = shipped("evals")
    found = await asyncio.to_thread(_read, folder)
    if not found:
        paragraph(
            "No report came with this installation. In a checkout, `make evals` writes one to "
            "evals/REPORT.md.",
            "notice",
        )
    for text in found:
        title = ""
        for block in blocks(text):
            title = block.text if block.kind == "heading" else title
            await _block(block, title, folder)


def _read(folder: Path) -> list[str]:
    files = [folder / name for name in REPORTS]
    return [
        file.read_text(encoding="utf-8", errors="replace")[:_MOST_CHARACTERS]
        for file in files
        if file.is_file()
    ]


async def _block(block: Block, title: str, folder: Path) -> None:
    match block.kind:
        case "heading":
            heading(block.text, 2 if block.level == 1 else 3, "report")
        case "paragraph":
            paragraph(block.text)
        case "list":
            with ui.element("ul"):
                for (text,) in block.rows:
                    Words("li", text)
        case "table" if block.rows:
            titles, *rows = block.rows
            table(title, [it or "Of" for it in titles], rows, kind="dense")
        case "picture" if (folder / block.file).is_file():
            drawn = await asyncio.to_thread((folder / block.file).read_bytes)
            # As a picture of its own, in which nothing runs.
            picture = ui.element("img").classes("picture")
            picture.props["src"] = f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode()}"
            picture.props["alt"] = block.text
