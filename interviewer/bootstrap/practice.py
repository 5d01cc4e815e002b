"""Practice assembled: drills, cards, progress, imported questions, regrades."""

from functools import cached_property
from typing import TYPE_CHECKING

from interviewer import __version__
from interviewer.bootstrap.content import now
from interviewer.domain.question import Question
from interviewer.errors import InputError
from interviewer.paths import shipped
from interviewer.practice.choosing import Chooser
from interviewer.practice.drill import Drills
from interviewer.practice.importing import Importer
from interviewer.practice.kept_boards import KeptBoards
from interviewer.practice.progress import Progress
from interviewer.store.board_rows import BoardRows
from interviewer.store.cards import CardBox
from interviewer.store.kept import Kept
from interviewer.store.own_questions import OwnQuestions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from interviewer.bootstrap.product import Product
    from interviewer.domain.critique import Critique
    from interviewer.domain.preparation import Preparation
    from interviewer.domain.progress import Grouping
    from interviewer.domain.regrade import Regrade
    from interviewer.store.engine import Database


class Practice:
    """Everything between two interviews; needs the database."""

    def __init__(self, product: "Product") -> None:
        self._product = product

    @property
    def database(self) -> "Database":
        """The product's database."""
        if self._product.database is None:
            raise RuntimeError("opened without a store")
        return self._product.database

    @cached_property
    def cards(self) -> CardBox:
        """Cards and reviews."""
        return CardBox(self.database)

    @cached_property
    def own(self) -> OwnQuestions:
        """Imported questions."""
        return OwnQuestions(self.database)

    @cached_property
    def kept(self) -> Kept:
        """Critiques and regrades."""
        return Kept(self.database)

    @cached_property
    def boards(self) -> KeptBoards:
        """Boards that candidates keep."""
        return KeptBoards(BoardRows(self.database), now)

    @property
    def groupings(self) -> "Sequence[Grouping]":
        """Ways to sort points for progress: criteria, signals, and the skills of the seeds."""
        from interviewer.domain.progress import GROUPINGS, by_skill

        return (*GROUPINGS, by_skill(self.preparation.skills.criteria))

    @cached_property
    def preparation(self) -> "Preparation":
        """Skills, readiness, timelines and the quiz; read from the shipped seeds once."""
        from interviewer.bootstrap.preparation import preparation

        return preparation(self._product.catalog)

    @cached_property
    def progress(self) -> Progress:
        """Progress and day plan."""
        from interviewer.domain.events import EVENT
        from interviewer.store.event_log import EventLog

        return Progress(
            log=EventLog(self.database, EVENT, clock=now),
            cards=self.cards,
            kept=self.kept,
            own=self.own,
            catalog=self._product.catalog,
            clock=now,
            groupings=self.groupings,
        )

    @cached_property
    def chooser(self) -> Chooser:
        """Which question is drilled next."""
        return Chooser(self._product.catalog, self.cards, self.progress, now, self._can_ask)

    @cached_property
    def drills(self) -> Drills:
        """Begins and closes drills."""
        from interviewer.domain.events import EVENT
        from interviewer.store.event_log import EventLog

        product = self._product
        return Drills(
            log=EventLog(self.database, EVENT, clock=now),
            rounds=product.conductor,
            cards=self.cards,
            reader=product.reader,
            fills=self._filled,
            engine=product.engine_name,
            clock=now,
            version=__version__,
        )

    @cached_property
    def importer(self) -> Importer:
        """Takes lists of questions in; drafts rubrics where there is a model."""
        product = self._product
        drafter = None
        if product.engine_name == "model":
            from interviewer.engines.model.drafter import RubricDrafter
            from interviewer.prompting.library import PromptLibrary

            drafter = RubricDrafter(product.models.grading, PromptLibrary(shipped("prompts")))
        return Importer(product.catalog, self.own, now, drafter)

    async def regrade(self, interview_id: str, times: int, *, owner: str) -> "Regrade":
        """Grades the exchanges of an interview again and keeps the result beside its own grades."""
        from interviewer.interviews.regrading import regraded

        conductor = self._product.conductor
        interview = await conductor.load(interview_id, owner=owner)
        found = await regraded(
            interview_id, interview, self._product.round_assessor, times, now, version=__version__
        )
        await self.kept.add_regrade(found, owner=owner)
        return found

    async def keep(self, found: "Critique", *, owner: str) -> str:
        """Keeps a critique, so that it counts in progress; gives its id."""
        return await self.kept.add_critique(found, now(), owner=owner)

    async def write_deck(
        self, file: "Path", *, owner: str, round_id: str | None = None, everything: bool = False
    ) -> int:
        """Writes an Anki deck; gives how many notes are in it.

        Args:
            file: Where to.
            owner: Whose cards.
            round_id: Every question of this round.
            everything: Every question. With neither, those with a card and those imported.

        Raises:
            InputError: There is nothing to write.
            OSError: The file cannot be written.
        """
        import asyncio

        from interviewer.practice.anki import write_deck

        questions = await self.progress.questions(owner)
        chosen = list(questions.values())
        if round_id is not None:
            chosen = [q for q in chosen if q.round == round_id]
        elif not everything:
            mine = {card.question for card in await self.cards.cards(owner)}
            mine |= {own.question.id for own in await self.own.all(owner)}
            chosen = [q for q in chosen if q.id in mine]
        if not chosen:
            raise InputError(
                "there is no card to export: drill a question, or name --round or --all"
            )
        passages = self._product.library.passages
        return await asyncio.to_thread(write_deck, file, chosen, passages, now().timestamp())

    def _can_ask(self, question: Question, owner: str) -> bool:
        return question.fills is None or bool(self._product.documents(owner).lines(question.fills))

    def _filled(self, question: Question, owner: str, seed: int) -> Question:
        """The question about a line of the owner's document, if it is about one."""
        from interviewer.interviews.planning import planned

        if question.fills is None:
            return question
        round_ = self._product.catalog.round(question.track, question.round)
        plan = planned(round_, [question], self._product.documents(owner).lines, seed)
        if not plan:
            raise InputError(
                f"{question.id!r} is about a line of your {question.fills}: add the document first "
                f"(interviewer index FILE --kind {question.fills})"
            )
        return question if plan[0].line is None else question.filled(plan[0].line)
