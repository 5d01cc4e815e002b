"""Answers that are sent again, or at the wrong moment."""

import asyncio

import pytest

from interviewer.errors import InputError, RuleBroken
from interviewer.store.engine import Database
from tests.builders import ANSWER
from tests.interviews.parts import (
    OWNER,
    a_conductor,
    answers_in,
    asked_in,
    begun,
    events_of,
    play,
    short_questions,
    turn,
    updates,
)


async def test_the_same_answer_with_the_same_key_is_stored_once(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    first = await turn(conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key="one"))
    before = await events_of(database, interview_id)
    again = await turn(conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key="one"))
    assert await events_of(database, interview_id) == before
    assert again == first


async def test_a_repeat_is_recognised_when_the_round_has_gone_on_and_ended(
    database: Database,
) -> None:
    conductor = a_conductor(database, catalog=short_questions("drift", "limits"))
    interview_id = await begun(conductor)
    await updates(conductor.answer(interview_id, "First.", owner=OWNER, idempotency_key="one"))
    await play(conductor, interview_id, [ANSWER])
    before = await events_of(database, interview_id)
    taken = await turn(conductor.answer(interview_id, "First.", owner=OWNER, idempotency_key="one"))
    assert taken.move == "wrap"
    assert await events_of(database, interview_id) == before


async def test_a_key_used_for_other_words_is_refused(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    await updates(conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key="one"))
    before = await events_of(database, interview_id)
    with pytest.raises(InputError):
        await updates(
            conductor.answer(interview_id, "Other words.", owner=OWNER, idempotency_key="one")
        )
    assert await events_of(database, interview_id) == before


async def test_a_repeat_that_arrives_before_the_interviewer_spoke_takes_the_turn(
    database: Database,
) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    stream = conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key="one")
    await anext(stream)  # stored; then the client went away
    await stream.aclose()  # type: ignore[attr-defined]  # an async generator
    assert (await events_of(database, interview_id))[-1].type == "answer_given"
    await turn(conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key="one"))
    events = await events_of(database, interview_id)
    assert answers_in(events) == [ANSWER]
    assert events[-1].type in ("move_made", "question_graded")


async def test_five_copies_at_once_are_one_answer_and_one_turn(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    turns = await asyncio.gather(
        *(
            turn(conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key="one"))
            for _ in range(5)
        )
    )
    assert len({each.text for each in turns}) == 1
    events = await events_of(database, interview_id)
    assert answers_in(events) == [ANSWER]
    assert len(asked_in(events)) == len(set(asked_in(events)))


async def test_two_answers_at_once_without_a_key_are_one_answer_and_one_refusal(
    database: Database,
) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    # The second may be told to wait, or, if the first has been replied to, be the next answer.
    outcomes = await asyncio.gather(
        *(updates(conductor.answer(interview_id, f"Answer {n}.", owner=OWNER)) for n in range(2)),
        return_exceptions=True,
    )
    refused = [o for o in outcomes if isinstance(o, BaseException)]
    assert all(isinstance(o, RuleBroken) for o in refused)
    events = await events_of(database, interview_id)
    assert len(answers_in(events)) == 2 - len(refused)


async def test_an_answer_before_the_first_question_is_refused_and_not_stored(
    database: Database,
) -> None:
    conductor = a_conductor(database)
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0)
    with pytest.raises(RuleBroken, match="not asked anything yet"):
        await updates(conductor.answer(interview_id, ANSWER, owner=OWNER))
    assert len(await events_of(database, interview_id)) == 1


async def test_a_second_answer_to_the_same_question_is_refused_and_not_stored(
    database: Database,
) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    stream = conductor.answer(interview_id, "First.", owner=OWNER)
    await anext(stream)
    with pytest.raises(RuleBroken, match="wait for the next turn"):
        await updates(conductor.answer(interview_id, "Second.", owner=OWNER))
    await updates(stream)
    assert answers_in(await events_of(database, interview_id)) == ["First."]


@pytest.mark.parametrize("key", [None, "fresh"])
async def test_an_answer_after_the_end_is_refused_and_not_stored(
    database: Database, key: str | None
) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    await updates(conductor.end(interview_id, owner=OWNER))
    before = await events_of(database, interview_id)
    with pytest.raises(RuleBroken, match="has ended"):
        await updates(conductor.answer(interview_id, ANSWER, owner=OWNER, idempotency_key=key))
    with pytest.raises(RuleBroken, match="has ended"):
        await updates(conductor.skip(interview_id, owner=OWNER))
    assert await events_of(database, interview_id) == before
