"""A drill from question to card, on a real database, with the offline engine or a scripted model."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from interviewer.domain.catalog import Catalog
from interviewer.domain.drill_plan import DrillPlan
from interviewer.domain.rating import Rating
from interviewer.errors import InputError, RuleBroken, UnknownId
from interviewer.practice.choosing import Chooser, Wish
from interviewer.practice.drill import Drills
from interviewer.practice.progress import Progress
from interviewer.store.cards import CardBox
from interviewer.store.engine import Database
from interviewer.store.kept import Kept
from interviewer.store.own_questions import OwnQuestions
from tests.builders import ANSWER, a_catalog, a_question
from tests.engines.parts import a_reader
from tests.interviews.parts import OWNER, Clock, a_conductor, an_event_log, begun, play, updates

if TYPE_CHECKING:
    from interviewer.interviews.conduct import Conductor

WEAK = "We look at it now and then, when somebody has the time to do so."


class Parts:
    """Everything that a drill needs, as one process has it."""

    def __init__(self, database: Database, clock: Clock, catalog: Catalog | None = None) -> None:
        self.catalog = catalog or a_catalog()
        self.cards = CardBox(database)
        self.own = OwnQuestions(database)
        self.conductor: Conductor = a_conductor(database, catalog=self.catalog, clock=clock)
        log = an_event_log(database, clock)
        self.drills = Drills(
            log=log,
            rounds=self.conductor,
            cards=self.cards,
            reader=a_reader(),
            fills=lambda question, _owner, _seed: question,
            engine="offline",
            clock=clock,
            version="test",
        )
        self.progress = Progress(
            log=log,
            cards=self.cards,
            kept=Kept(database),
            own=self.own,
            catalog=self.catalog,
            clock=clock,
        )
        self.chooser = Chooser(self.catalog, self.cards, self.progress, clock)

    async def begin(self, plan: DrillPlan | None = None, question: str = "drift") -> str:
        """A drill whose question was put."""
        asked = self.catalog.question(question)
        drill = await self.drills.start(asked, plan or DrillPlan(), owner=OWNER)
        await updates(self.conductor.advance(drill, owner=OWNER))
        return drill

    async def hold(
        self, *answers: str, plan: DrillPlan | None = None, question: str = "drift"
    ) -> Any:
        """A whole drill; the last answer is repeated."""
        drill = await self.begin(plan, question)
        await play(self.conductor, drill, answers)
        return await self.drills.close(drill, owner=OWNER)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(f"sqlite:///{tmp_path / 'interviewer.db'}") as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def parts(database: Database, clock: Clock) -> Parts:
    return Parts(database, clock)


async def test_a_weak_drill_comes_back_in_the_same_session_with_its_gaps(
    parts: Parts, clock: Clock
) -> None:
    report = await parts.hold(WEAK)
    assert (report.rating, report.again) == (Rating.AGAIN, True)
    (card,) = await parts.cards.cards(OWNER)
    assert card.question == "drift"
    assert card.gaps == report.gaps != ()
    assert sum(card.asked.values()) == 4
    assert card.memory.due == clock.now + dt.timedelta(minutes=1)


async def test_a_strong_drill_comes_back_in_days(parts: Parts, clock: Clock) -> None:
    report = await parts.hold(ANSWER, plan=DrillPlan(follow_ups=0))
    assert report.rating in (Rating.GOOD, Rating.EASY)
    (review,) = await parts.cards.reviews(OWNER)
    assert (review.drill, review.rating) == (report.drill, report.rating)


async def test_the_chain_is_as_long_as_its_budget(parts: Parts) -> None:
    drill = await parts.begin(DrillPlan(follow_ups=3))
    await play(parts.conductor, drill, [WEAK])
    interview = await parts.conductor.load(drill, owner=OWNER)
    assert interview.exchanges[0].follow_ups_used == 3


async def test_closing_twice_reviews_once(parts: Parts) -> None:
    first = await parts.hold(WEAK)
    assert await parts.drills.close(first.drill, owner=OWNER) == first
    (card,) = await parts.cards.cards(OWNER)
    assert card.reviews == len(await parts.cards.reviews(OWNER)) == 1


async def test_a_drill_that_a_dead_process_left_is_reviewed_by_the_next(
    database: Database, parts: Parts, clock: Clock
) -> None:
    drill = await parts.begin()
    await play(parts.conductor, drill, [WEAK])
    assert await parts.cards.cards(OWNER) == ()
    ended_at = clock.now
    clock.pass_minutes(600)
    other = Parts(database, clock)
    assert await other.drills.close_all(owner=OWNER) == 1
    assert await other.drills.close_all(owner=OWNER) == 0
    (review,) = await other.cards.reviews(OWNER)
    assert review.at == ended_at


async def test_answers_given_before_a_crash_are_there_when_it_goes_on(
    database: Database, parts: Parts, clock: Clock
) -> None:
    drill = await parts.begin()
    await updates(parts.conductor.answer(drill, WEAK, owner=OWNER))
    other = Parts(database, clock)
    await play(other.conductor, drill, [ANSWER])
    report = await other.drills.close(drill, owner=OWNER)
    assert report.critique.answers[0] == WEAK
    assert report.hints > 0


async def test_the_critique_so_far_is_of_what_was_said_so_far(parts: Parts) -> None:
    drill = await parts.begin()
    assert await parts.drills.critique_so_far(drill, owner=OWNER) is None
    await updates(parts.conductor.answer(drill, WEAK, owner=OWNER))
    weak = await parts.drills.critique_so_far(drill, owner=OWNER)
    await updates(parts.conductor.answer(drill, ANSWER, owner=OWNER))
    better = await parts.drills.critique_so_far(drill, owner=OWNER)
    assert weak is not None
    assert better is not None
    assert (weak.score or 0) < (better.score or 0)


async def test_a_drill_that_goes_on_has_no_outcome_yet(parts: Parts) -> None:
    with pytest.raises(RuleBroken, match="still going on"):
        await parts.drills.close(await parts.begin(), owner=OWNER)


async def test_a_round_is_no_drill(parts: Parts) -> None:
    with pytest.raises(InputError, match="is a round"):
        await parts.drills.close(await begun(parts.conductor), owner=OWNER)


async def test_nobody_closes_another_s_drill(parts: Parts) -> None:
    report = await parts.hold(WEAK)
    with pytest.raises(UnknownId):
        await parts.drills.close(report.drill, owner="bob")
    assert await parts.cards.cards("bob") == ()


async def test_passing_on_the_question_counts_as_forgotten(parts: Parts) -> None:
    drill = await parts.begin()
    await updates(parts.conductor.skip(drill, owner=OWNER))
    report = await parts.drills.close(drill, owner=OWNER)
    assert report.rating is Rating.AGAIN


async def test_ending_before_an_answer_leaves_the_card_as_it_was(parts: Parts) -> None:
    drill = await parts.begin()
    await updates(parts.conductor.end(drill, owner=OWNER))
    report = await parts.drills.close(drill, owner=OWNER)
    assert (report.rating, report.due) == (None, None)
    assert await parts.cards.cards(OWNER) == ()


async def test_a_retest_asks_the_gaps_in_another_wording_and_closes_them(
    parts: Parts, clock: Clock
) -> None:
    await parts.hold(WEAK)
    clock.pass_minutes(2)
    choice = await parts.chooser.next(Wish(due=True), owner=OWNER)
    assert choice is not None
    drill = await parts.drills.start(choice.question, choice.plan(retest=True), owner=OWNER)
    await updates(parts.conductor.advance(drill, owner=OWNER))
    asked = (await parts.conductor.load(drill, owner=OWNER)).exchanges[0].question
    used = choice.question.points[0].probes[0]
    assert used not in asked.text
    await play(parts.conductor, drill, [ANSWER])
    report = await parts.drills.close(drill, owner=OWNER)
    assert report.retest
    assert set(report.gaps) < set(choice.plan().gaps)


async def test_a_retest_without_a_gap_is_refused(parts: Parts) -> None:
    with pytest.raises(InputError, match="nothing was missed"):
        await parts.begin(DrillPlan(retest=True))


# What is chosen.


async def test_a_session_takes_what_is_due_then_new_ones_up_to_the_limit(
    parts: Parts, clock: Clock
) -> None:
    wish = Wish(new=2)
    asked = []
    for _ in range(2):
        choice = await parts.chooser.next(wish, owner=OWNER)
        assert choice is not None
        asked.append(choice.question.id)
        await parts.hold(ANSWER, plan=choice.plan(follow_ups=0), question=choice.question.id)
    assert len(set(asked)) == 2
    assert await parts.chooser.next(Wish(due=True), owner=OWNER) is None
    clock.now += dt.timedelta(days=40)
    due = await parts.chooser.next(Wish(due=True), owner=OWNER)
    assert due is not None
    assert due.card is not None


async def test_a_criterion_is_drilled_where_it_is_needed_most(
    database: Database, clock: Clock
) -> None:
    catalog = a_catalog(a_question("drift"), a_question("limits"))
    parts = Parts(database, clock, catalog)
    await parts.hold(ANSWER, plan=DrillPlan(follow_ups=0), question="drift")
    choice = await parts.chooser.next(Wish(criterion="ownership"), owner=OWNER)
    assert choice is not None
    assert (choice.question.id, choice.card) == ("limits", None)


async def test_what_does_not_exist_is_named(parts: Parts) -> None:
    for wish in (Wish(question="x"), Wish(round="x"), Wish(track="x"), Wish(criterion="x")):
        with pytest.raises(UnknownId):
            await parts.chooser.next(wish, owner=OWNER)


async def test_drills_and_rounds_make_progress_together(parts: Parts) -> None:
    await parts.hold(WEAK)
    interview = await begun(parts.conductor)
    await play(parts.conductor, interview, [ANSWER])
    report = await parts.progress.report(OWNER)
    assert report.exchanges == {"drill": 1, "interview": 3}
    monitoring = next(s for s in report.strengths if s.id == "monitoring")
    assert monitoring.exchanges == 4
    assert report.cards.total == 1
    assert (await parts.progress.report("bob")).exchanges == {}
