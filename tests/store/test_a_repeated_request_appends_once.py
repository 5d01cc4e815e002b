"""A client that is not sure its answer arrived sends it again with the same key."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from interviewer.errors import InputError, WrongSequence
from interviewer.store.engine import Database
from interviewer.store.event_log import EventLog

Said = Callable[..., Any]


async def test_the_repeat_gives_the_first_number_and_appends_nothing(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    first = await log.append(interview, [said("a")], 1, owner="ada", idempotency_key="k")
    await log.append(interview, [said("b")], 2, owner="ada")
    repeat = await log.append(interview, [said("a")], 1, owner="ada", idempotency_key="k")
    assert (first, repeat) == (2, 2)
    assert len(await log.load(interview, owner="ada")) == 3


async def test_the_repeat_is_recognised_though_our_clock_has_moved_on(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    await log.append(interview, [said("a", minutes=1)], 1, owner="ada", idempotency_key="k")
    later = said("a", minutes=2)
    assert await log.append(interview, [later], 2, owner="ada", idempotency_key="k") == 2


async def test_the_key_with_other_words_is_refused(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    await log.append(interview, [said("a")], 1, owner="ada", idempotency_key="k")
    with pytest.raises(InputError, match="'k' was used for another request"):
        await log.append(interview, [said("b")], 2, owner="ada", idempotency_key="k")
    assert len(await log.load(interview, owner="ada")) == 2


async def test_the_key_on_another_interview_is_refused(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    await log.create("second", "ada", "t", "r", "offline", [said("hello")])
    await log.append(interview, [said("a")], 1, owner="ada", idempotency_key="k")
    with pytest.raises(InputError):
        await log.append("second", [said("a")], 1, owner="ada", idempotency_key="k")


async def test_another_owner_may_use_the_same_key(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    await log.create("bobs", "bob", "t", "r", "offline", [said("hello")])
    await log.append(interview, [said("a")], 1, owner="ada", idempotency_key="k")
    assert await log.append("bobs", [said("b")], 1, owner="bob", idempotency_key="k") == 2


async def test_a_refused_append_leaves_its_key_unused(
    log: EventLog[Any], interview: str, said: Said
) -> None:
    with pytest.raises(WrongSequence):
        await log.append(interview, [said("a")], 5, owner="ada", idempotency_key="k")
    assert await log.append(interview, [said("a")], 1, owner="ada", idempotency_key="k") == 2


async def test_ten_copies_sent_at_once_append_one_event_and_all_are_told_so(
    log: EventLog[Any], interview: str, said: Said, url: str, log_on: Callable[..., EventLog[Any]]
) -> None:
    async with Database(url) as elsewhere:
        logs = [log, log_on(elsewhere)] * 5
        for last in range(1, 6):
            seqs = await asyncio.gather(
                *(
                    each.append(
                        interview, [said("a")], last, owner="ada", idempotency_key=f"k{last}"
                    )
                    for each in logs
                )
            )
            assert seqs == [last + 1] * 10
            assert len(await log.load(interview, owner="ada")) == last + 1


@pytest.mark.parametrize("key", ["", "x" * 201, "a\nb", "a\0b"])
async def test_what_cannot_be_a_key_is_refused(
    log: EventLog[Any], interview: str, said: Said, key: str
) -> None:
    with pytest.raises(InputError, match="1 to 200 printable"):
        await log.append(interview, [said("a")], 1, owner="ada", idempotency_key=key)
