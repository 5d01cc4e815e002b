"""Drills: one question, a chain of follow-ups, then a rating that says when it comes back.

A drill is an interview of one question on the same event log, conducted by the same machinery, so a
killed process loses nothing. Only the review of its card is stored beside the log, once.
"""

import uuid
from collections.abc import Callable
from typing import Protocol

from pydantic import Field

from interviewer.domain.assessment import Assessment
from interviewer.domain.card import AHEAD, Card, Review
from interviewer.domain.critique import Critique, critique
from interviewer.domain.drill_moves import wordings_used
from interviewer.domain.drill_plan import DRILL_MINUTES, DrillPlan, drill_question
from interviewer.domain.events import Event, InterviewStarted, PlannedQuestion
from interviewer.domain.grade import grade_question
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.practised import AnswerTime, answer_times
from interviewer.domain.question import Question
from interviewer.domain.rating import Rating, Recall, recall
from interviewer.domain.shown import with_artefact
from interviewer.domain.timing import Clock
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met
from interviewer.engines.protocols import Assessor
from interviewer.engines.telling import telling
from interviewer.errors import InputError, RuleBroken
from interviewer.practice.schedule import after_review, remembered
from interviewer.store.cards import CardBox
from interviewer.store.event_log import EventLog

Fills = Callable[[Question, str, int], Question]
"""Puts a line of the owner's own document into a question about one: question, owner, seed."""


class Rounds(Protocol):
    """What conducts a drill once it is begun."""

    async def load(self, interview_id: str, *, owner: str) -> Interview: ...  # noqa: D102

    async def graded(self, interview_id: str, *, owner: str) -> Interview: ...  # noqa: D102


class DrillReport(Value):
    """What came of a drill."""

    drill: str
    question: str
    retest: bool
    critique: Critique
    rating: Rating | None
    because: str
    hints: int = Field(description="Points made only after the first answer.")
    due: str | None = Field(description="When the card comes back, ISO 8601 in UTC.")
    again: bool = Field(description="It comes back in this session.")
    gaps: tuple[str, ...]
    answers: tuple[AnswerTime, ...]


class Drills:
    """Begins drills and closes them; in between they are interviews."""

    def __init__(
        self,
        *,
        log: EventLog[Event],
        rounds: Rounds,
        cards: CardBox,
        reader: Assessor,
        fills: Fills,
        engine: str,
        clock: Clock,
        version: str,
    ) -> None:
        """Takes its parts.

        Args:
            log: Of all interviews.
            rounds: Conducts them.
            cards: Where reviews and cards are kept.
            reader: Reads an answer at once, for the critique in between.
            fills: For questions about a line of one's own document.
            engine: Name of the engine that conducts.
            clock: Gives aware times.
            version: Of the product, for the log.
        """
        self._log = log
        self._rounds = rounds
        self._cards = cards
        self._reader = reader
        self._fills = fills
        self._engine = engine
        self._clock = clock
        self._version = version

    async def start(self, question: Question, plan: DrillPlan, *, owner: str) -> str:
        """Opens a drill and returns its id; nothing has been said yet.

        Raises:
            InputError: A retest has no gap to ask for, or the question is about a document that
                the owner has not added.
        """
        drill_id = str(uuid.uuid4())
        seed = uuid.UUID(drill_id).int % 2**31 or 1
        filled = self._fills(question, owner, seed)
        try:
            asked = drill_question(filled, plan)
        except ValueError:
            raise InputError(
                f"nothing was missed in the last drill of {question.id!r}: drill it whole"
            ) from None
        now = self._clock()
        started = InterviewStarted(
            at=now,
            track=question.track,
            round=question.round,
            title=plan.title_of(question.id),
            persona=question.persona,
            engine=self._engine,
            minutes=DRILL_MINUTES,
            plan=(PlannedQuestion(id=question.id, minutes=question.minutes, question=asked),),
            bar={},
            seed=seed,
            version=self._version,
            drill=plan,
        )
        await self._log.create(
            drill_id,
            owner,
            question.track,
            question.round,
            self._engine,
            [started],
            title=started.title,
        )
        await self._cards.remember(drill_id, question.id, now, owner=owner)
        return drill_id

    async def critique_so_far(self, drill_id: str, *, owner: str) -> Critique | None:
        """The instant critique of what was answered so far; None before the first answer.

        Raises:
            InputError: This interview is no drill.
        """
        interview = await self._rounds.load(drill_id, owner=owner)
        _plan_of(drill_id, interview)
        current = interview.current
        if current is None or not current.answers:
            return None
        return _critique(current, current.assessment or await self._reader.assess(current))

    async def close(self, drill_id: str, *, owner: str) -> DrillReport:
        """The report of a drill that is over; the first time its card is reviewed.

        Raises:
            UnknownId: There is none of that id and owner.
            InputError: This interview is no drill.
            RuleBroken: It is still going on, or ended before anything was asked.
        """
        interview = await self._rounds.graded(drill_id, owner=owner)
        plan = _plan_of(drill_id, interview)
        if not interview.is_over:
            raise RuleBroken("the drill is still going on: answer, or end it")
        exchange = interview.current
        if exchange is None or exchange.assessment is None:
            raise RuleBroken("the drill ended before anything was asked")
        assessment = exchange.assessment
        rated = recall(grade_question(exchange.question, assessment), assessment.verdicts)
        gaps = tuple(v.point for v in assessment.verdicts if v.met in (Met.NO, Met.PARTLY))
        review = await self._cards.reviewed(drill_id, owner=owner)
        if review is None and rated.rating is not None:
            review = await self._review(drill_id, interview, exchange, rated, gaps, plan, owner)
        return DrillReport(
            drill=drill_id,
            question=exchange.question.id,
            retest=plan.retest,
            critique=_critique(exchange, assessment),
            rating=review.rating if review else None,
            because=review.because if review else rated.because,
            hints=rated.hints,
            due=review.memory.due.isoformat() if review else None,
            again=review is not None and _is_soon(review),
            gaps=gaps,
            answers=answer_times(exchange),
        )

    async def close_all(self, *, owner: str) -> int:
        """Reviews what a killed process left unreviewed; gives how many drills that were."""
        closed = 0
        for drill_id in await self._cards.unreviewed(owner):
            try:
                closed += (await self.close(drill_id, owner=owner)).rating is not None
            except RuleBroken:
                continue
        return closed

    async def _review(
        self,
        drill_id: str,
        interview: Interview,
        exchange: Exchange,
        rated: Recall,
        gaps: tuple[str, ...],
        plan: DrillPlan,
        owner: str,
    ) -> Review:
        at = interview.farewell.at if interview.farewell else self._clock()
        assessment = exchange.assessment
        score = None if assessment is None else grade_question(exchange.question, assessment).score
        used = wordings_used(exchange, plan)

        def change(card: Card | None) -> tuple[Card, Review]:
            if rated.rating is None:
                raise RuntimeError("nothing was rated")
            review = Review(
                question=exchange.question.id,
                drill=drill_id,
                at=at,
                rating=rated.rating,
                because=rated.because,
                score=None if score is None else round(score, 2),
                hints=rated.hints,
                seconds=round(interview.time_used().total_seconds(), 1),
                memory=remembered(card.memory if card else None, rated.rating, at),
            )
            return after_review(card, review, gaps, used), review

        return await self._cards.review(drill_id, exchange.question.id, change, owner=owner)


def _plan_of(drill_id: str, interview: Interview) -> DrillPlan:
    plan = interview.started.drill
    if plan is None:
        raise InputError(f"{drill_id!r} is a round, not a drill: `interviewer report` shows it")
    return plan


def _is_soon(review: Review) -> bool:
    return review.memory.due - review.at <= AHEAD


def _critique(exchange: Exchange, assessment: Assessment) -> Critique:
    told = telling(exchange.question, exchange.spoken)
    shown = with_artefact(assessment, exchange)
    return critique(exchange.question, shown, exchange.answers, star=told.star, impact=told.impact)[
        0
    ]
