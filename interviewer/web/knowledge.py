"""The knowledge sources: what there is, what is in force, search, and what changed."""

import asyncio
from collections.abc import Iterable
from functools import partial

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.knowledge.comparison import Comparison
from interviewer.knowledge.passages import Passage, Status
from interviewer.knowledge.search import Hit
from interviewer.knowledge.sources import Source
from interviewer.web.controls import choice, form, submit, text_field
from interviewer.web.findings import passage_text, standing
from interviewer.web.frame import later
from interviewer.web.words import Words, heading, link, paragraph

_MOST_HITS = 8
_STATUSES = {status.value: status.value.replace("_", " ") for status in Status}
_MOST_QUERY = 1_000


async def show_knowledge(query: str, status: str, product: Product, _owner: str) -> None:
    """Draws the list of sources, or what a search found.

    Args:
        query: What is looked for; empty shows all sources.
        status: One of `Status`, or empty for any.
        product: With the sources.
    """
    wanted, query = status if status in _STATUSES else "", query.strip()[:_MOST_QUERY]
    heading("Knowledge", 1, "title")
    paragraph(
        "Dated sources on model risk and what surrounds it, in this project's own words. "
        "Each says whether it binds anybody today, and when it was last checked.",
        "lead",
    )
    with form("/knowledge"):
        text_field("Search", "q", query)
        choice("Status", {"": "Any", **_STATUSES}, wanted, name="status")
        submit("Search")
    if query:
        later("Searching ...", partial(_found, product, query, wanted))
    else:
        _all(product.library.sources.values(), wanted)


async def _found(product: Product, query: str, status: str) -> None:
    result = await product.search(query, k=_MOST_HITS, status=status or None)
    if not result.good:
        paragraph("Nothing in the sources answers this.", "notice")
        if result.hits:
            paragraph("Nearest, for what it is worth:", "quiet")
    for hit in result.hits[: _MOST_HITS if result.good else 2]:
        _hit(product, hit)
    link("All sources", "/knowledge")


def _hit(product: Product, hit: Hit) -> None:
    passage = product.library.passage(hit.passage)
    with ui.element("article").classes("hit narrow"):
        with ui.element("h2"):
            link(f"{hit.title}: {hit.section}", _place(passage))
        with ui.element("p"):
            standing(passage)
            Words("span", f"as of {hit.as_of}", "quiet")
        passage_text(hit.text)
        for joined in hit.joined:
            with ui.element("details"):
                Words("summary", joined.section)
                passage_text(joined.text)


def _all(sources: Iterable[Source], status: str) -> None:
    with ui.element("ul").classes("plain-list narrow"):
        for source in sources:
            if status in ("", source.status.value):
                _listed(source)


def _listed(source: Source) -> None:
    with ui.element("li"):
        with ui.element("span"):
            link(source.title, f"/knowledge/{source.id}")
            Words("span", f" {source.issuer}", "quiet")
        with ui.element("span"):
            if source.superseded_by:
                link("What changed", f"/knowledge/{source.id}/{source.superseded_by}")
            standing(source.passages[0])


async def show_source(source_id: str, product: Product, _owner: str) -> None:
    """Draws one source with all its sections.

    Raises:
        UnknownId: There is no such source.
    """
    source = product.library.source(source_id)
    heading(source.title, 1, "title")
    with ui.element("p"):
        Words("span", f"{source.issuer}, {source.kind.value}")
        standing(source.passages[0])
    paragraph(f"Checked on {source.as_of}; to be checked again by {source.review_by}.", "quiet")
    if source.superseded_by:
        link("What changed", f"/knowledge/{source.id}/{source.superseded_by}")
    for section, passage in zip(source.sections, source.passages, strict=True):
        with ui.element("section").classes("narrow").props(f"id={section.anchor} tabindex=-1"):
            heading(section.title, 2)
            if section.confidence.value != "high":
                paragraph(f"Confidence: {section.confidence.value}.", "notice")
            passage_text(passage.text)
    heading("Documents", 2)
    with ui.element("ul"):
        for mark, document in source.documents.items():
            with ui.element("li"):
                Words("span", f"{mark}: ")
                link(document.title, document.url).props('rel="noreferrer noopener"')
                Words("span", f", {document.dated}", "quiet")
    link("All sources", "/knowledge")


async def show_changes(old: str, new: str, product: Product, _owner: str) -> None:
    """Draws two sources side by side.

    Raises:
        UnknownId: There is no such source.
    """
    for source in (old, new):
        product.library.source(source)
    heading("What changed", 1, "title")

    async def compared() -> None:
        _compared(await asyncio.to_thread(product.compare, old, new))

    later("Putting the two side by side ...", compared)


def _compared(found: Comparison) -> None:
    paragraph(f"{found.relation}.", "lead narrow")
    for note in found.notes:
        with ui.element("section").classes("narrow"):
            heading(note.section, 2)
            passage_text(note.text)
    for title, passages in (("New", found.added), ("Dropped", found.dropped)):
        if passages:
            heading(title, 2)
            for passage in passages:
                _folded(passage)
    heading("Section by section", 2)
    for pair in found.pairs:
        with ui.element("div").classes("pairs"):
            for side in (pair.old, pair.new):
                with ui.element("section"):
                    heading(side.section, 3)
                    standing(side)
                    passage_text(side.text)
    link("All sources", "/knowledge")


def _folded(passage: Passage) -> None:
    with ui.element("details"):
        Words("summary", passage.section)
        passage_text(passage.text)


def _place(passage: Passage) -> str:
    return f"/knowledge/{passage.source}#{passage.id.partition('#')[2]}"
