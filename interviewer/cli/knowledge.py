"""`search`, `index`, `documents`: the shipped passages, and one's own documents."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from interviewer.cli.printing import note, print_json, progress_bar, standing

if TYPE_CHECKING:
    from interviewer.knowledge.documents.document import Added
    from interviewer.knowledge.search import SearchResult


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(search)
    app.command()(index)
    app.command()(documents)


def search(
    text: Annotated[str, typer.Argument(help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="Most passages.")] = 5,
    status: Annotated[
        str | None,
        typer.Option(help="Only in_force, superseded, proposed, practice or firm."),
    ] = None,
    topic: Annotated[str | None, typer.Option(help="Only this topic.")] = None,
    track: Annotated[str | None, typer.Option(help="Only what this track draws on.")] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Do not rank superseded text lower.")
    ] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Only your own documents.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Search the knowledge sources; each passage with its status and citation."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.errors import InputError

    if not text.strip():
        raise InputError("there is nothing to search for")
    if mine:
        if status or topic or track:
            raise InputError("your own documents have no status, topic or track: leave them out")
        _search_mine(text, k, as_json=as_json)
        return

    async def run() -> None:
        async with open_product(settings(), store=False) as product:
            found = await product.search(
                text, k=k, status=status, topic=topic, track=track, history=history
            )
        if as_json:
            print_json([hit.model_dump(mode="json") for hit in found.hits])
            return
        _print_found(found)

    asyncio.run(run())


def _print_found(found: "SearchResult") -> None:
    if not found.hits:
        note("No passage was found; leave out --status, --topic or --track to search all.")
        return
    if not found.good:
        note("No passage answers this well; the nearest are listed.")
    if not found.dense:
        note("Word matching only: no embedding model was at hand.")
    for hit in found.hits:
        print(
            f"{hit.passage}  [{standing(hit.status, hit.superseded_by)}]  {hit.score:.2f}\n  {hit.title}: {hit.section}"
        )
        print(f"  {hit.text}\n")
        for one in hit.joined:
            print(f"  with {one.passage}: {one.section}\n  {one.text}\n")
    note("`interviewer knowledge show PASSAGE` names the documents that S1, S2, ... stand for.")


def _search_mine(text: str, k: int, *, as_json: bool) -> None:
    from interviewer.bootstrap import local_model, own_documents, settings

    chosen = settings()
    store = own_documents(chosen, model=local_model(chosen))
    found = store.search(text, k)
    if as_json:
        print_json([hit.model_dump(mode="json") for hit in found.hits])
        return
    if not store.documents():
        note("You have added no documents: `interviewer index PATH` does.")
    elif not found.good:
        note("No passage answers this well; the nearest are listed.")
    for hit in found.hits:
        print(f"{hit.passage}  {hit.score:.2f}\n  {hit.section or hit.title}\n  {hit.text}\n")


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Your own documents to add: files, or folders of them."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="What they are: resume, job or other; guessed if not given.")
    ] = None,
) -> None:
    """Build or bring up to date the index of the knowledge sources; with PATHs, add documents."""
    from interviewer.bootstrap import build_index, settings
    from interviewer.errors import InputError

    if paths:
        _add(paths, kind)
    elif kind is not None:
        raise InputError("--kind is for documents of your own: name them")
    else:
        with progress_bar("Embedding passages") as progress:
            done = build_index(settings(), note, progress)
        print(done)


def _add(paths: list[Path], kind: str | None) -> None:
    from interviewer.bootstrap import local_model, own_documents, settings
    from interviewer.knowledge.documents.document import Added, Refused, kind_of
    from interviewer.knowledge.documents.walk import contents, found_files

    chosen = settings()
    store = own_documents(chosen, model=local_model(chosen))
    refused: list[Refused] = []
    added = 0
    wanted = kind_of(kind)
    for file in contents(found_files(paths), refused):
        # One at a time, so that each line comes when its file is done.
        for outcome in store.add([file], wanted):
            if isinstance(outcome, Added):
                added += 1
                print(_added_line(outcome))
                for told in outcome.notes:
                    note(f"interviewer: {outcome.name}: {told}")
            else:
                refused.append(outcome)
    for refusal in refused:
        note(f"interviewer: {refusal.line}")
    if not added:
        raise typer.Exit(1)


def _added_line(outcome: "Added") -> str:
    document = outcome.document
    if outcome.unchanged:
        known = "" if document.name == outcome.name else f" as {document.name}"
        return f"{outcome.name}: already there{known}"
    return f"{outcome.name}: added as {document.kind}, {document.passages} passages"


def documents(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """List your own documents."""
    from interviewer.bootstrap import own_documents, settings

    found = own_documents(settings(), model=None).documents()
    if as_json:
        print_json([document.model_dump(mode="json") for document in found])
        return
    if not found:
        note("You have added no documents: `interviewer index PATH` does.")
    for document in found:
        print(
            f"{document.name}  [{document.kind}]  added {document.added:%Y-%m-%d}, "
            f"{document.passages} passages"
        )
