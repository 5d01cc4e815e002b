import datetime as dt
from typing import Any

from interviewer.domain.card import Card, Memory, due, due_soon, new_left, next_question, tomorrow
from tests.builders import NOON

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)


def a_card(question: str = "drift", due: dt.timedelta = -DAY, **changes: Any) -> Card:
    phase = changes.pop("phase", "review")
    memory = Memory(
        phase=phase,
        step=None if phase == "review" else 0,
        stability=3.0,
        difficulty=5.0,
        due=NOON + due,
        last_review=NOON - 3 * DAY,
    )
    return Card(
        **(
            {"question": question, "memory": memory, "added": NOON - 3 * DAY, "reviews": 1}
            | changes
        )
    )


def test_what_was_just_forgotten_comes_before_what_is_longest_due() -> None:
    cards = [
        a_card("old", -5 * DAY),
        a_card("older", -9 * DAY),
        a_card("forgotten", -MINUTE, phase="relearning"),
        a_card("later", DAY),
    ]
    assert [card.question for card in due(cards, NOON)] == ["forgotten", "older", "old"]


def test_suspended_and_buried_cards_stay_away() -> None:
    cards = [
        a_card("suspended", suspended=True),
        a_card("buried", buried_until=tomorrow(NOON)),
        a_card("suspended-soon", MINUTE, phase="learning", suspended=True),
    ]
    assert due(cards, NOON) == []
    assert next_question(cards, [], NOON, 3) is None


def test_a_buried_card_is_back_the_next_day() -> None:
    card = a_card("buried", buried_until=tomorrow(NOON))
    assert card.is_due(tomorrow(NOON))
    assert tomorrow(NOON) == dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def test_what_is_due_comes_before_something_new() -> None:
    assert next_question([a_card("old")], ["fresh"], NOON, 3) == ("old", a_card("old"))
    assert next_question([a_card("old", DAY)], ["fresh", "other"], NOON, 3) == ("fresh", None)


def test_new_cards_stop_at_the_limit_of_the_day() -> None:
    cards = [
        a_card("this morning", DAY, added=NOON - 2 * dt.timedelta(hours=1)),
        a_card("yesterday", DAY, added=NOON - DAY),
    ]
    assert new_left(cards, NOON, 3) == 2
    assert new_left(cards, NOON, 1) == 0
    assert next_question(cards, ["fresh"], NOON, 0) is None


def test_a_card_to_be_asked_again_comes_back_in_the_same_session() -> None:
    soon = a_card("again", 10 * MINUTE, phase="learning")
    assert due_soon([soon, a_card("tomorrow", DAY)], NOON) == [soon]
    assert next_question([soon], [], NOON, 3) == ("again", soon)
    assert next_question([a_card("review", 10 * MINUTE)], [], NOON, 3) is None
