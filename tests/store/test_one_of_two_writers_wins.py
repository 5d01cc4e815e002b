"""Two writers that know the same last event: one appends, the other is told to load again."""

import asyncio
import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from interviewer.errors import WrongSequence
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.tables import EventRow

Said = Callable[..., Any]
LogOn = Callable[[Database], EventLog[Any]]


async def _texts(log: EventLog[Any], interview: str) -> list[str]:
    return [stored.event.text for stored in await log.load(interview, owner="ada")]


async def test_append_gives_the_new_last_sequence_number(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    assert await log.append(interview, [said("one"), said("two")], 1, owner="ada") == 3
    stored = await log.load(interview, owner="ada")
    assert [(s.seq, s.event.text) for s in stored] == [(1, "hello"), (2, "one"), (3, "two")]


async def test_of_two_concurrent_appends_exactly_one_is_stored(
    log: EventLog[Any], interview: str, said: Said, url: str, log_on: LogOn
) -> None:
    async with Database(url) as elsewhere:
        other = log_on(elsewhere)
        for last in range(1, 21):
            outcomes = await asyncio.gather(
                log.append(interview, [said("here")], last, owner="ada"),
                other.append(interview, [said("there")], last, owner="ada"),
                return_exceptions=True,
            )
            assert sorted(type(o).__name__ for o in outcomes) == ["WrongSequence", "int"]
            winner = ["here", "there"][isinstance(outcomes[0], WrongSequence)]
            texts = await _texts(log, interview)
            assert len(texts) == last + 1
            assert texts[-1] == winner


async def test_an_append_that_waited_on_a_rival_transaction_is_refused_when_it_commits(
    database: Database, log: EventLog[Any], interview: str, said: Said, url: str, log_on: LogOn
) -> None:
    async with Database(url) as elsewhere:
        async with database.session() as rival:
            await rival.execute(insert(EventRow), [_event_row(interview, 2)])
            late = asyncio.create_task(
                log_on(elsewhere).append(interview, [said("late")], 1, owner="ada")
            )
            await asyncio.sleep(0.3)
            assert not late.done(), "it must wait for the rival's transaction"
        with pytest.raises(WrongSequence):
            await late
    assert await _texts(log, interview) == ["hello", "rival"]


async def test_the_database_itself_refuses_a_second_event_with_one_number(
    database: Database, interview: str
) -> None:
    with pytest.raises(IntegrityError):
        async with database.session() as session:
            await session.execute(insert(EventRow), [_event_row(interview, 1)])


def _event_row(interview: str, seq: int) -> dict[str, Any]:
    at = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    return {
        "interview_id": interview,
        "seq": seq,
        "owner": "ada",
        "type": "said",
        "payload": {"type": "said", "at": at.isoformat(), "text": "rival"},
        "at": at,
    }


@pytest.mark.parametrize("expected_seq", [0, 2, 7])
async def test_a_writer_that_missed_or_invented_events_is_refused(
    log: EventLog[Any], interview: str, said: Said, expected_seq: int
) -> None:
    with pytest.raises(WrongSequence, match=f"moved on from event {expected_seq}"):
        await log.append(interview, [said("x")], expected_seq, owner="ada")
    assert await _texts(log, interview) == ["hello"]


async def test_fifty_writers_that_load_again_lose_nothing(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    async def write(number: int) -> None:
        while True:
            last = (await log.load(interview, owner="ada"))[-1].seq
            try:
                await log.append(interview, [said(f"w{number}")], last, owner="ada")
            except WrongSequence:
                continue
            return

    await asyncio.gather(*(write(number) for number in range(50)))
    stored = await log.load(interview, owner="ada")
    assert [s.seq for s in stored] == list(range(1, 52))
    assert {s.event.text for s in stored[1:]} == {f"w{number}" for number in range(50)}


async def test_fifty_interviews_are_written_side_by_side(log: EventLog[Any], said: Said) -> None:
    async def hold(number: int) -> None:
        name = f"interview-{number}"
        await log.create(name, "ada", "ai_pm", "screen", "offline", [said("start")])
        for last in (1, 2, 3):
            await log.append(name, [said(f"{number}.{last}")], last, owner="ada")

    await asyncio.gather(*(hold(number) for number in range(50)))
    for number in range(50):
        expected = ["start", *(f"{number}.{last}" for last in (1, 2, 3))]
        assert await _texts(log, f"interview-{number}") == expected


async def test_an_append_whose_client_went_away_leaves_the_log_writable(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    for delay_ms in range(8):
        last = (await log.load(interview, owner="ada"))[-1].seq
        leaving = asyncio.create_task(log.append(interview, [said("gone")], last, owner="ada"))
        await asyncio.sleep(delay_ms / 1000)
        leaving.cancel()
        await asyncio.gather(leaving, return_exceptions=True)
        while True:  # what was begun is still written, maybe between our two steps
            last = (await log.load(interview, owner="ada"))[-1].seq
            with suppress(WrongSequence):
                await log.append(interview, [said(f"after {delay_ms}")], last, owner="ada")
                break
    kept = [text for text in await _texts(log, interview) if text.startswith("after")]
    assert kept == [f"after {delay_ms}" for delay_ms in range(8)]


async def test_nothing_to_append_is_a_mistake_of_the_caller(
    log: EventLog[Any], interview: str
) -> None:
    with pytest.raises(ValueError, match="no event"):
        await log.append(interview, [], 1, owner="ada")
