"""Drafts of code, queries and sketches: one for each place, of each owner."""

import pytest

from interviewer.errors import AnswerTooLong, NotText
from interviewer.store.engine import Database
from interviewer.store.work_drafts import MOST_CHARACTERS, WorkDrafts
from tests.builders import NOON


async def test_the_last_text_of_each_place_and_owner_is_kept(database: Database) -> None:
    drafts = WorkDrafts(database, lambda: NOON)
    for text in ("def f(): ...", "def f(): return 1\n"):
        await drafts.keep("code/intervals", text, owner="ada")
    await drafts.keep("code/intervals", "mine", owner="bob")
    await drafts.keep("sql/spend", "SELECT 1", owner="ada")
    await drafts.keep("sql/spend", "", owner="ada")
    again = WorkDrafts(database, lambda: NOON)
    assert await again.kept("code/intervals", owner="ada") == "def f(): return 1\n"
    assert await again.kept("code/intervals", owner="bob") == "mine"
    assert await again.kept("sql/spend", owner="ada") == ""


async def test_what_cannot_be_kept_leaves_what_was_kept(database: Database) -> None:
    drafts = WorkDrafts(database, lambda: NOON)
    await drafts.keep("code/x", "good", owner="ada")
    with pytest.raises(AnswerTooLong, match="100,001 characters"):
        await drafts.keep("code/x", "x" * (MOST_CHARACTERS + 1), owner="ada")
    with pytest.raises(NotText, match="not text"):
        await drafts.keep("code/x", "a\0b", owner="ada")
    assert await drafts.kept("code/x", owner="ada") == "good"
