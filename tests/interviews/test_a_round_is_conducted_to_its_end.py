"""A round over a real database, offline: what is said, stored, graded, and when it ends."""

import pytest

from interviewer.domain.events import InterviewStarted, MoveMade, QuestionGraded
from interviewer.errors import AnswerTooLong, NotText, RuleBroken, UnknownId
from interviewer.interviews.updates import Done, MoveChosen, Token, TurnTaken
from interviewer.store.engine import Database
from tests.builders import ANSWER, a_catalog, a_question, a_rule
from tests.interviews.parts import (
    OWNER,
    Clock,
    a_conductor,
    an_event_log,
    answers_in,
    asked_in,
    begun,
    events_of,
    graded_in,
    play,
    short_questions,
    turn,
    updates,
)


async def test_a_turn_is_told_as_it_happens(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=0)
    told = await updates(conductor.advance(interview_id, owner=OWNER))
    assert told[0] == MoveChosen(
        move="ask", question="drift", persona="officer", name="Ada Quill", number=1, of=3
    )
    tokens = "".join(update.text for update in told if isinstance(update, Token))
    taken = told[-2]
    assert isinstance(taken, TurnTaken)
    assert taken.text.split() == tokens.split()
    assert taken.text.endswith(a_question("drift").text)
    assert told[-1] == Done(state="awaiting-answer")


async def test_a_whole_round_is_asked_answered_and_graded_once_each(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    await play(conductor, interview_id, [ANSWER])
    events = await events_of(database, interview_id)
    assert isinstance(events[0], InterviewStarted)
    assert asked_in(events) == graded_in(events) == ["drift", "limits", "log"]
    assert isinstance(events[-2], MoveMade)
    assert events[-2].move.kind == "wrap"
    assert set(answers_in(events)) == {ANSWER}
    (listed,) = await conductor.listing(OWNER)
    assert (listed.id, listed.state) == (interview_id, "over")


async def test_an_offline_grade_is_stored_with_the_turn_that_closes_the_question(
    database: Database,
) -> None:
    conductor = a_conductor(database, catalog=short_questions("drift", "limits"))
    interview_id = await begun(conductor)
    await updates(conductor.answer(interview_id, ANSWER, owner=OWNER))
    events = await events_of(database, interview_id)
    assert [event.type for event in events[-3:]] == ["answer_given", "move_made", "question_graded"]
    assert isinstance(events[-1], QuestionGraded)
    assert {v.met for v in events[-1].assessment.verdicts} != {None}


async def test_the_questions_come_in_the_order_of_the_seed(database: Database) -> None:
    conductor = a_conductor(database, catalog=short_questions(*"abcdefgh"))
    orders = []
    for seed in (0, 1, 1, 2):
        interview_id = await conductor.start("bank", "risk", owner=OWNER, seed=seed)
        interview = await conductor.load(interview_id, owner=OWNER)
        orders.append([q.id for q in interview.remaining])
    assert orders[0] == list("abcdefgh")
    assert orders[1] == orders[2] != orders[3] != orders[0]
    assert sorted(orders[1]) == orders[0]


async def test_the_log_keeps_the_question_as_it_was_asked_without_its_examples(
    database: Database,
) -> None:
    put = a_question(
        "drift",
        examples=(
            {
                "quality": "strong",
                "answer": ANSWER,
                "level": 5,
                "verdicts": dict.fromkeys(
                    ("statistic", "threshold", "owner", "evidence", "cost"), "yes"
                ),
            },
        ),
    )
    interview_id = await begun(a_conductor(database, catalog=a_catalog(put)))
    events = await events_of(database, interview_id)
    assert isinstance(events[1], MoveMade)
    assert events[1].question == put.as_asked
    assert events[1].question is not None
    assert events[1].question.examples == ()


async def test_taking_a_turn_that_is_not_due_changes_nothing(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    before = await events_of(database, interview_id)
    told = await updates(conductor.advance(interview_id, owner=OWNER))
    assert [type(update) for update in told] == [TurnTaken, Done]
    assert await events_of(database, interview_id) == before


async def test_a_pass_leads_on_and_is_graded_as_not_made(database: Database) -> None:
    conductor = a_conductor(database, catalog=short_questions("drift", "limits"))
    interview_id = await begun(conductor)
    taken = await turn(conductor.skip(interview_id, owner=OWNER))
    assert (taken.move, taken.question) == ("ask", "limits")
    interview = await conductor.load(interview_id, owner=OWNER)
    assessment = interview.exchanges[0].assessment
    assert assessment is not None
    assert {v.met for v in assessment.verdicts} == {"no"}


async def test_a_pass_after_an_answer_keeps_what_the_answer_earned(database: Database) -> None:
    conductor = a_conductor(database, catalog=short_questions("drift", "limits", follow_ups=1))
    interview_id = await begun(conductor)
    await updates(conductor.answer(interview_id, "We compare the scores with PSI.", owner=OWNER))
    await updates(conductor.skip(interview_id, owner=OWNER))
    interview = await conductor.load(interview_id, owner=OWNER)
    assessment = interview.exchanges[0].assessment
    assert assessment is not None
    assert assessment.met("statistic") == "yes"


async def test_ending_early_leaves_the_open_question_unassessed(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    told = await updates(conductor.end(interview_id, owner=OWNER))
    assert told[-1] == Done(state="over")
    interview = await conductor.load(interview_id, owner=OWNER)
    assessment = interview.exchanges[0].assessment
    assert assessment is not None
    assert {v.met for v in assessment.verdicts} == {None}
    with pytest.raises(RuleBroken, match="ended"):
        await updates(conductor.end(interview_id, owner=OWNER))


async def test_a_round_whose_time_is_up_is_wrapped(database: Database) -> None:
    clock = Clock()
    conductor = a_conductor(database, catalog=a_catalog(minutes=15), clock=clock)
    interview_id = await begun(conductor)
    moves = []
    for _ in range(2):
        clock.pass_minutes(8)
        stream = conductor.answer(interview_id, "We look at it daily.", owner=OWNER)
        moves.append((await turn(stream)).move)
    assert moves == ["probe", "wrap"]
    interview = await conductor.load(interview_id, owner=OWNER)
    assert interview.farewell is not None
    assert interview.farewell.move is not None
    assert interview.farewell.move.reason == "The 15 minutes are used up."


async def test_an_interview_left_for_a_week_goes_on(database: Database) -> None:
    clock = Clock()
    conductor = a_conductor(database, clock=clock)
    interview_id = await begun(conductor)
    clock.pass_minutes(7 * 24 * 60)
    taken = await turn(conductor.answer(interview_id, ANSWER, owner=OWNER))
    assert taken.move != "wrap"


async def test_an_outdated_rule_is_challenged_in_the_round(database: Database) -> None:
    conductor = a_conductor(database, rules=[a_rule()])
    interview_id = await begun(conductor)
    taken = await turn(
        conductor.answer(interview_id, "We follow SR 11-7 to the letter every day.", owner=OWNER)
    )
    assert taken.move == "challenge"
    assert "SR 11-7" in taken.text


@pytest.mark.parametrize(
    ("text", "error"), [("x" * 20_001, AnswerTooLong), ("a\0b", NotText), ("\ud800", NotText)]
)
async def test_an_answer_that_cannot_be_kept_is_refused_and_the_turn_stays_the_candidate_s(
    database: Database, text: str, error: type[Exception]
) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    with pytest.raises(error):
        await updates(conductor.answer(interview_id, text, owner=OWNER))
    assert len(await events_of(database, interview_id)) == 2
    await turn(conductor.answer(interview_id, ANSWER, owner=OWNER))
    assert answers_in(await events_of(database, interview_id)) == [ANSWER]


async def test_every_answer_is_stored_as_it_was_given(database: Database) -> None:
    conductor = a_conductor(database, catalog=short_questions(*"abcde"))
    interview_id = await begun(conductor)
    given = ["", "  spaces  ", "\u200b\U0001f600 caf\u00e9\r\n\ttab", "x" * 20_000]
    for text in given:
        await updates(conductor.answer(interview_id, text, owner=OWNER))
    assert answers_in(await events_of(database, interview_id)) == given


async def test_somebody_else_s_interview_cannot_be_seen_or_answered(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    with pytest.raises(UnknownId):
        await conductor.load(interview_id, owner="bob")
    with pytest.raises(UnknownId):
        await updates(conductor.answer(interview_id, ANSWER, owner="bob"))
    with pytest.raises(UnknownId):
        await updates(conductor.advance(interview_id, owner="bob"))
    with pytest.raises(UnknownId):
        await conductor.graded(interview_id, owner="bob")
    assert await conductor.listing("bob") == ()
    assert len(await events_of(database, interview_id)) == 2


async def test_what_does_not_exist_cannot_be_started(database: Database) -> None:
    conductor = a_conductor(database)
    with pytest.raises(UnknownId, match="'no-such-track'"):
        await conductor.start("no-such-track", "risk", owner=OWNER)
    with pytest.raises(UnknownId, match="'no-such-round'"):
        await conductor.start("bank", "no-such-round", owner=OWNER)


async def test_a_draft_is_kept_and_given_back(database: Database) -> None:
    conductor = a_conductor(database)
    interview_id = await begun(conductor)
    assert await conductor.draft(interview_id, owner=OWNER) == ""
    await conductor.save_draft(interview_id, "We comp", owner=OWNER)
    assert await a_conductor(database).draft(interview_id, owner=OWNER) == "We comp"


async def test_a_later_bank_does_not_change_an_interview_that_has_begun(database: Database) -> None:
    interview_id = await begun(a_conductor(database, catalog=short_questions("drift", "limits")))
    changed = a_catalog(
        a_question("drift", text="Quite another question than the one before?", follow_ups=0),
        a_question("limits", follow_ups=0),
    )
    later = a_conductor(database, catalog=changed)
    await updates(later.answer(interview_id, ANSWER, owner=OWNER))
    interview = await later.load(interview_id, owner=OWNER)
    assert interview.exchanges[0].question.text == a_question("drift").text


async def test_the_database_can_be_asked_whether_it_answers(database: Database) -> None:
    await a_conductor(database).ping()
    assert await an_event_log(database).listing("nobody") == ()
