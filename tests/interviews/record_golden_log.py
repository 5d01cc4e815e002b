"""Run as a module: conducts a short round and writes its events, one a line, as JSON.

    python -m tests.interviews.record_golden_log tests/domain/golden_logs/v0_1_0.jsonl

Do this once for each released version and never again: the files show that later versions still
read what earlier ones wrote. The round uses the shipped bank and prompts and a scripted model that
fails twice, so that the log holds every kind of event and of move.
"""

import asyncio
import datetime as dt
import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from interviewer.domain.catalog import Catalog
from interviewer.domain.events import EVENT
from interviewer.engines.model.assessor import ModelAssessor
from interviewer.engines.model.speaker import ModelSpeaker
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.parameters import load_parameters, parameters_file
from interviewer.engines.offline.speaker import OfflineSpeaker
from interviewer.interviews.conduct import Conductor
from interviewer.interviews.performance import Engine
from interviewer.interviews.updates import Update
from interviewer.knowledge.currency import superseded_rules
from interviewer.knowledge.sources import load_sources
from interviewer.llm.chat import Chat
from interviewer.paths import shipped
from interviewer.prompting.library import PromptLibrary
from interviewer.store.catalog_files import load_catalog
from interviewer.store.engine import Database
from tests.builders import NOON
from tests.engines.parts import grades_with, verdicts_reply
from tests.interviews.parts import OWNER, an_event_log
from tests.llm.calls import a_chat
from tests.scripted_server import ScriptedServer

TRACK, ROUND = "jpmorgan-ai-pm", "risk-governance"
QUOTE = "Every morning a job compares"
FIRST = (
    f"{QUOTE} last night's scores with a frozen window, as SR 11-7 requires. The stability index on "
    "the score and on each input has limits we fixed in December."
)
CLAIM = (
    "Dana, my analytics lead, owns each alert. It is closed within five days. We cut false alerts "
    "by half that way."
)


def version_now() -> str:
    from interviewer import __version__

    return __version__


class Ticking:
    """Ten seconds pass with every look at the clock."""

    def __init__(self) -> None:
        self._now = NOON

    def __call__(self) -> dt.datetime:
        self._now += dt.timedelta(seconds=10)
        return self._now


def a_conductor(database: Database, catalog: Catalog, chat: Chat) -> Conductor:
    """A conductor with everything that is shipped, but the embeddings."""
    library = load_sources(shipped("knowledge"))
    texts = [passage.text for passage in library.passages.values()]
    reader = OfflineAssessor(
        Lexicon(texts), load_parameters(parameters_file()), None, superseded_rules(library)
    )
    prompts = PromptLibrary(shipped("prompts"))
    clock = Ticking()
    return Conductor(
        log=an_event_log(database, clock),
        catalog=catalog,
        engine=Engine("model", ModelSpeaker(chat, prompts), ModelAssessor(chat, prompts, reader)),
        offline=Engine("offline", OfflineSpeaker(), reader),
        reader=reader,
        clock=clock,
        version=version_now(),
    )


async def played(database: Database, server: ScriptedServer) -> list[Any]:
    """The events of the round."""
    catalog = load_catalog(shipped("seeds"))
    first = catalog.question(catalog.round(TRACK, ROUND).questions[0])
    said = {point.id: ("no", "") for point in first.points}
    said[first.points[0].id] = ("yes", QUOTE)
    said[first.points[1].id] = ("partly", "words that nobody said")
    server.respond_with(
        grades_with(verdicts_reply(said), says="Let us stay with that for a moment.")
    )
    async with a_chat(server, tries=1) as chat:
        conductor = a_conductor(database, catalog, chat)
        interview = await conductor.start(TRACK, ROUND, owner=OWNER, seed=0)

        async def take(stream: AsyncIterator[Update]) -> None:
            async for _ in stream:
                pass
            await conductor.settle()

        def answer(text: str) -> AsyncIterator[Update]:
            return conductor.answer(interview, text, owner=OWNER)

        await take(conductor.advance(interview, owner=OWNER))
        server.fault("cut", after_chunks=2)
        await take(answer("I don't know."))
        for text in (FIRST, CLAIM, CLAIM):
            await take(answer(text))
        # The second question: an example answer with a bare claim at its end.
        second = catalog.question(catalog.round(TRACK, ROUND).questions[1])
        best = max(second.examples, key=lambda example: example.level)
        server.fault("500")
        for text in (f"{best.answer} We reduced losses.", CLAIM, CLAIM):
            await take(answer(text))
        await take(conductor.skip(interview, owner=OWNER))
        await take(conductor.end(interview, owner=OWNER))
        await conductor.graded(interview, owner=OWNER)
        stored = await an_event_log(database).load(interview, owner=OWNER)
    return [entry.event for entry in stored]


async def record() -> list[Any]:
    with tempfile.TemporaryDirectory() as folder, ScriptedServer() as server:
        async with Database(f"sqlite:///{folder}/interviewer.db") as database:
            return await played(database, server)


def main(out: Path) -> None:
    events = asyncio.run(record())
    lines = [EVENT.dump_json(event).decode() for event in events]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    kinds = [e.move.kind if e.type == "move_made" else e.type for e in events]
    sys.stdout.write(f"{len(events)} events: {' '.join(kinds)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
