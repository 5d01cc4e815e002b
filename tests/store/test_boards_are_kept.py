"""Boards are kept as they are typed, each its owner's own, and two windows do not overwrite."""

import pytest

from interviewer.errors import InputError, UnknownId, WrongSequence
from interviewer.practice.kept_boards import KeptBoards
from interviewer.store.board_rows import BoardRows
from interviewer.store.engine import Database
from tests.boards.samples import SOUND
from tests.builders import NOON


@pytest.fixture
def boards(database: Database) -> KeptBoards:
    return KeptBoards(BoardRows(database), lambda: NOON)


async def test_a_board_comes_back_as_it_was_typed(boards: KeptBoards) -> None:
    begun = await boards.begin("rav", owner="ada")
    rows = [begun.rows[0] | {"option": "  half a \u201cname\u201d ", "gain": "1e"}]
    saved = await boards.save(begun, "  My  curve ", rows, owner="ada")
    assert await boards.board(begun.id, owner="ada") == saved
    assert (saved.title, saved.rows, saved.revision) == ("My curve", rows, 2)
    assert [it.title for it in await boards.listing("ada")] == ["My curve"]
    await boards.forget(begun.id, owner="ada")
    assert await boards.listing("ada") == ()


async def test_nobody_reaches_another_s_board(boards: KeptBoards) -> None:
    mine = await boards.begin("matrix", SOUND["matrix"], owner="ada")
    for attempt in (
        lambda: boards.board(mine.id, owner="bob"),
        lambda: boards.save(mine, "x", [], owner="bob"),
        lambda: boards.forget(mine.id, owner="bob"),
        lambda: boards.board("a\0b", owner="ada"),
    ):
        with pytest.raises(UnknownId):
            await attempt()
    assert await boards.listing("bob") == ()
    assert await boards.board(mine.id, owner="ada") == mine


async def test_a_window_that_is_behind_overwrites_nothing(boards: KeptBoards) -> None:
    begun = await boards.begin("matrix", owner="ada")
    newer = await boards.save(begun, "", SOUND["matrix"], owner="ada")
    with pytest.raises(WrongSequence, match="in another window"):
        await boards.save(begun, "", [], owner="ada")
    assert await boards.board(begun.id, owner="ada") == newer


async def test_boards_are_bounded_in_number(database: Database) -> None:
    boards = KeptBoards(BoardRows(database), lambda: NOON, most=1)
    await boards.begin("star", owner="ada")
    with pytest.raises(InputError, match="you keep 1 boards, the most there may be: forget one"):
        await boards.begin("star", owner="ada")
    await boards.begin("star", owner="bob")
