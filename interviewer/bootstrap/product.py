"""The assembled product: which implementation stands behind every part."""

import asyncio
import logging
from functools import cached_property
from typing import TYPE_CHECKING

from interviewer import __version__
from interviewer.bootstrap.content import LOCAL_OWNER, catalog, lexicon, library, now
from interviewer.bootstrap.embedders import Embedders
from interviewer.bootstrap.models import Models
from interviewer.errors import InterviewerError
from interviewer.paths import shipped
from interviewer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from interviewer.bootstrap.coding import CodeWorkbench
    from interviewer.bootstrap.practice import Practice
    from interviewer.bootstrap.sql_workbench import SqlWorkbench
    from interviewer.domain.catalog import Catalog
    from interviewer.engines.model.rewriter import ModelRewriter
    from interviewer.engines.offline.assessor import OfflineAssessor
    from interviewer.engines.protocols import Assessor
    from interviewer.interviews.code_turns import CodeTurns
    from interviewer.interviews.conduct import Conductor
    from interviewer.interviews.performance import Engine
    from interviewer.interviews.query_turns import QueryTurns
    from interviewer.interviews.report import RoundReport
    from interviewer.knowledge.comparison import Comparison
    from interviewer.knowledge.documents.document import Added, Refused
    from interviewer.knowledge.documents.store import DocumentStore
    from interviewer.knowledge.embedding import Embedder
    from interviewer.knowledge.index import PassageIndex
    from interviewer.knowledge.search import Search, SearchResult
    from interviewer.knowledge.sources import SourceLibrary
    from interviewer.practice.critique import Critic
    from interviewer.prompting.library import PromptLibrary
    from interviewer.store.engine import Database
    from interviewer.store.work_drafts import WorkDrafts

logger = logging.getLogger(__name__)


class Product:
    """The assembled product; parts are made when first used."""

    def __init__(self, chosen: Settings, database: "Database | None") -> None:
        self.settings = chosen
        self.owner = LOCAL_OWNER
        self.database = database
        self.is_warm = False
        self._documents: dict[str, DocumentStore] = {}

    async def warm(self) -> None:
        """Loads in the background what the first candidate would otherwise wait for."""

        def run() -> None:
            self._searcher.search("model risk", 1)
            self.prepare_rubrics()

        try:
            await asyncio.to_thread(run)
            if self.engine_name == "model":
                await self.models.speaking.warm()
        except InterviewerError as error:
            logger.warning("warming up failed: %s", error)
        self.is_warm = True

    def prepare_rubrics(self) -> None:
        """Makes every question ready to be read against; the vectors are kept on disk."""
        for question in self.catalog.questions.values():
            self.reader.warm(question)

    @cached_property
    def catalog(self) -> "Catalog":
        """The shipped questions, problems, personas and tracks.

        Raises:
            SeedError: A seed file is broken.
        """
        return catalog()

    @cached_property
    def library(self) -> "SourceLibrary":
        """The shipped knowledge sources."""
        return library()

    @cached_property
    def reader(self) -> "OfflineAssessor":
        """The offline assessor: grader without a model, and the instant reader of every turn."""
        from interviewer.engines.offline.assessor import OfflineAssessor
        from interviewer.engines.offline.belonging import Belonging
        from interviewer.engines.offline.parameters import load_parameters, parameters_file
        from interviewer.engines.offline.said import sayings
        from interviewer.knowledge.currency import superseded_rules

        sentences = self.embedders.sentences
        return OfflineAssessor(
            lexicon(),
            load_parameters(parameters_file()),
            sentences,
            superseded_rules(self.library),
            rubrics=self.embedders.rubrics,
            examples={q.id: q.examples for q in self.catalog.questions.values()},
            belonging=Belonging(self.catalog.questions.values()),
            sayings=sayings(self.catalog.said, sentences.id) if sentences else None,
        )

    @cached_property
    def engine_name(self) -> str:
        """`model` or `offline`."""
        return "model" if self.settings.uses_model else "offline"

    @property
    def engine_line(self) -> str:
        """Which engine is in use and what to do to change it, in one line."""
        if self.engine_name == "model":
            where = f" at {self.settings.openai_base_url}" if self.settings.openai_base_url else ""
            return f"Engine: model {self.settings.model}{where}; offline when it fails."
        return (
            "Engine: offline, no language model. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a "
            "local server, to have a model phrase and grade."
        )

    @cached_property
    def conductor(self) -> "Conductor":
        """Conducts rounds on the event log; needs the database."""
        from interviewer.domain.events import EVENT
        from interviewer.engines.offline.listener import Listener
        from interviewer.interviews.conduct import Conductor
        from interviewer.store.event_log import EventLog

        if self.database is None:
            raise RuntimeError("opened without a store")
        return Conductor(
            log=EventLog(self.database, EVENT, clock=now),
            catalog=self.catalog,
            engine=self._engine,
            offline=self._offline,
            reader=self.reader,
            clock=now,
            version=__version__,
            lines=self._lines,
            listener=Listener(self.embedders.sentences),
        )

    def _lines(self, owner: str, kind: str) -> "tuple[str, ...]":
        """Lines of an owner's documents, those first that a persona would ask about."""
        from interviewer.practice.resume_review import worth_asking

        lines = self.documents(owner).lines(kind)
        return worth_asking(lines) if kind == "resume" else lines

    @cached_property
    def coding(self) -> "CodeWorkbench":
        """Coding problems and their judge."""
        from interviewer.bootstrap.coding import CodeWorkbench

        return CodeWorkbench(self.settings, self.catalog.coding_problems)

    @cached_property
    def code_turns(self) -> "CodeTurns":
        """Code within a round, and hints on code and queries; needs the database."""
        from interviewer.bootstrap.coding import code_turns

        return code_turns(self)

    @cached_property
    def sql_workbench(self) -> "SqlWorkbench":
        """SQL problems and what runs queries; one for all, because it limits how many run at once."""
        from interviewer.bootstrap.sql_workbench import SqlWorkbench

        return SqlWorkbench(self.catalog.sql_problems)

    @cached_property
    def work_drafts(self) -> "WorkDrafts":
        """Code, queries and sketches that are not sent; needs the database."""
        from interviewer.store.work_drafts import WorkDrafts

        if self.database is None:
            raise RuntimeError("opened without a store")
        return WorkDrafts(self.database, now)

    @cached_property
    def query_turns(self) -> "QueryTurns":
        """Queries within a round; needs the database."""
        from interviewer.bootstrap.sql_workbench import query_turns

        return query_turns(self)

    @cached_property
    def critic(self) -> "Critic":
        """Critiques single answers."""
        from interviewer.practice.critique import Critic

        return Critic(
            catalog=self.catalog,
            assessor=self.assessor,
            offline=self.reader,
            clock=now,
            rewriter=self._rewriter,
        )

    @cached_property
    def practice(self) -> "Practice":
        """Drills, cards, progress and what else is done between interviews."""
        from interviewer.bootstrap.practice import Practice

        return Practice(self)

    @cached_property
    def assessor(self) -> "Assessor":
        """What grades single answers: the model's assessor itself, with nothing to stand in."""
        return (
            self.reader
            if self.engine_name == "offline"
            else self._model_assessor(hears_claims=False)
        )

    @property
    def round_assessor(self) -> "Assessor":
        """What grades in a round; a model lists claims in the same call."""
        return self._engine.assessor

    @cached_property
    def _rewriter(self) -> "ModelRewriter | None":
        if self.engine_name == "offline":
            return None
        from interviewer.engines.model.rewriter import ModelRewriter

        return ModelRewriter(self.models.grading, self._prompts)

    async def report(self, interview_id: str, *, owner: str | None = None) -> "RoundReport":
        """The report of a round, grading first what is still ungraded."""
        from interviewer.interviews.report import round_report

        interview = await self.conductor.graded(interview_id, owner=owner or self.owner)
        return round_report(interview_id, interview)

    async def search(
        self,
        text: str,
        *,
        k: int = 5,
        status: str | None = None,
        topic: str | None = None,
        track: str | None = None,
        history: bool = False,
    ) -> "SearchResult":
        """Searches the shipped sources, building their index first if it is missing or stale.

        With a track, only the sources that its questions cite or give to read are searched.
        """
        from interviewer.knowledge.track_sources import track_sources

        sources = None if track is None else track_sources(self.catalog, track)

        def run() -> "SearchResult":
            return self._searcher.search(
                text, k, status=status, topic=topic, sources=sources, history=history
            )

        return await asyncio.to_thread(run)

    def compare(self, old: str, new: str) -> "Comparison":
        """Two sources side by side."""
        from interviewer.knowledge.comparison import compare

        return compare(self.library, old, new, self.embedders.rubrics)

    def documents(self, owner: str | None = None) -> "DocumentStore":
        """What an owner has added; its texts and vectors are remembered nowhere else."""
        whose = owner or self.owner
        made = own_documents(self.settings, whose, model=self.embedders.local)
        return self._documents.setdefault(whose, made)

    async def add_documents(
        self, files: "Iterable[tuple[str, bytes]]", kind: str | None = None, *, owner: str
    ) -> "list[Added | Refused]":
        """Adds files to an owner's documents; two callers at a time, the others wait."""
        async with self._adding:
            return await asyncio.to_thread(self.documents(owner).add, files, kind)

    @cached_property
    def _adding(self) -> asyncio.Semaphore:
        from interviewer.knowledge.documents.limits import READ_AT_ONCE

        return asyncio.Semaphore(READ_AT_ONCE)

    @cached_property
    def index(self) -> "PassageIndex":
        """The index of the shipped sources."""
        from interviewer.knowledge.index import PassageIndex

        return PassageIndex(
            self.settings.home / "index",
            embedder=self.embedders.queries,
            chroma_url=self.settings.chroma_url,
            exact=self.database is None,
        )

    @cached_property
    def _searcher(self) -> "Search":
        from interviewer.knowledge.search import Search

        # The sources do not change while a process runs: once is enough.
        self.index.ensure(list(self.library.passages.values()))
        return Search(self.index, self.embedders.queries)

    @cached_property
    def models(self) -> Models:
        """Clients of language models."""
        return Models(self.settings)

    @cached_property
    def embedders(self) -> Embedders:
        """Whatever turns texts into vectors."""
        return Embedders(self.settings, self.models.embedder)

    @cached_property
    def _offline(self) -> "Engine":
        from interviewer.engines.offline.speaker import OfflineSpeaker
        from interviewer.interviews.performance import Engine

        return Engine("offline", OfflineSpeaker(), self.reader)

    @cached_property
    def _engine(self) -> "Engine":
        from interviewer.interviews.performance import Engine

        if self.engine_name == "offline":
            return self._offline
        from interviewer.engines.model.speaker import ModelSpeaker

        speaker = ModelSpeaker(self.models.speaking, self._prompts)
        return Engine("model", speaker, self._model_assessor(hears_claims=True), hears_claims=True)

    @cached_property
    def _prompts(self) -> "PromptLibrary":
        from interviewer.prompting.library import PromptLibrary

        return PromptLibrary(shipped("prompts"))

    def _model_assessor(self, *, hears_claims: bool) -> "Assessor":
        from interviewer.engines.model.assessor import ModelAssessor

        return ModelAssessor(
            self.models.grading,
            self._prompts,
            self.reader,
            votes=self.settings.grading_votes,
            hears_claims=hears_claims,
        )

    async def close(self) -> None:
        """Waits for grading in the background and closes everything that was opened."""
        made = self.__dict__
        if "conductor" in made:
            await self.conductor.settle()
        if "index" in made:
            self.index.close()
        if "embedders" in made:
            self.embedders.close()
        if "models" in made:
            await self.models.close()
        if self.database is not None:
            await self.database.close()


def own_documents(
    chosen: Settings, owner: str = LOCAL_OWNER, *, model: "Embedder | None"
) -> "DocumentStore":
    """The documents of an owner; without a model they are searched by words."""
    from interviewer.engines.instructions import is_instruction
    from interviewer.knowledge.documents.store import DocumentStore

    return DocumentStore(
        chosen.home / "documents", owner, model, clock=now, is_order=is_instruction
    )
