"""Opening the product for one command or for a server, and building its index."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from interviewer.bootstrap.product import Product
from interviewer.settings import Settings


@asynccontextmanager
async def open_product(chosen: Settings, *, store: bool = True) -> AsyncIterator[Product]:
    """Opens the product; with `store=False` without a database, for commands that keep nothing."""
    database = None
    if store:
        from interviewer.store.engine import Database

        database = Database(chosen.database)
        await database.open()
    product = None
    try:
        product = Product(chosen, database)
        # Read now, so that a broken seed is said before anything is asked or kept.
        _ = product.catalog
        yield product
    finally:
        if product is not None:
            await product.close()
        elif database is not None:
            await database.close()


def build_index(
    chosen: Settings, say: Callable[[str], None], progress: Callable[[int, int], None]
) -> str:
    """Brings the index of the shipped sources up to date and says what was done.

    Args:
        chosen: The settings.
        say: Told what there is to index.
        progress: Told how many passages have vectors, and of how many.
    """
    product = Product(chosen, None)
    passages = list(product.library.passages.values())
    say(f"{len(product.library.sources)} sources, {len(passages)} passages")
    state = product.index.ensure(passages, progress)
    done = "built" if state.built else "already up to date"
    note = f"; {state.note}" if state.note else ""
    return f"Index {done}: {state.passages} passages, {state.embedded} newly embedded{note}."
