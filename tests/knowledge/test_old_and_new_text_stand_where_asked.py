"""Old text leads where the past is asked for, and what replaced it is never far; and the reverse."""

import numpy as np
import pytest

from interviewer.knowledge.search import Search
from interviewer.knowledge.standing import REACH, Meant, about_the_past, order

SOURCES = ["old", "old", "old", "old", "old", "else", "new", "new"]
SCORES = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.95, 0.3, 0.2], np.float32)
REPLACED = {"old": "new"}


def ranked(meant: Meant) -> list[int]:
    places, _ = order(SOURCES, SCORES, REPLACED, {"old"}, meant)
    return [int(place) for place in places]


def test_about_the_past_old_text_leads_and_its_successor_is_within_reach() -> None:
    found = ranked(Meant(past=True))
    assert found[0] == 0
    assert 6 in found[:REACH]
    assert 7 not in found[:REACH]


def test_before_named_old_text_comes_what_replaced_it() -> None:
    found = ranked(Meant(named=frozenset({"old"})))
    assert found.index(0) == found.index(6) + 1


def test_old_text_nobody_means_comes_behind_what_replaced_it() -> None:
    found = ranked(Meant())
    assert found[0] == 5
    assert found.index(6) < found.index(0)


def test_without_its_successor_old_text_keeps_its_place() -> None:
    places, scores = order(["old", "else"], SCORES[:2], REPLACED, {"old"}, Meant(past=True))
    assert list(places) == [0, 1]
    assert scores[1] == SCORES[1]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("How often did the 2011 guidance want a model validated?", "sr-11-7"),
        ("How often did the old guidance want a model validated?", "sr-11-7"),
        ("How often must a model be validated now that the 2011 guidance is gone?", "sr-26-2"),
        ("Is the old guidance on how often a model is validated still law?", "sr-26-2"),
    ],
)
def test_year_and_tense_say_which_text_is_meant(search: Search, query: str, first: str) -> None:
    found = [hit.source for hit in search.search(query, 4).hits if hit.source.startswith("sr-")]
    assert found[0] == first
    assert set(found) == {"sr-11-7", "sr-26-2"}


@pytest.mark.parametrize(
    ("query", "past"),
    [
        ("In the days of SR 11-7, was a spreadsheet a model?", True),
        ("What did the earlier guidance want of the board?", True),
        ("Was that a model before April 2026?", True),
        ("Must we comply before 2027?", False),
        ("What was replaced?", False),
        ("Which previous version of the model do we roll back to?", False),
    ],
)
def test_words_of_the_past_are_told_from_others(query: str, past: bool) -> None:
    assert about_the_past(query) is past
