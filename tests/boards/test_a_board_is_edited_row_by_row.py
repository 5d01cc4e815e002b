"""A board in the making: what can be said of it before everything is in order."""

import pytest

from interviewer.errors import InputError, NotText
from interviewer.workbench.boards.draft import (
    MOST_TYPED,
    checked_draft,
    draft_rows,
    written_draft,
)
from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.reading import read_board
from interviewer.workbench.boards.writing import write_board
from tests.boards.samples import SHEETS, SOUND, board, changed

HALF = {"risk": "A vendor changes its model and nobody here is told of it", "impact": "major"}


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_board_is_whole_with_empty_rows_behind_it_and_comes_back_from_every_format(
    kind: str,
) -> None:
    rows = draft_rows(kind, SOUND[kind])
    assert all(isinstance(cell, str) for row in rows for cell in row.values())
    if kind not in SHEETS:
        rows += draft_rows(kind)
    checked = checked_draft(kind, rows)
    assert (checked.board, checked.is_whole) == (board(kind), True)
    assert (checked.open, checked.wrong, checked.findings) == ((), (), ())
    for form in Format:
        text = written_draft(kind, rows, form)
        assert text == write_board(board(kind), form)
        assert read_board("b", text, kind=kind).board == board(kind)


def test_findings_stay_while_the_next_row_is_half_written() -> None:
    rows = draft_rows("matrix", [*changed("matrix", 1, control=""), HALF, HALF])
    checked = checked_draft("matrix", rows)
    assert "high-risk-without-control" in {finding.kind for finding in checked.findings}
    assert checked.board is not None
    assert (len(checked.board.rows), checked.rows, checked.is_whole) == (2, 4, False)
    assert [(it.row, it.field) for it in checked.open] == [(3, "likelihood"), (4, "likelihood")]


def test_what_is_empty_is_told_from_what_is_wrong() -> None:
    rows = draft_rows("register", changed("register", 1, owner="tbd", impact="", due="soon"))
    checked = checked_draft("register", rows)
    assert [(it.row, it.field) for it in checked.open] == [(1, "impact")]
    assert {it.field for it in checked.wrong} == {"owner", "due"}
    assert checked.board is None


def test_a_fault_between_rows_ends_the_board_before_the_later_one() -> None:
    rows = draft_rows("matrix", [*SOUND["matrix"], SOUND["matrix"][0]])
    checked = checked_draft("matrix", rows)
    assert checked.board == board("matrix")
    assert [(it.row, it.field) for it in checked.wrong] == [(3, "risk")]


def test_a_sheet_has_its_parts_in_order_whatever_came_in() -> None:
    told = SOUND["star"]
    rows = draft_rows("star", [told[3], told[0]])
    assert [row["part"] for row in rows] == ["situation", "task", "action", "result"]
    checked = checked_draft("star", rows)
    assert checked.board is None
    assert [(it.row, it.field) for it in checked.open] == [(2, "told"), (3, "told")]


def test_a_draft_that_is_not_in_order_is_taken_along_all_the_same() -> None:
    rows = draft_rows("matrix", [HALF])
    for form in Format:
        read = read_board("b", written_draft("matrix", rows, form), kind="matrix")
        assert read.board is None
        assert draft_rows("matrix", read.rows) == rows


def test_a_draft_is_bounded() -> None:
    with pytest.raises(InputError, match="at most 100 rows"):
        draft_rows("matrix", [HALF] * 101)
    with pytest.raises(InputError, match="row 1, control: it has 20,001 characters"):
        draft_rows("matrix", [HALF | {"control": "x" * (MOST_TYPED + 1)}])
    for cell in ("a\0b", "\ud800"):
        with pytest.raises(NotText, match="row 1, control"):
            draft_rows("matrix", [HALF | {"control": cell}])
