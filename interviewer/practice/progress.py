"""Progress of one owner: what was practised, read from the logs, and what to do next."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from pydantic import AwareDatetime, Field

from interviewer.domain.card import Card, due
from interviewer.domain.catalog import Catalog
from interviewer.domain.day_plan import PlanDay, RoundToSit, Want, day_plan, wants
from interviewer.domain.events import Event
from interviewer.domain.heat import HeatCell, heat
from interviewer.domain.interview import replay
from interviewer.domain.missed import Missed, Times, most_missed, times_of
from interviewer.domain.practised import Practised, practised_alone, practised_in
from interviewer.domain.progress import GROUPINGS, Grouping, Strength, strengths
from interviewer.domain.question import Question
from interviewer.domain.timing import Clock
from interviewer.domain.value import Value
from interviewer.store.cards import CardBox
from interviewer.store.event_log import EventLog
from interviewer.store.kept import Kept
from interviewer.store.own_questions import OwnQuestions

_MOST_INTERVIEWS = 5_000

HOW = (
    "Strength is the share of a criterion's points that you make, by weight: the mean of a Beta "
    "posterior with a uniform prior over your exchanges, older ones counting half every 30 days. "
    "The interval holds it with 90 % probability if the model is right. It is no prediction of a "
    "committee (docs/practice.md)."
)


class CardCounts(Value):
    """How many cards there are."""

    total: int
    due: int
    suspended: int


class ProgressReport(Value):
    """Where a candidate stands."""

    at: AwareDatetime
    exchanges: dict[str, int] = Field(description="Judged exchanges by where they took place.")
    strengths: tuple[Strength, ...]
    heat: tuple[HeatCell, ...] = Field(
        description="By criterion and round; nothing judged, no cell."
    )
    most_missed: tuple[Missed, ...]
    first_answers: Times
    follow_up_answers: Times
    cards: CardCounts
    interview_date: dt.date | None
    plan: tuple[PlanDay, ...]
    how: str = HOW


class Progress:
    """Reads what was practised and computes from it; stores nothing."""

    def __init__(
        self,
        *,
        log: EventLog[Event],
        cards: CardBox,
        kept: Kept,
        own: OwnQuestions,
        catalog: Catalog,
        clock: Clock,
        groupings: Sequence[Grouping] = GROUPINGS,
    ) -> None:
        """Takes its parts.

        Args:
            log: Of all interviews.
            cards: Of all owners.
            kept: Critiques outside interviews.
            own: Imported questions.
            catalog: The bank.
            clock: Gives aware times.
            groupings: Ways to sort points into groups; a mapping to skills is one more of them.
        """
        self._log = log
        self._cards = cards
        self._kept = kept
        self._own = own
        self._catalog = catalog
        self._clock = clock
        self._groupings = tuple(groupings)

    async def questions(self, owner: str) -> dict[str, Question]:
        """By id: the bank's questions and those the owner imported."""
        own = {q.question.id: q.question for q in await self._own.all(owner)}
        return own | self._catalog.questions

    async def practised(self, owner: str) -> list[Practised]:
        """Every judged exchange of the owner, oldest first."""
        found: list[Practised] = []
        for listed in await self._log.listing(owner, limit=_MOST_INTERVIEWS):
            stored = await self._log.load(listed.id, owner=owner)
            found += practised_in(listed.id, replay(entry.event for entry in stored))
        questions = await self.questions(owner)
        found += [
            practised_alone(kept.id, kept.at, kept.critique, questions)
            for kept in await self._kept.critiques(owner)
        ]
        return sorted(found, key=lambda p: p.at)

    async def wanted(self, owner: str, among: Mapping[str, Question]) -> list[Want]:
        """These questions, the one most worth drilling first; equals stay in their order."""
        practised = await self.practised(owner)
        found = strengths(practised, self._clock(), self._groupings)
        return wants(among.values(), found, most_missed(practised, None))

    async def report(
        self, owner: str, *, track: str | None = None, interview_date: dt.date | None = None
    ) -> ProgressReport:
        """Where the owner stands.

        Args:
            owner: Whose progress.
            track: Only what belongs to this track; else all, and a plan for the track practised most.
            interview_date: Adds a plan for the days before it (UTC).

        Raises:
            UnknownId: There is no such track.
            InputError: The date has passed.
        """
        if track is not None:
            self._catalog.track(track)
        now = self._clock()
        practised = [p for p in await self.practised(owner) if track in (None, p.track)]
        questions = {
            i: q for i, q in (await self.questions(owner)).items() if track in (None, q.track)
        }
        cards = [c for c in await self._cards.cards(owner) if c.question in questions]
        # Quantiles of many days take tenths of a second: others must not wait for them.
        found = await asyncio.to_thread(strengths, practised, now, self._groupings)
        plan: list[PlanDay] = []
        if interview_date is not None:
            plan = self._plan(interview_date, now, practised, found, questions, cards, track)
        return ProgressReport(
            at=now,
            exchanges=dict(Counter(p.where for p in practised)),
            strengths=tuple(found),
            heat=tuple(heat(practised, now)),
            most_missed=tuple(most_missed(practised)),
            first_answers=times_of(practised, first=True),
            follow_up_answers=times_of(practised, first=False),
            cards=CardCounts(
                total=len(cards),
                due=len(due(cards, now)),
                suspended=sum(card.suspended for card in cards),
            ),
            interview_date=interview_date,
            plan=tuple(plan),
        )

    def _plan(
        self,
        interview_date: dt.date,
        now: dt.datetime,
        practised: Sequence[Practised],
        found: Sequence[Strength],
        questions: Mapping[str, Question],
        cards: Sequence[Card],
        track: str | None,
    ) -> list[PlanDay]:
        chosen = track or _practised_most(practised) or next(iter(self._catalog.tracks))
        own = {i: q for i, q in questions.items() if q.track == chosen}
        missed = most_missed(practised, None)
        due_on = {
            card.question: card.memory.due.date()
            for card in cards
            if not card.suspended and card.question in own
        }
        return day_plan(
            now.date(),
            interview_date,
            due_on,
            wants(own.values(), found, missed),
            self._rounds(chosen, practised),
        )

    def _rounds(self, track: str, practised: Sequence[Practised]) -> list[RoundToSit]:
        last = {
            p.round: p.at.date() for p in practised if p.where == "interview" and p.track == track
        }
        return [
            RoundToSit(
                id=f"{track}/{round_.id}",
                title=round_.title,
                minutes=round_.minutes,
                last=last.get(round_.id),
            )
            for round_ in self._catalog.track(track).rounds
        ]


def _practised_most(practised: Sequence[Practised]) -> str | None:
    counted = Counter(p.track for p in practised if p.track)
    return counted.most_common(1)[0][0] if counted else None
