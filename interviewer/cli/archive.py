"""`export` and `forget`: everything of yours in one archive, or gone."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from interviewer.bootstrap.archive import Erased


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command()(export)
    app.command()(forget)


def export(
    file: Annotated[Path, typer.Argument(help="The archive to write, FILE.zip.")],
) -> None:
    """Write everything of yours into one archive of JSON and Markdown."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.bootstrap.archive import write_archive
    from interviewer.errors import InputError

    if file.suffix.lower() != ".zip":
        raise InputError(f"{file}: name a file that ends in .zip")

    async def run() -> int:
        async with open_product(settings()) as product:
            return await write_archive(product, file, owner=product.owner)

    print(f"{file}: {asyncio.run(run())} files.")


def forget(
    name: Annotated[
        str | None, typer.Argument(help="A document, as `interviewer documents` names it.")
    ] = None,
    documents: Annotated[
        bool, typer.Option("--documents", help="Every document of yours, and nothing else.")
    ] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Everything: interviews, drills, cards, critiques, documents."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --all: do not ask.")] = False,
) -> None:
    """Remove a document of yours, or with --all everything that is kept of you."""
    from interviewer.bootstrap import own_documents, settings
    from interviewer.errors import InputError

    if sum((name is not None, documents, everything)) != 1:
        raise InputError("name one document, or give --documents, or --all")
    if everything:
        _forget_everything(yes=yes)
        return
    store = own_documents(settings(), model=None)
    if name is None:
        print(f"Forgotten: {store.forget_all()} documents.")
        return
    store.forget(name)
    print(f"Forgotten: {name}.")


def _forget_everything(*, yes: bool) -> None:
    from interviewer.bootstrap import open_product, settings
    from interviewer.bootstrap.archive import erase_everything

    if not yes and sys.stdin.isatty():
        typer.confirm(
            "Delete every interview, drill, card, critique, imported question and document of "
            "yours? `interviewer export FILE.zip` would keep a copy. This cannot be undone.",
            abort=True,
        )

    async def run() -> "Erased":
        async with open_product(settings()) as product:
            return await erase_everything(product, owner=product.owner)

    done = asyncio.run(run())
    counted = [f"{name.replace('_', ' ')} {n}" for name, n in sorted(done.rows.items()) if n]
    parts = [*counted, *([f"documents {done.documents}"] if done.documents else [])]
    print(f"Forgotten: {', '.join(parts) or 'there was nothing'}.")
    print("Archives and decks that you exported are files of yours: delete them yourself.")
