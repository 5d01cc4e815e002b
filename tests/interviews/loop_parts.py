"""Loops of two short rounds on a real database."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from interviewer.domain.catalog import Catalog
from interviewer.domain.question import Question
from interviewer.engines.offline.scribe import OfflineScribe
from interviewer.engines.scribe import Scribe
from interviewer.interviews.conduct import Conductor
from interviewer.interviews.debrief import Debriefs
from interviewer.interviews.loop import Loops
from interviewer.paths import shipped
from interviewer.store.catalog_files import load_committee
from interviewer.store.engine import Database
from interviewer.store.loop_rows import LoopRows
from tests.builders import ANSWER, a_catalog, a_question
from tests.interviews.parts import OWNER, Clock, a_conductor, updates

ROUNDS: Mapping[str, tuple[str, ...]] = {"screen": ("drift", "limits"), "panel": ("spike", "tiers")}


def two_rounds(rounds: Mapping[str, tuple[str, ...]] = ROUNDS, **changed: Question) -> Catalog:
    """A track of these rounds, each with short questions; some of them given."""
    names = [name for asked in rounds.values() for name in asked]
    given = {name.replace("_", "-"): question for name, question in changed.items()}
    catalog = a_catalog(*(given.get(n, a_question(n, follow_ups=0)) for n in names))
    track = catalog.tracks["bank"]
    pattern = track.rounds[0]
    made = tuple(
        pattern.model_copy(update={"id": name, "title": name.title(), "questions": asked})
        for name, asked in rounds.items()
    )
    return catalog.model_copy(
        update={"tracks": {"bank": track.model_copy(update={"rounds": made})}}
    )


class Parts(NamedTuple):
    """What runs loops."""

    conductor: Conductor
    loops: Loops
    debriefs: Debriefs


def loop_parts(
    database: Database,
    catalog: Catalog | None = None,
    clock: Callable[[], datetime] | None = None,
    scribe: Scribe | None = None,
) -> Parts:
    """Loops and debriefs on a database, as a process that has just started has them."""
    seeds, ticking = catalog or two_rounds(), clock or Clock()
    conductor = a_conductor(database, catalog=seeds, clock=ticking)
    rows = LoopRows(database, clock=ticking)
    loops = Loops(rows=rows, conductor=conductor, catalog=seeds, clock=ticking, version="test")
    committee = load_committee(shipped("seeds"))
    offline = OfflineScribe(committee)
    debriefs = Debriefs(
        loops=loops,
        rows=rows,
        catalog=seeds,
        committee=committee,
        scribe=scribe or offline,
        offline=offline,
    )
    return Parts(conductor, loops, debriefs)


async def sit_next(
    parts: Parts, loop_id: str, answers: int | None = None, text: str = ANSWER
) -> str:
    """Sits the next round, or gives so many answers in it; returns its interview's id."""
    opened = await parts.loops.open_next(loop_id, owner=OWNER)
    assert opened is not None
    conductor = parts.conductor
    await updates(conductor.advance(opened.interview, owner=OWNER))
    while answers is None or answers > 0:
        if (await conductor.load(opened.interview, owner=OWNER)).is_over:
            break
        await updates(conductor.answer(opened.interview, text, owner=OWNER))
        answers = None if answers is None else answers - 1
    return opened.interview
