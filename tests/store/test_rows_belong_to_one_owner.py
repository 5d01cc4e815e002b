"""Nobody reads, changes or learns of another owner's interview."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from interviewer.errors import InputError, UnknownId
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.tables import DraftRow, Row

Said = Callable[..., Any]
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def _every_way_in(
    log: EventLog[Any], interview: str, event: object
) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "load": lambda: log.load(interview, owner="bob"),
        "append": lambda: log.append(interview, [event], 1, owner="bob"),
        "append with key": lambda: log.append(
            interview, [event], 1, owner="bob", idempotency_key="k"
        ),
        "save_draft": lambda: log.save_draft(interview, "mine", owner="bob"),
        "remove draft": lambda: log.save_draft(interview, "", owner="bob"),
        "draft": lambda: log.draft(interview, owner="bob"),
    }


async def test_another_owner_is_told_the_same_as_for_an_id_that_does_not_exist(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    await log.save_draft(interview, "half an answer", owner="ada")
    absent = "0" * 36
    for way, attempt in _every_way_in(log, interview, said("intruder")).items():
        with pytest.raises(UnknownId) as foreign:
            await attempt()
        with pytest.raises(UnknownId) as unknown:
            await _every_way_in(log, absent, said("intruder"))[way]()
        assert str(foreign.value).replace(interview, absent) == str(unknown.value)

    assert [s.event.text for s in await log.load(interview, owner="ada")] == ["hello"]
    draft = await log.draft(interview, owner="ada")
    assert draft is not None
    assert draft.text == "half an answer"


async def test_a_list_holds_ones_own_interviews_only(log: EventLog[Any], interview: str) -> None:
    assert [listed.id for listed in await log.listing("ada")] == [interview]
    assert await log.listing("bob") == ()


async def test_an_id_that_is_taken_cannot_be_taken_over(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    with pytest.raises(InputError, match="is taken"):
        await log.create(interview, "bob", "t", "r", "offline", [said("mine now")])
    assert len(await log.load(interview, owner="ada")) == 1


async def test_the_database_refuses_a_child_row_under_another_owner(
    database: Database, interview: str
) -> None:
    with pytest.raises(IntegrityError):
        async with database.session() as session:
            await session.execute(
                insert(DraftRow),
                [{"interview_id": interview, "owner": "bob", "text": "x", "saved_at": NOON}],
            )


def test_every_table_has_an_owner_that_cannot_be_null() -> None:
    owners = {name: table.columns.get("owner") for name, table in Row.metadata.tables.items()}
    assert len(owners) >= 6
    assert [name for name, owner in owners.items() if owner is None or owner.nullable] == []


@pytest.mark.parametrize("text", ["", "x" * 37, "a\0b", "a\nb"])
async def test_an_impossible_id_is_unknown_rather_than_a_failure(
    log: EventLog[Any], said: Said, text: str
) -> None:
    with pytest.raises(UnknownId):
        await log.load(text, owner="ada")
    with pytest.raises(InputError):
        await log.create(text, "ada", "t", "r", "offline", [said("x")])
