"""Boards on the page: begun, written in, looked at, taken along, kept; and what is typed is text."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from nicegui import ui
from nicegui.elements.upload import Upload
from nicegui.elements.upload_files import SmallFileUpload
from nicegui.testing import User

from interviewer.workbench.boards.incoming import Format
from interviewer.workbench.boards.writing import write_board
from tests.boards.samples import SECOND, SOUND, board, changed
from tests.web.test_a_round_can_be_sat_on_the_page import PATIENCE, until, words_of
from tests.web.test_every_page_tells_what_it_knows import HOSTILE

# Each opens the whole application, which takes seconds.
pytestmark = pytest.mark.slow

FLAW = {"control": "", "residual_likelihood": "", "residual_impact": ""}


async def test_a_matrix_is_placed_by_clicks_and_kept(user: User, app: FastAPI) -> None:
    await begin(user, "matrix")
    await user.should_see("Nothing is written yet")
    write(user, "risk-1", SECOND["risk"])
    await user.should_see("2 cells to fill in", retries=PATIENCE)
    user.find(marker="square-likely-major").click()
    await user.should_see("is high and has no control")
    user.find(marker="square-unlikely-major").click()
    write(user, "control-1", SECOND["control"])
    await user.should_see("nothing to stop at", retries=PATIENCE)
    placed = {"likelihood": "likely", "impact": "major"}
    controlled = {"residual_likelihood": "unlikely", "residual_impact": "major"}
    boards = app.state.product.practice.boards
    (kept,) = await boards.listing("local")

    async def row() -> Any:
        return (await boards.board(kept.id, owner="local")).rows[0]

    async def is_kept() -> bool:
        return bool((await row())["control"])

    # What is found in it is said at once; it is kept a moment later.
    await until(is_kept)
    assert await row() == SECOND | placed | controlled
    await user.open(f"/boards/{kept.id}")
    await user.should_see("unlikely, major: medium. With controls: 1.")
    user.find("Remove").click()
    await user.should_see("Row 1 is taken away.")
    await user.should_see("Nothing is written yet")
    user.find("Undo").click()
    await user.should_see("nothing to stop at")


async def test_two_windows_overwrite_nothing_unasked(user: User, app: FastAPI) -> None:
    boards = app.state.product.practice.boards
    await begin(user, "star")
    path = user.back_history[-1]
    here = await boards.board(path.rpartition("/")[2], owner="local")
    await boards.save(here, "From the other window", here.rows, owner="local")
    write(user, "told-2", "I was to halve that before the audit")
    await user.should_see("changed in another window since", retries=PATIENCE)
    await user.should_see("8 words")
    user.find("Keep this one").click()
    await until(lambda: not any(words_of(user, "notice")))
    kept = await boards.board(here.id, owner="local")
    assert (kept.title, kept.rows[1]["told"]) == (
        "STAR story",
        "I was to halve that before the audit",
    )


async def test_a_file_is_taken_in_or_its_mistakes_are_named(user: User) -> None:
    await user.open("/boards")
    text = write_board(board("register"), Format.CSV)
    await give(user, "risks.csv", text.replace('"likely"', '"often"'))
    await user.should_see("risks.csv was not taken in.", retries=PATIENCE)
    await user.should_see("Line 2: likelihood: row 1: 'often' is not on the scale rare")
    await give(user, f"{HOSTILE}.csv", b"\xff\xfe\x00")
    await user.should_see("UTF-16", retries=PATIENCE)
    is_shown_as_text(user)
    await give(user, "risks.csv", text.replace('"likely"', '"often"'))
    await user.should_see("Take it in as it is", retries=PATIENCE)
    user.find("Take it in as it is").click()
    await user.should_see("often (not on the scale)", retries=PATIENCE)
    await user.should_see("thing to correct")
    await give(user, "risks.csv", text)
    await user.should_see("risks.csv is in place of what was here.", retries=PATIENCE)
    await user.should_see("nothing to stop at")
    for marker, form in {
        "csv": Format.CSV,
        "json": Format.JSON,
        "markdown": Format.MARKDOWN,
    }.items():
        user.find(marker=marker).click()
        taken = await user.download.next()
        assert taken.text == write_board(board("register"), form)


async def test_whatever_is_typed_is_text(user: User, app: FastAPI) -> None:
    first = {
        "three-c": "statement",
        "four-p": "statement",
        "star": "told",
        "rav": "option",
        "go-to-market": "phase",
    }
    for kind in SOUND:
        column = first.get(kind, "risk")
        rows = changed(kind, 1, **{column: f"{HOSTILE} says nothing of note"})
        boards = app.state.product.practice.boards
        kept = await boards.begin(kind, rows, HOSTILE, owner="local")
        await user.open(f"/boards/{kept.id}")
        user.find(marker="picture").trigger("toggle", True)
        await user.should_see(ui.html)
        assert HOSTILE in words_of(user, "title")
        is_shown_as_text(user)
        picture = next(iter(user.find(ui.html).elements))
        assert isinstance(picture, ui.html)
        assert "&lt;script" in picture.content
        assert "<script" not in picture.content
        assert "<img" not in picture.content
    await user.open("/boards")
    assert words_of(user, "name").count(HOSTILE) == len(SOUND)
    is_shown_as_text(user)


async def test_points_stand_where_the_numbers_say(user: User, app: FastAPI) -> None:
    kept = await app.state.product.practice.boards.begin("rav", SOUND["rav"], owner="local")
    await user.open(f"/boards/{kept.id}")
    (point,) = user.find(marker="point-4").elements
    assert point.props["aria-valuetext"] == "gain 9, risk 0.8"
    before = point.props["transform"]
    write(user, "risk-4", "9.5")
    await user.should_see("has no more gain and no less risk", retries=PATIENCE)
    assert point.props["transform"] != before
    write(user, "gain-4", "")
    await user.should_see("Row 4: not in the plot yet", retries=PATIENCE)
    user.find(marker="after-1").click()
    write(user, "change-6", "A second pair of eyes on every alert")
    write(user, "gain_unit-1", "hours a year")
    await user.should_see("Expected gain (hours a year)", retries=PATIENCE)
    rows = await saved(app, kept.id, 5)
    assert {row["gain_unit"] for row in rows} == {"hours a year"}
    assert (rows[5]["option"], rows[5]["when"], rows[5]["gain"]) == ("Alert only", "after", "4")


async def begin(user: User, kind: str) -> None:
    await user.open("/boards")
    user.find(marker=f"begin-{kind}").click()
    await user.should_see("Kept as you write", retries=PATIENCE)


async def saved(app: FastAPI, board_id: str, revision: int) -> list[dict[str, str]]:
    """The rows of a board once they have been saved so often."""
    boards = app.state.product.practice.boards
    for _ in range(PATIENCE):
        if (await boards.board(board_id, owner="local")).revision >= revision:
            break
        await asyncio.sleep(0.1)
    return list((await boards.board(board_id, owner="local")).rows)


def write(user: User, marker: str, text: str) -> None:
    user.find(marker=marker).trigger("input", text)


async def give(user: User, name: str, content: str | bytes) -> None:
    upload = next(iter(user.find(marker="board-file").elements))
    assert isinstance(upload, Upload)
    data = content if isinstance(content, bytes) else content.encode()
    files: list[Any] = [SmallFileUpload(name, "", data)]
    with user:
        await upload.handle_uploads(files)


def is_shown_as_text(user: User) -> None:
    """No element but the sanitised picture takes markup, and no link leads into a script."""
    assert user.client is not None
    elements = list(user.client.elements.values())
    assert not [it for it in elements if isinstance(it, ui.markdown)]
    assert all(it.props["sanitize"] for it in elements if isinstance(it, ui.html))
    targets = [str(it.props.get("href", "")) for it in elements]
    assert not [target for target in targets if target.lower().startswith("javascript")]
