"""Loops and debriefs, assembled from the product's parts."""

from typing import TYPE_CHECKING

from interviewer import __version__
from interviewer.bootstrap.content import now
from interviewer.bootstrap.product import Product
from interviewer.paths import shipped

if TYPE_CHECKING:
    from interviewer.engines.offline.scribe import OfflineScribe
    from interviewer.engines.scribe import Scribe
    from interviewer.interviews.debrief import Debriefs
    from interviewer.interviews.loop import Loops
    from interviewer.store.loop_rows import KeptLoop, LoopRows


def loops_of(product: Product) -> "Loops":
    """Runs loops on the product's store."""
    from interviewer.interviews.loop import Loops

    return Loops(
        rows=_rows(product),
        conductor=product.conductor,
        catalog=product.catalog,
        clock=now,
        version=__version__,
    )


async def loops_begun(product: Product, owner: str) -> "tuple[KeptLoop, ...]":
    """The loops of an owner, the newest first."""
    return await _rows(product).listing(owner)


def debriefs_of(product: Product) -> "Debriefs":
    """Holds committees over the product's loops.

    Raises:
        SeedError: `committee.yaml` is broken.
    """
    from interviewer.engines.offline.scribe import OfflineScribe
    from interviewer.interviews.debrief import Debriefs
    from interviewer.store.catalog_files import load_committee

    committee = load_committee(shipped("seeds"))
    offline = OfflineScribe(committee)
    return Debriefs(
        loops=loops_of(product),
        rows=_rows(product),
        catalog=product.catalog,
        committee=committee,
        scribe=_scribe(product, offline),
        offline=offline,
    )


def _rows(product: Product) -> "LoopRows":
    from interviewer.store.loop_rows import LoopRows

    if product.database is None:
        raise RuntimeError("opened without a store")
    return LoopRows(product.database, clock=now)


def _scribe(product: Product, offline: "OfflineScribe") -> "Scribe":
    if product.engine_name == "offline":
        return offline
    from interviewer.engines.model.scribe import ModelScribe
    from interviewer.prompting.library import PromptLibrary

    return ModelScribe(product.models.grading, PromptLibrary(shipped("prompts")), offline)


async def is_loop(product: Product, some_id: str) -> bool:
    """Whether an id is that of a loop of the product's owner, rather than of an interview."""
    from interviewer.errors import UnknownId

    try:
        await _rows(product).load(some_id, owner=product.owner)
    except UnknownId:
        return False
    return True
