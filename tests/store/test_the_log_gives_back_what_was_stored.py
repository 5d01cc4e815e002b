"""Words, times and order come back exactly; what cannot be read says why."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from interviewer.domain.events import EVENT, AnswerGiven
from interviewer.errors import NotText, StoreError, UnknownId, WrongSequence
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog
from interviewer.store.tables import EventRow

Said = Callable[..., Any]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "naïve \u2013 日本語 🏦",
        "nul \0 and bell \a",
        'quote " backslash \\ </answer>',
        "x" * 200_000,
    ],
    ids=["empty", "unicode", "control", "quotes", "long"],
)
async def test_any_answer_comes_back_verbatim(
    log: EventLog[Any], interview: str, said: Said, text: str
) -> None:
    await log.append(interview, [said(text)], 1, owner="ada")
    assert (await log.load(interview, owner="ada"))[-1].event == said(text)


async def test_a_log_is_read_on_from_an_event_that_is_known(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    await log.append(interview, [said("one"), said("two")], 1, owner="ada")
    later = await log.load(interview, owner="ada", after=2)
    assert [(stored.seq, stored.event) for stored in later] == [(3, said("two"))]
    assert await log.load(interview, owner="ada", after=3) == ()
    with pytest.raises(WrongSequence):
        await log.load(interview, owner="ada", after=4)
    with pytest.raises(UnknownId):
        await log.load(interview, owner="eve", after=3)


async def test_the_products_own_events_come_back(database: Database) -> None:
    log = EventLog(database, EVENT)
    answer = AnswerGiven(at=dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), text="PSI above 0.2")
    await log.create("one", "ada", "t", "r", "offline", [answer])
    stored = await log.load("one", owner="ada")
    assert [s.event for s in stored] == [answer]


async def test_times_come_back_aware_and_in_utc_whatever_zone_they_went_in_with(
    log: EventLog[Any], interview: str, said: Said, now: list[dt.datetime]
) -> None:
    sydney = dt.timezone(dt.timedelta(hours=11))
    now[0] = dt.datetime(2026, 11, 23, 0, 30, 0, 123456, tzinfo=sydney)
    await log.append(interview, [said("x")], 1, owner="ada")
    await log.save_draft(interview, "y", owner="ada")

    draft = await log.draft(interview, owner="ada")
    assert draft is not None
    times = [
        (await log.load(interview, owner="ada"))[-1].at,
        (await log.listing("ada"))[0].updated_at,
        draft.saved_at,
    ]
    assert times == [now[0]] * 3
    assert [time.utcoffset() for time in times] == [dt.timedelta(0)] * 3


async def test_a_time_without_a_zone_is_refused(
    log: EventLog[Any], interview: str, said: Said, now: list[dt.datetime]
) -> None:
    now[0] = dt.datetime(2026, 11, 22, 12)  # noqa: DTZ001 (the mistake under test)
    with pytest.raises(Exception, match="has no time zone"):
        await log.append(interview, [said("x")], 1, owner="ada")


async def test_a_list_shows_the_interview_touched_last_first(
    log: EventLog[Any], said: Said, now: list[dt.datetime]
) -> None:
    for name in ("one", "two", "three"):
        now[0] += dt.timedelta(minutes=1)
        await log.create(name, "ada", "ai_pm", "screen", "offline", [said("x")], title=name.title())
    now[0] += dt.timedelta(minutes=1)
    await log.append("one", [said("y")], 1, owner="ada", state="over")

    listed = await log.listing("ada", 2)
    assert [(i.id, i.state, i.title) for i in listed] == [
        ("one", "over", "One"),
        ("three", "active", "Three"),
    ]
    assert (listed[0].track, listed[0].round, listed[0].engine) == ("ai_pm", "screen", "offline")
    assert listed[0].updated_at - listed[0].created_at == dt.timedelta(minutes=3)


async def test_a_draft_is_replaced_and_then_removed(log: EventLog[Any], interview: str) -> None:
    assert await log.draft(interview, owner="ada") is None
    for text in ("I would", "I would first measure"):
        await log.save_draft(interview, text, owner="ada")
        draft = await log.draft(interview, owner="ada")
        assert draft is not None
        assert draft.text == text
    await log.save_draft(interview, "", owner="ada")
    assert await log.draft(interview, owner="ada") is None


@pytest.mark.parametrize("text", ["a\0b", "a\ud83d"], ids=["null", "half a pair"])
async def test_a_draft_that_is_not_text_is_refused(
    log: EventLog[Any], interview: str, text: str
) -> None:
    with pytest.raises(NotText):
        await log.save_draft(interview, text, owner="ada")


NOON = "2026-11-22T12:00:00Z"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"type": "sang", "at": NOON, "song": "la"}, "newer version of the product"),
        ({"type": "said", "at": NOON, "text": "x", "tone": "warm"}, "newer version of the product"),
        ({"type": "said", "at": NOON}, "is damaged"),
    ],
    ids=["unknown type", "unknown field", "missing field"],
)
async def test_an_event_this_version_cannot_read_says_why(
    database: Database, log: EventLog[Any], interview: str, payload: dict[str, Any], reason: str
) -> None:
    async with database.session() as session:
        await session.execute(update(EventRow).values(payload=payload, type=payload["type"]))
    with pytest.raises(StoreError, match=reason) as refused:
        await log.load(interview, owner="ada")
    assert f"event 1 ('{payload['type']}') of interview '{interview}'" in str(refused.value)


async def test_an_error_does_not_repeat_the_candidates_words(
    database: Database, log: EventLog[Any], interview: str
) -> None:
    payload = json.loads('{"type": "said", "at": "no time", "text": "my employer is X"}')
    async with database.session() as session:
        await session.execute(update(EventRow).values(payload=payload))
    with pytest.raises(StoreError) as refused:
        await log.load(interview, owner="ada")
    assert "my employer" not in str(refused.value)
