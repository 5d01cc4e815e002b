"""Cards, reviews, imported questions and critiques, on both databases; each owner's own."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from interviewer.domain.card import Card, Memory, Review
from interviewer.domain.critique import critique
from interviewer.domain.own_question import OwnQuestion
from interviewer.domain.rating import Rating
from interviewer.domain.regrade import Regrade
from interviewer.errors import UnknownId
from interviewer.store.cards import CardBox
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.kept import Kept
from interviewer.store.own_questions import OwnQuestions
from tests.builders import NOON, a_question, an_assessment


def memory(days: int = 1) -> Memory:
    return Memory(
        phase="review",
        step=None,
        stability=2.0,
        difficulty=5.0,
        due=NOON + dt.timedelta(days=days),
        last_review=NOON,
    )


def a_review(drill: str, days: int = 1) -> Review:
    return Review(
        question="drift",
        drill=drill,
        at=NOON,
        rating=Rating.GOOD,
        because="Recalled.",
        score=4.0,
        hints=0,
        seconds=60,
        memory=memory(days),
    )


def reviewing(drill: str, days: int = 1) -> Any:
    def change(card: Card | None) -> tuple[Card, Review]:
        reviews = card.reviews + 1 if card else 1
        review = a_review(drill, days)
        return Card(question="drift", memory=review.memory, added=NOON, reviews=reviews), review

    return change


async def drilled(log: EventLog[Any], said: Any, owner: str = "ada", *, over: bool = True) -> str:
    drill = str(uuid.uuid4())
    await log.create(drill, owner, "t", "r", "offline", [said("x")])
    if over:
        await log.append(drill, [said("y")], 1, owner=owner, state="over")
    return drill


async def test_a_review_and_its_card_are_stored_together_and_once(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    box, drill = CardBox(database), await drilled(log, said)
    await box.remember(drill, "drift", NOON, owner="ada")
    assert await box.unreviewed("ada") == (drill,)
    first = await box.review(drill, "drift", reviewing(drill), owner="ada")
    again = await box.review(drill, "drift", reviewing(drill, 9), owner="ada")
    assert again == first
    assert [c.reviews for c in await box.cards("ada")] == [1]
    assert await box.reviews("ada") == (first,)
    assert await box.unreviewed("ada") == ()


async def test_reviews_at_the_same_time_count_one_for_each_drill(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    box = CardBox(database)
    drills = [await drilled(log, said) for _ in range(4)]
    await asyncio.gather(
        *(box.review(d, "drift", reviewing(d), owner="ada") for d in (*drills, *drills))
    )
    assert len(await box.reviews("ada")) == 4
    assert [c.reviews for c in await box.cards("ada")] == [4]


async def test_a_drill_that_goes_on_is_not_unreviewed(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    box = CardBox(database)
    drill = await drilled(log, said, over=False)
    await box.remember(drill, "drift", NOON, owner="ada")
    assert await box.unreviewed("ada") == ()


async def test_a_card_is_changed_by_its_owner_only(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    box, drill = CardBox(database), await drilled(log, said)
    await box.review(drill, "drift", reviewing(drill), owner="ada")
    with pytest.raises(UnknownId):
        await box.change("drift", lambda card: card, owner="bob")
    changed = await box.change(
        "drift", lambda c: c.model_copy(update={"suspended": True}), owner="ada"
    )
    assert await box.cards("ada") == (changed,)
    assert (await box.card("drift", owner="ada")).suspended
    assert await box.reviewed(drill, owner="bob") is None


async def test_a_review_cannot_be_tied_to_another_s_drill(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    drill = await drilled(log, said)
    with pytest.raises(IntegrityError):
        await CardBox(database).review(drill, "drift", reviewing(drill), owner="bob")
    assert await CardBox(database).cards("bob") == ()


async def test_imported_questions_are_replaced_by_id_and_forgotten_with_their_card(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    own, box, drill = OwnQuestions(database), CardBox(database), await drilled(log, said)
    mine = OwnQuestion(question=a_question("drift"), origin="listed")
    assert await own.keep([mine], NOON, owner="ada") == 0
    assert await own.keep([mine], NOON, owner="ada") == 1
    assert await own.all("ada") == (mine,)
    assert await own.all("bob") == ()
    await box.review(drill, "drift", reviewing(drill), owner="ada")
    with pytest.raises(UnknownId):
        await own.forget("drift", owner="bob")
    await own.forget("drift", owner="ada")
    assert (await own.all("ada"), await box.cards("ada")) == ((), ())


async def test_many_questions_are_kept_at_once(database: Database) -> None:
    many = [OwnQuestion(question=a_question(f"q-{n}"), origin="listed") for n in range(620)]
    own = OwnQuestions(database)
    await own.keep(many, NOON, owner="ada")
    assert await own.keep(many, NOON, owner="ada") == 620


async def test_critiques_and_regrades_are_their_owner_s(database: Database, interview: str) -> None:
    kept = Kept(database)
    found, _ = critique(a_question(), an_assessment("yes"), ("We compare it.",))
    await kept.add_critique(found, NOON, owner="ada")
    assert [k.critique for k in await kept.critiques("ada")] == [found]
    assert await kept.critiques("bob") == ()
    again = Regrade(
        interview=interview, at=NOON, times=1, deterministic=True, note="", questions=()
    )
    await kept.add_regrade(again, owner="ada")
    assert await kept.regrades(interview, owner="ada") == (again,)
    assert await kept.regrades(interview, owner="bob") == ()
    with pytest.raises(IntegrityError):
        await kept.add_regrade(again, owner="bob")
