"""Intervals are those that py-fsrs publishes in its own tests (tests/test_basic.py, version 6)."""

import datetime as dt

import pytest

from interviewer.domain.card import Memory, Review
from interviewer.domain.rating import Rating
from interviewer.practice.schedule import after_review, remembered, retrievability

BEGIN = dt.datetime(2022, 11, 29, 12, 30, tzinfo=dt.UTC)
GOOD, AGAIN = Rating.GOOD, Rating.AGAIN


def test_the_intervals_are_the_library_s_golden_sequence() -> None:
    ratings = [GOOD] * 6 + [AGAIN] * 2 + [GOOD] * 5
    memory: Memory | None = None
    moment, days = BEGIN, []
    for rating in ratings:
        memory = remembered(memory, rating, moment)
        days.append((memory.due - memory.last_review).days)
        moment = memory.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_memory_is_the_library_s_golden_state() -> None:
    memory: Memory | None = None
    moment = BEGIN
    for rating, wait in zip([AGAIN] + [GOOD] * 5, [0, 0, 1, 3, 8, 21], strict=True):
        moment += dt.timedelta(days=wait)
        memory = remembered(memory, rating, moment)
    assert memory is not None
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_easy_every_time_is_as_easy_as_can_be() -> None:
    memory: Memory | None = None
    for n in range(10):
        memory = remembered(memory, Rating.EASY, BEGIN + dt.timedelta(microseconds=n))
    assert memory is not None
    assert memory.difficulty == 1.0


def test_a_card_kept_as_json_goes_on_where_it_was() -> None:
    kept = remembered(None, GOOD, BEGIN)
    read = Memory.model_validate_json(kept.model_dump_json())
    assert remembered(read, GOOD, kept.due) == remembered(kept, GOOD, kept.due)


def test_the_same_reviews_give_the_same_dates() -> None:
    first = remembered(remembered(None, Rating.EASY, BEGIN), GOOD, BEGIN + dt.timedelta(days=30))
    again = remembered(remembered(None, Rating.EASY, BEGIN), GOOD, BEGIN + dt.timedelta(days=30))
    assert first == again


def test_another_time_zone_is_the_same_moment() -> None:
    zone = dt.timezone(dt.timedelta(hours=-5))
    assert remembered(None, GOOD, BEGIN.astimezone(zone)) == remembered(None, GOOD, BEGIN)


def test_recall_falls_to_nine_in_ten_when_a_review_is_due() -> None:
    memory = remembered(remembered(None, GOOD, BEGIN), GOOD, BEGIN + dt.timedelta(minutes=10))
    assert memory.phase == "review"
    assert retrievability(memory, memory.due) == pytest.approx(0.9, abs=0.03)
    assert retrievability(memory, memory.last_review) == 1.0


def test_a_drilled_card_is_in_play_again() -> None:
    def review(at: dt.datetime, memory: Memory | None = None) -> Review:
        return Review(
            question="drift",
            drill="d",
            at=at,
            rating=GOOD,
            because="",
            score=4.0,
            hints=0,
            seconds=60,
            memory=remembered(memory, GOOD, at),
        )

    card = after_review(None, review(BEGIN), ("cost",), {"cost": 1})
    assert (card.reviews, card.gaps, card.added) == (1, ("cost",), BEGIN)
    away = card.model_copy(update={"suspended": True})
    back = after_review(away, review(card.memory.due, card.memory), (), {"cost": 2})
    assert (back.reviews, back.gaps, back.suspended) == (2, (), False)
    assert back.added == BEGIN
