"""The quiz: a seed fixes it, marks carry the fact, its passage and the day it was checked."""

import datetime as dt
from collections import Counter

import pytest

from interviewer.domain.quiz import QuizItem, marked, of_topic, topics_of
from interviewer.errors import UnknownId
from interviewer.practice.quiz_sheet import drawn

ITEMS = tuple(
    QuizItem(
        id=f"item-{n}",
        topic="figures" if n % 2 else "rules",
        question=f"What is fact number {n}?",
        right="the right one",
        wrong=("a wrong one", "another wrong one", "a third wrong one"),
        why="Because it was counted.",
        passage="some-source#a-section",
        as_of=dt.date(2026, 11, 20 + n % 3),
    )
    for n in range(12)
)


def test_the_same_seed_gives_the_same_quiz_and_another_seed_another() -> None:
    assert drawn(ITEMS, n=5, seed=7) == drawn(ITEMS, n=5, seed=7)
    assert drawn(ITEMS, n=5, seed=7) != drawn(ITEMS, n=5, seed=8)


def test_no_item_comes_twice_and_the_right_option_stands_anywhere() -> None:
    places = Counter[int]()
    for seed in range(40):
        asked = drawn(ITEMS, n=12, seed=seed)
        assert len({item.id for item in asked}) == 12
        places.update(item.options.index("the right one") for item in asked)
    assert set(places) == {0, 1, 2, 3}
    assert min(places.values()) > 60


def test_a_topic_narrows_the_quiz_and_an_unknown_one_is_named() -> None:
    assert {item.topic for item in drawn(ITEMS, n=12, seed=1, topic="rules")} == {"rules"}
    assert topics_of(ITEMS) == ("rules", "figures")
    with pytest.raises(UnknownId, match="known: rules, figures"):
        of_topic(ITEMS, "weather")


def test_marks_tell_the_fact_its_source_and_the_oldest_day() -> None:
    found = marked(ITEMS, {"item-0": "the right one", "item-1": "a wrong one", "item-2": None})
    assert (found.correct, found.of) == (1, 3)
    assert found.as_of == dt.date(2026, 11, 20)
    assert found.marks[1].right == "the right one"
    assert found.marks[1].passage == "some-source#a-section"
    with pytest.raises(UnknownId, match="no quiz item"):
        marked(ITEMS, {"item-99": "the right one"})
