"""The one place that chooses implementations; everything heavy is imported here, when needed."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from interviewer import __version__
from interviewer.domain.catalog import Catalog
from interviewer.errors import InterviewerError, SettingError
from interviewer.paths import shipped
from interviewer.settings import Settings, read_settings

if TYPE_CHECKING:
    from interviewer.engines.offline.assessor import OfflineAssessor
    from interviewer.interviews.conduct import Conductor
    from interviewer.interviews.performance import Engine
    from interviewer.interviews.report import RoundReport
    from interviewer.knowledge.comparison import Comparison
    from interviewer.knowledge.documents.document import Added, Refused
    from interviewer.knowledge.documents.store import DocumentStore
    from interviewer.knowledge.embedding import CachedEmbedder, Embedder
    from interviewer.knowledge.index import PassageIndex
    from interviewer.knowledge.search import Search, SearchResult
    from interviewer.knowledge.sources import SourceLibrary
    from interviewer.llm.chat import Chat
    from interviewer.llm.embedding import OpenAIEmbedder
    from interviewer.llm.settings import ChatSettings
    from interviewer.llm.usage import SpendLimit
    from interviewer.practice.critique import Critic
    from interviewer.store.engine import Database

logger = logging.getLogger(__name__)

LOCAL_OWNER = "local"
"""Owner of everything where one person uses their own machine."""


_SPOKEN_TOKENS, _GRADING_TOKENS = 800, 4_000
"""Longest replies of a turn and of a grading, with room for a reasoning model's thoughts."""


def settings() -> Settings:
    """The settings of this process."""
    return read_settings()


def catalog() -> Catalog:
    """The shipped seeds.

    Raises:
        SeedError: A seed file is broken.
    """
    from interviewer.store.catalog_files import load_catalog

    return load_catalog(shipped("seeds"))


def now() -> dt.datetime:
    """The system clock, aware, UTC: the only one in the product."""
    return dt.datetime.now(dt.UTC)  # noqa: TID251 (the clock that everything else is given)


class Product:
    """The assembled product; parts are made when first used."""

    def __init__(self, chosen: Settings, database: "Database | None") -> None:
        self.settings = chosen
        self.catalog = catalog()
        self.owner = LOCAL_OWNER
        self.database = database
        self.is_warm = False
        self._documents: dict[str, DocumentStore] = {}

    async def warm(self) -> None:
        """Loads in the background what the first candidate would otherwise wait for."""

        def run() -> None:
            self._searcher.search("model risk", 1)
            for question in self.catalog.questions.values():
                self.reader.warm(question)

        try:
            await asyncio.to_thread(run)
            if self.engine_name == "model":
                await self._speaking.warm()
        except InterviewerError as error:
            logger.warning("warming up failed: %s", error)
        self.is_warm = True

    @cached_property
    def library(self) -> "SourceLibrary":
        """The shipped knowledge sources."""
        from interviewer.knowledge.sources import load_sources

        return load_sources(shipped("knowledge"))

    @cached_property
    def reader(self) -> "OfflineAssessor":
        """The offline assessor: grader without a model, and the instant reader of every turn."""
        from interviewer.engines.offline.assessor import OfflineAssessor
        from interviewer.engines.offline.lexicon import Lexicon
        from interviewer.engines.offline.parameters import load_parameters, parameters_file
        from interviewer.knowledge.currency import superseded_rules

        texts = [passage.text for passage in self.library.passages.values()]
        for question in self.catalog.questions.values():
            texts += [question.text, *(example.answer for example in question.examples)]
        return OfflineAssessor(
            Lexicon(texts),
            load_parameters(parameters_file()),
            self._sentences,
            superseded_rules(self.library),
            rubrics=self._rubrics,
            examples={q.id: q.examples for q in self.catalog.questions.values()},
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
            lines=lambda owner, kind: self.documents(owner).lines(kind),
        )

    @cached_property
    def critic(self) -> "Critic":
        """Critiques single answers."""
        from interviewer.practice.critique import Critic

        return Critic(
            catalog=self.catalog,
            assessor=self._engine.assessor,
            offline=self.reader,
            clock=now,
        )

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

        return compare(self.library, old, new, self._rubrics)

    def documents(self, owner: str | None = None) -> "DocumentStore":
        """What an owner has added; its texts and vectors are remembered nowhere else."""
        whose = owner or self.owner
        made = own_documents(self.settings, whose, model=self._minilm)
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
            embedder=self._queries,
            chroma_url=self.settings.chroma_url,
            exact=self.database is None,
        )

    @cached_property
    def _searcher(self) -> "Search":
        from interviewer.knowledge.search import Search

        # The sources do not change while a process runs: once is enough.
        self.index.ensure(list(self.library.passages.values()))
        return Search(self.index, self._queries)

    @cached_property
    def _minilm(self) -> "Embedder | None":
        return local_model(self.settings)

    def _cached(self, file: str | None = None) -> "CachedEmbedder | None":
        from interviewer.knowledge.embedding import CachedEmbedder

        if self._minilm is None:
            return None
        path = None
        if file is not None:
            path = self.settings.home / file
            path.parent.mkdir(parents=True, exist_ok=True)
        return CachedEmbedder(self._minilm, path)

    @cached_property
    def _sentences(self) -> "CachedEmbedder | None":
        """For what candidates say: in memory only."""
        return self._cached()

    @cached_property
    def _queries(self) -> "CachedEmbedder | None":
        """For the shipped sources and what is searched in them."""
        from interviewer.knowledge.embedding import CachedEmbedder

        return CachedEmbedder(self._remote) if self._remote else self._cached()

    @cached_property
    def _remote(self) -> "OpenAIEmbedder | None":
        """The server that embeds sources and queries, if one was chosen."""
        name = self.settings.embedding_model
        if name is None:
            return None
        from interviewer.llm.embedding import OpenAIEmbedder

        return OpenAIEmbedder(self._access(name), self._limit)

    @cached_property
    def _rubrics(self) -> "CachedEmbedder | None":
        """For the bank's own texts: kept on disk, so that a round starts at once."""
        return self._cached("models/rubric-vectors.sqlite3")

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
        from interviewer.engines.model.assessor import ModelAssessor
        from interviewer.engines.model.speaker import ModelSpeaker
        from interviewer.prompting.library import PromptLibrary

        prompts = PromptLibrary(shipped("prompts"))
        return Engine(
            "model",
            ModelSpeaker(self._speaking, prompts),
            ModelAssessor(self._grading, prompts, self.reader, votes=self.settings.grading_votes),
        )

    @cached_property
    def _speaking(self) -> "Chat":
        return self._chat(_SPOKEN_TOKENS)

    @cached_property
    def _grading(self) -> "Chat":
        return self._chat(_GRADING_TOKENS)

    @cached_property
    def _limit(self) -> "SpendLimit":
        from interviewer.llm.usage import SpendLimit

        return SpendLimit(max_tokens=self.settings.spend_limit_tokens)

    def _chat(self, most_tokens: int) -> "Chat":
        from interviewer.llm.chat import Chat

        return Chat(self._access(self.settings.model, most_tokens), self._limit)

    def _access(self, model: str, most_tokens: int | None = None) -> "ChatSettings":
        from interviewer.llm.settings import ChatSettings

        chosen = self.settings
        # Another provider must not be handed OpenAI's key; it reads its own variable.
        is_openai = ChatSettings(model=model).provider == "openai"
        return ChatSettings(
            model=model,
            base_url=chosen.openai_base_url if is_openai else None,
            api_key=chosen.openai_api_key if is_openai else None,
            read_timeout_s=chosen.model_read_timeout_s,
            deadline_s=chosen.model_deadline_s,
            max_output_tokens=most_tokens,
        )

    async def close(self) -> None:
        """Waits for grading in the background and closes everything that was opened."""
        made = self.__dict__
        if "conductor" in made:
            await self.conductor.settle()
        if "index" in made:
            self.index.close()
        for name in ("_sentences", "_queries", "_rubrics"):
            if made.get(name) is not None:
                made[name].close()
        if made.get("_remote") is not None:
            made["_remote"].close()
        for name in ("_speaking", "_grading"):
            if name in made:
                await made[name].aclose()
        if self.database is not None:
            await self.database.close()


def _require_reachable_model(chosen: Settings) -> None:
    """Refuses at the start what would otherwise fail in the middle of an interview."""
    asked = chosen.engine == "model" and chosen.model.startswith("openai:")
    if asked and not chosen.openai_api_key and not chosen.openai_base_url:
        raise SettingError(
            f"INTERVIEWER_ENGINE=model with {chosen.model!r} needs OPENAI_API_KEY or "
            "OPENAI_BASE_URL; or set INTERVIEWER_ENGINE=offline"
        )


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
        yield product
    finally:
        if product is not None:
            await product.close()
        elif database is not None:
            await database.close()


def local_model(chosen: Settings) -> "Embedder | None":
    """The embedding model, loaded when first used; None if not installed or switched off."""
    from interviewer.knowledge.minilm import MiniLM, find_model

    if chosen.embeddings == "off" or find_model() is None:
        return None
    return MiniLM(chosen.home / "models", workers=chosen.embedding_threads)


def own_documents(
    chosen: Settings, owner: str = LOCAL_OWNER, *, model: "Embedder | None"
) -> "DocumentStore":
    """The documents of an owner; without a model they are searched by words."""
    from interviewer.knowledge.documents.store import DocumentStore

    return DocumentStore(chosen.home / "documents", owner, model, clock=now)


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
