"""Which question a drill asks: one that was named, one that is due, or the one needed most."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from pydantic import Field

from interviewer.domain.card import NEW_A_DAY, Card, due, new_left, next_question
from interviewer.domain.catalog import Catalog
from interviewer.domain.drill_plan import FOLLOW_UPS, CritiqueWhen, DrillPlan
from interviewer.domain.question import Question
from interviewer.domain.timing import Clock
from interviewer.domain.value import Value
from interviewer.errors import InputError, UnknownId
from interviewer.practice.progress import Progress
from interviewer.store.cards import CardBox


class Wish(Value):
    """What a candidate wants to drill; with nothing named, what is due and then something new."""

    question: str | None = None
    track: str | None = None
    round: str | None = None
    criterion: str | None = None
    due: bool = Field(default=False, description="Only cards that are due.")
    new: int = Field(default=NEW_A_DAY, ge=0, le=100, description="Most new cards today.")


class Choice(NamedTuple):
    """The question to drill next; its card if it has one."""

    question: Question
    card: Card | None

    def plan(
        self,
        *,
        follow_ups: int = FOLLOW_UPS,
        critique: CritiqueWhen = "each",
        retest: bool = False,
    ) -> DrillPlan:
        """The plan of its drill: gaps of the last time first, in wordings not used before."""
        card = self.card
        return DrillPlan(
            follow_ups=follow_ups,
            critique=critique,
            gaps=card.gaps if card else (),
            asked=card.asked if card else {},
            retest=retest,
        )


class Chooser:
    """Chooses questions to drill."""

    def __init__(
        self,
        catalog: Catalog,
        cards: CardBox,
        progress: Progress,
        clock: Clock,
        can_ask: Callable[[Question, str], bool] = lambda _question, _owner: True,
    ) -> None:
        """Takes its parts.

        Args:
            catalog: The bank.
            cards: Of all owners.
            progress: Knows what is needed most.
            clock: Gives aware times.
            can_ask: Whether a question can be put to an owner: one about a line of a document
                cannot where there is none.
        """
        self._catalog = catalog
        self._cards = cards
        self._progress = progress
        self._clock = clock
        self._can_ask = can_ask

    async def next(self, wish: Wish, *, owner: str) -> Choice | None:
        """What to drill next; None if nothing is due and nothing new is wanted.

        A round or a criterion that was named is drilled whether or not something in it is due: the
        cards due there first, then the question there that is needed most.

        Raises:
            UnknownId: Something named does not exist.
            InputError: What was named excludes every question.
        """
        questions = await self._progress.questions(owner)
        every = {card.question: card for card in await self._cards.cards(owner)}
        if wish.question is not None:
            question = questions.get(wish.question) or self._catalog.question(wish.question)
            return Choice(question, every.get(question.id))
        among = self._among(wish, questions, owner)
        cards = [card for card in every.values() if card.question in among]
        now = self._clock()
        is_named = bool(wish.round or wish.criterion)
        if is_named and not wish.due and not due(cards, now):
            return await self._needed_most(among, cards, now, owner)
        # The limit is of the day: cards outside of what was named count as well.
        new = 0 if wish.due else new_left(every.values(), now, wish.new)
        fresh = {q: among[q] for q in among if q not in every} if new else {}
        ranked = await self._progress.wanted(owner, fresh) if fresh else []
        found = next_question(cards, [want.question for want in ranked], now, new)
        return None if found is None else Choice(questions[found[0]], found[1])

    async def _needed_most(
        self, among: Mapping[str, Question], cards: Sequence[Card], now: dt.datetime, owner: str
    ) -> Choice | None:
        """Of what was named: the question without a card that is needed most, else the next due."""
        known = {card.question for card in cards}
        if fresh := {q: among[q] for q in among if q not in known}:
            wanted = await self._progress.wanted(owner, fresh)
            return Choice(among[wanted[0].question], None)
        usable = [card for card in cards if not card.is_out(now)]
        if not usable:
            return None
        soonest = min(usable, key=lambda card: (card.memory.due, card.question))
        return Choice(among[soonest.question], soonest)

    def _among(
        self, wish: Wish, questions: Mapping[str, Question], owner: str
    ) -> dict[str, Question]:
        if wish.track is not None:
            self._catalog.track(wish.track)
        if wish.criterion is not None and wish.criterion not in self._catalog.criteria:
            known = ", ".join(sorted(self._catalog.criteria))
            raise UnknownId(f"there is no criterion {wish.criterion!r}; known: {known}")
        rounds = {r.id for track in self._catalog.tracks.values() for r in track.rounds}
        rounds |= {question.round for question in questions.values()}
        if wish.round is not None and wish.round not in rounds:
            raise UnknownId(
                f"there is no round {wish.round!r}; `interviewer tracks` lists the rounds"
            )
        among = {
            question_id: question
            for question_id, question in questions.items()
            if wish.track in (None, question.track)
            and wish.round in (None, question.round)
            and (wish.criterion is None or wish.criterion in question.criteria)
            and self._can_ask(question, owner)
        }
        if not among:
            raise InputError("no question has this track, round and criterion together")
        return among
