"""Erasing: no row is left, and on SQLite no byte of it in any file; others keep theirs."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from interviewer.domain.critique import critique
from interviewer.domain.own_question import OwnQuestion
from interviewer.errors import StoreUnwritable
from interviewer.practice.kept_boards import KeptBoards
from interviewer.store.board_rows import BoardRows
from interviewer.store.cards import CardBox
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.everything import erase, owned_tables, rows
from interviewer.store.kept import Kept
from interviewer.store.own_questions import OwnQuestions
from interviewer.store.work_drafts import WorkDrafts
from tests.builders import NOON, a_question, an_assessment

SECRET = "zebra-crossing-7719"


async def _filled(database: Database, log: EventLog[Any], said: Any, owner: str, word: str) -> None:
    """Something of the owner in every table that can hold text."""
    interview = f"i-{owner}"
    await log.create(interview, owner, "t", "r", "offline", [said(f"{word} one " * 400)])
    await log.append(interview, [said(f"{word} two")], 1, owner=owner, idempotency_key=f"{word}-k")
    await log.save_draft(interview, f"{word} draft", owner=owner)
    await WorkDrafts(database, lambda: NOON).keep("code/x", f"{word} code", owner=owner)
    await CardBox(database).remember(interview, "drift", NOON, owner=owner)
    found, _ = critique(a_question(), an_assessment("yes"), (f"{word} answer " * 300,))
    await Kept(database).add_critique(found, NOON, owner=owner)
    story = [{"part": "task", "told": f"{word} story"}]
    await KeptBoards(BoardRows(database), lambda: NOON).begin("star", story, owner=owner)
    question = a_question(text=f"{word}: how would you answer this one?")
    await OwnQuestions(database).keep(
        [OwnQuestion(question=question, origin="listed")], NOON, owner=owner
    )


def _files_with(folder: Path, word: str) -> list[str]:
    return [f.name for f in folder.rglob("*") if f.is_file() and word.encode() in f.read_bytes()]


async def test_nothing_of_the_owner_is_left_and_nothing_of_others_is_lost(
    database: Database, log: EventLog[Any], said: Any, tmp_path: Path, url: str
) -> None:
    await _filled(database, log, said, "ada", SECRET)
    await _filled(database, log, said, "bob", "ocelot")
    if url.startswith("sqlite"):
        assert _files_with(tmp_path, SECRET)
    counts = await erase(database, "ada")
    assert (counts["interviews"], counts["events"], counts["critiques"]) == (1, 2, 1)
    for table in owned_tables():
        assert await rows(database, "ada", table) == []
    assert len(await log.load("i-bob", owner="bob")) == 2
    assert len(await Kept(database).critiques("bob")) == 1
    assert _files_with(tmp_path, SECRET) == []
    if url.startswith("sqlite"):
        assert _files_with(tmp_path, "ocelot")


async def test_what_was_overwritten_and_deleted_before_goes_too(
    database: Database, log: EventLog[Any], said: Any, tmp_path: Path
) -> None:
    """A draft replaced a moment ago still lies in a free page or in the log of the database."""
    await log.create("i-ada", "ada", "t", "r", "offline", [said("x")])
    await log.save_draft("i-ada", f"{SECRET} " * 900, owner="ada")
    await log.save_draft("i-ada", "", owner="ada")
    await erase(database, "ada")
    assert _files_with(tmp_path, SECRET) == []


async def test_the_database_goes_on_afterwards(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    await log.create("i1", "ada", "t", "r", "offline", [said("x")])
    await erase(database, "ada")
    await log.create("i1", "ada", "t", "r", "offline", [said("y")])
    assert [s.event.text for s in await log.load("i1", owner="ada")] == ["y"]


async def test_erasing_nothing_is_no_error(database: Database) -> None:
    assert set((await erase(database, "nobody")).values()) == {0}


async def test_every_row_can_be_read_for_an_export(
    database: Database, log: EventLog[Any], said: Any
) -> None:
    await _filled(database, log, said, "ada", SECRET)
    read = {table: await rows(database, "ada", table) for table in owned_tables()}
    assert read["drafts"][0]["text"] == f"{SECRET} draft"
    assert read["events"][0]["payload"]["text"].startswith(SECRET)
    assert {t for t, found in read.items() if found} >= {
        "boards",
        "critiques",
        "drills",
        "own_questions",
    }
    assert [await rows(database, "bob", table) for table in owned_tables()] == [[]] * len(read)


async def test_a_program_that_reads_at_the_time_is_told_of(
    tmp_path: Path, said: Any, log_on: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interviewer.store.everything.BUSY_TIMEOUT_S", "0.2")
    url = f"sqlite:///{tmp_path / 'interviewer.db'}"
    async with Database(url) as database, Database(url) as other:
        await log_on(database).create("i1", "ada", "t", "r", "offline", [said(SECRET)])
        reading, done = asyncio.Event(), asyncio.Event()

        async def hold(session: Any) -> None:
            await session.execute(text("SELECT count(*) FROM events"))
            reading.set()
            await done.wait()

        holding = asyncio.create_task(other.read(hold))
        await reading.wait()
        with pytest.raises(StoreUnwritable, match="your rows are deleted"):
            await erase(database, "ada")
        done.set()
        await holding
        await erase(database, "ada")
    assert _files_with(tmp_path, SECRET) == []
