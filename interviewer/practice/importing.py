"""Importing a list of questions: checked row by row, then stored all or none."""

import asyncio
from collections.abc import Sequence
from typing import Protocol

from pydantic import Field

from interviewer.domain.catalog import Catalog
from interviewer.domain.own_question import OwnQuestion
from interviewer.domain.problem import Problem
from interviewer.domain.rubric import Criterion
from interviewer.domain.timing import Clock
from interviewer.domain.usage import PromptRef, Usage
from interviewer.domain.value import Value
from interviewer.errors import InputError, ModelError
from interviewer.practice.listed_question import ListedPoint
from interviewer.practice.own_rubric import listed_rubric, own_question
from interviewer.practice.question_file import Row, read_questions
from interviewer.store.own_questions import OwnQuestions

DRAFTS_AT_ONCE = 4


class DraftOfPoint(Protocol):
    """A point as a drafter gives it."""

    statement: str
    criterion: str
    weight: int
    counts: list[str]
    probes: list[str]


class Draft(Protocol):
    """A drafter's reply, checked."""

    @property
    def points(self) -> Sequence[DraftOfPoint]: ...  # noqa: D102

    @property
    def model(self) -> str: ...  # noqa: D102

    @property
    def prompt(self) -> PromptRef: ...  # noqa: D102

    @property
    def usage(self) -> Usage: ...  # noqa: D102


class Drafter(Protocol):
    """Drafts the rubric of a question."""

    async def draft(self, question: str, criteria: Sequence[Criterion]) -> Draft: ...  # noqa: D102


class Imported(Value):
    """What an import did."""

    added: tuple[str, ...] = Field(description="Ids, in the order of the file.")
    drafted: tuple[str, ...] = Field(description="Those whose rubric is a model's draft.")
    replaced: int
    usage: Usage = Usage()


class Refusal(InputError):
    """The file was refused as a whole; nothing was stored.

    Attributes:
        problems: Every problem found, at most a page of them.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(str(self.problems[0]))


class Importer:
    """Takes lists of questions in."""

    def __init__(
        self, catalog: Catalog, questions: OwnQuestions, clock: Clock, drafter: Drafter | None
    ) -> None:
        """Takes its parts.

        Args:
            catalog: The bank: its ids are taken, its personas may ask.
            questions: Where they are kept.
            clock: Gives aware times.
            drafter: None without a language model.
        """
        self._catalog = catalog
        self._questions = questions
        self._clock = clock
        self._drafter = drafter

    async def take(self, name: str, data: bytes, *, owner: str, draft: bool) -> Imported:
        """Imports a file; a question of an id that the owner imported before is replaced.

        Args:
            name: Of the file.
            data: Its bytes.
            owner: Whose questions they become.
            draft: Have the model draft rubrics for questions without points.

        Raises:
            Refusal: With file, line and field of every problem; nothing was stored.
            InputError: Drafts were asked for and there is no model.
            ModelError: A draft failed; nothing was stored.
        """
        rows, problems = read_questions(name, data)
        if problems:
            raise Refusal(problems)
        if draft and self._drafter is None:
            raise InputError(
                "--draft needs a language model: set OPENAI_API_KEY, or OPENAI_BASE_URL for a "
                "local server; or list the points yourself"
            )
        seen: dict[str, int] = {}
        made = [self._made(name, row, seen, problems, draft=draft) for row in rows]
        if problems:
            raise Refusal(problems)
        waiting = [row for row, own in zip(rows, made, strict=True) if own is None]
        drafted, usage = await self._drafted(name, waiting)
        following = iter(drafted)
        owned = [own if own is not None else next(following) for own in made]
        replaced = await self._questions.keep(owned, self._clock(), owner=owner)
        return Imported(
            added=tuple(own.question.id for own in owned),
            drafted=tuple(own.question.id for own in owned if own.origin == "drafted"),
            replaced=replaced,
            usage=usage,
        )

    def _made(
        self, name: str, row: Row, seen: dict[str, int], problems: list[Problem], *, draft: bool
    ) -> OwnQuestion | None:
        """The question of a row; None if it waits for a draft, or cannot be used."""
        try:
            if draft and not row.listed.points:
                # Checked now with any point, so that no model is paid for a row that cannot be used.
                probe = ListedPoint(statement="Stands in for the draft.")
                question_id = own_question(row.listed, [probe], self._catalog).id
                own = None
            else:
                own = listed_rubric(row.listed, self._catalog)
                question_id = own.question.id
        except InputError as error:
            field, _, message = str(error).partition(": ")
            problems.append(Problem(name, row.line, field, message))
            return None
        if question_id in seen:
            message = f"the same question as in line {seen[question_id]}"
            problems.append(Problem(name, row.line, "question", message))
        seen.setdefault(question_id, row.line)
        return own

    async def _drafted(self, name: str, rows: Sequence[Row]) -> tuple[list[OwnQuestion], Usage]:
        gate = asyncio.Semaphore(DRAFTS_AT_ONCE)
        criteria = list(self._catalog.criteria.values())

        async def one(row: Row) -> tuple[OwnQuestion, Usage]:
            if self._drafter is None:
                raise RuntimeError("checked before")
            async with gate:
                try:
                    found = await self._drafter.draft(row.listed.question, criteria)
                except ModelError as error:
                    error.args = (f"{name}:{row.line}: no rubric could be drafted: {error}",)
                    raise
            points = [
                ListedPoint(
                    statement=p.statement,
                    criterion=p.criterion,
                    weight=p.weight,
                    counts=tuple(p.counts),
                    probes=tuple(p.probes),
                )
                for p in found.points
            ]
            by = f"{found.model}, {found.prompt.id} v{found.prompt.version}"
            question = own_question(row.listed, points, self._catalog)
            return OwnQuestion(question=question, origin="drafted", drafted_by=by), found.usage

        # All come to their end before the first failure is told: none goes on unseen.
        outcomes = await asyncio.gather(*(one(row) for row in rows), return_exceptions=True)
        done: list[tuple[OwnQuestion, Usage]] = []
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome
            done.append(outcome)
        return [own for own, _ in done], sum((usage for _, usage in done), Usage())
