"""Run as a module: a panel sits a case, and its events are written, one a line, as JSON.

    python -m tests.interviews.record_golden_panel tests/domain/golden_logs/v0_2_0_panel.jsonl

As `record_golden_log`, of the moves and fields that came later: a hand-over, facts that were asked
for and one that there is not, a curveball, an interrupt on a cut-off answer, a claim of an earlier
round, a contradiction, and a word at half time. It needs no model.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from interviewer.domain.catalog import Catalog
from interviewer.domain.events import EVENT
from interviewer.interviews.updates import Update
from interviewer.store.engine import Database
from tests.builders import a_catalog, a_persona, a_point, a_question, points
from tests.builders_of_moves import a_case, a_change, a_hidden_fact, a_remembered_claim
from tests.interviews.parts import OWNER, Clock, a_conductor, an_event_log

LIST = "We add a portal, alerts, a chat, a tracker and a bot. "
FIRST = "I cut false fraud alerts by 40 percent from the year before at the card desk in one year."
SECOND = "At the card desk I cut false fraud alerts by 15 percent from the year before in one year."


def a_panel_case() -> Catalog:
    """A case before two personas, one of whom interrupts."""
    asking = a_point("owner", asks_for="capacity")
    catalog = a_catalog(
        a_question(
            "ask",
            stage="clarify",
            follow_ups=0,
            points=(asking, *(p for p in points({}) if p.id != "owner")),
        ),
        a_question("draw", stage="design", persona="lawyer", follow_ups=2),
        a_question("defend", stage="board", persona="officer", follow_ups=3),
        personas=("officer", "lawyer"),
        brief=a_case().brief,
        hidden_facts=(a_hidden_fact(), a_hidden_fact("budget", persona="lawyer")),
        curveballs=(a_change(),),
    )
    lawyer = a_persona("lawyer", name="Lev Quill", title="Counsel", interrupts=True)
    return catalog.model_copy(update={"personas": {**catalog.personas, "lawyer": lawyer}})


async def played(database: Database) -> list[Any]:
    """The events of the round."""
    clock = Clock()
    conductor = a_conductor(database, catalog=a_panel_case(), clock=clock)
    interview = await conductor.start(
        "bank", "risk", owner=OWNER, seed=0, remembered=(a_remembered_claim(),)
    )

    async def take(stream: AsyncIterator[Update], minutes: float = 2) -> None:
        async for _ in stream:
            pass
        clock.pass_minutes(minutes)

    def answer(text: str) -> AsyncIterator[Update]:
        return conductor.answer(interview, text, owner=OWNER)

    await take(conductor.advance(interview, owner=OWNER))
    await take(answer("What capacity do the reviewers have? What budget do the reviewers have?"))
    await take(answer("Who is the sponsor?"))
    await take(conductor.skip(interview, owner=OWNER))
    await take(conductor.typing(interview, LIST, owner=OWNER), 9)
    await take(answer(FIRST), 9)
    await take(conductor.skip(interview, owner=OWNER))
    for text in (SECOND, FIRST, FIRST, FIRST):
        await take(answer(text))
    await conductor.graded(interview, owner=OWNER)
    stored = await an_event_log(database).load(interview, owner=OWNER)
    return [entry.event for entry in stored]


async def record() -> list[Any]:
    with tempfile.TemporaryDirectory() as folder:
        async with Database(f"sqlite:///{folder}/interviewer.db") as database:
            return await played(database)


def main(out: Path) -> None:
    events = asyncio.run(record())
    lines = [EVENT.dump_json(event).decode() for event in events]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kinds = [e.move.kind if e.type == "move_made" else e.type for e in events]
    sys.stdout.write(f"{len(events)} events: {' '.join(kinds)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
