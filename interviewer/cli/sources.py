"""`knowledge list`, `show` and `diff`: the sources, their standing, and what changed."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from interviewer.cli.printing import print_json, print_markdown, standing

if TYPE_CHECKING:
    from interviewer.knowledge.comparison import Comparison
    from interviewer.knowledge.source import Section, Source

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="The knowledge sources: their standing, and what changed.")
    group.command("list")(list_sources)
    group.command("show")(show)
    group.command("diff")(diff)
    app.add_typer(group, name="knowledge")


def list_sources(as_json: AsJson = False) -> None:
    """List the sources with status, date of the facts, and date of the next review."""
    from interviewer.bootstrap import now
    from interviewer.bootstrap.content import library

    today = now().date()
    rows: list[dict[str, Any]] = [
        {
            "id": source.id,
            "title": source.title,
            "status": source.status.value,
            "superseded_by": source.superseded_by,
            "as_of": source.as_of.isoformat(),
            "review_by": source.review_by.isoformat(),
            "overdue": source.review_by < today,
            "sections": len(source.sections),
        }
        for source in library().sources.values()
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        stands = standing(row["status"], row["superseded_by"])
        late = ", REVIEW OVERDUE" if row["overdue"] else ""
        print(f"{row['id']}  [{stands}]  {row['title']}")
        print(f"  facts as of {row['as_of']}, review by {row['review_by']}{late}")


def show(
    name: Annotated[str, typer.Argument(help="A source, or one section of it: SOURCE#SECTION.")],
    as_json: AsJson = False,
) -> None:
    """Show a source or one of its sections, with the documents that its facts were taken from."""
    from interviewer.bootstrap.content import library

    known = library()
    source_id, _, anchor = name.partition("#")
    source = known.source(source_id)
    if anchor:
        known.passage(name)
    sections = [one for one in source.sections if anchor in ("", one.anchor)]
    if as_json:
        shown = source.model_copy(update={"sections": tuple(sections)})
        print_json(shown)
    else:
        print_markdown("\n".join(_shown(source, sections)))


def _shown(source: "Source", sections: Sequence["Section"]) -> Iterator[str]:
    stands = standing(source.status.value, source.superseded_by)
    yield f"# {source.title}"
    yield f"\n{source.issuer}; {stands}; facts as of {source.as_of}.\n"
    for section in sections:
        sure = "" if section.confidence == "high" else f" ({section.confidence} confidence)"
        yield f"## {section.title}{sure}\n\n{section.text}\n"
    text = " ".join(section.text for section in sections)
    cited = {mark: one for mark, one in source.documents.items() if re.search(rf"\b{mark}\b", text)}
    if cited:
        yield "## Documents\n"
    for mark, document in cited.items():
        yield f"- {mark}: {document.title}, {document.dated}, <{document.url}>"


def diff(
    old: Annotated[str, typer.Argument(help="Id of the older source.")],
    new: Annotated[str, typer.Argument(help="Id of the newer source.")],
    as_json: AsJson = False,
) -> None:
    """Show what changed between two sources, section by section."""
    from interviewer.bootstrap import open_product, settings

    async def run() -> "Comparison":
        async with open_product(settings(), store=False) as product:
            return await asyncio.to_thread(product.compare, old, new)

    found = asyncio.run(run())
    if as_json:
        print_json(found)
    else:
        print_markdown(_markdown(found))


def _markdown(found: "Comparison") -> str:
    lines = [f"# {found.old} and {found.new}", "", f"{found.relation}.", ""]
    if found.notes:
        lines += ["## In short", ""]
        for passage in found.notes:
            lines += [f"**{passage.section}.** {passage.text}", ""]
    lines += ["## Section by section", ""]
    for pair in found.pairs:
        lines += [f"### {pair.new.section}", ""]
        lines += [f"- **{found.old}#{_anchor(pair.old.id)}:** {pair.old.text}"]
        lines += [f"- **{found.new}#{_anchor(pair.new.id)}:** {pair.new.text}", ""]
    for title, passages in (
        (f"Only in {found.old}", found.dropped),
        (f"Only in {found.new}", found.added),
    ):
        if passages:
            lines += [f"## {title}", ""]
            lines += [f"- **{p.section}.** {p.text}" for p in passages]
            lines.append("")
    return "\n".join(lines)


def _anchor(passage_id: str) -> str:
    return passage_id.partition("#")[2]
