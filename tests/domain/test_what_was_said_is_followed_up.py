"""Interrupts, contradictions, curveballs, claims of earlier rounds: when they come, and how often."""

from typing import Any

import pytest

from interviewer.domain.assessment import Assessment
from interviewer.domain.events import PlannedQuestion
from interviewer.domain.follow_ups import may_be_cut_off
from interviewer.domain.moves import (
    Ask,
    Challenge,
    Curveball,
    Interrupt,
    Move,
    Press,
    Probe,
    Recall,
    Redirect,
    Wrap,
)
from interviewer.domain.next_move import next_move
from tests.builders import (
    a_claim,
    a_currency_flag,
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    junk,
    moved,
    passed,
    points,
    started,
)
from tests.builders_of_moves import (
    a_change,
    a_confrontation,
    a_contradiction,
    a_curveball,
    a_feature_list,
    a_panel,
    a_press,
    a_recall,
    a_redirect,
    a_remembered_claim,
    an_interrupt,
)

IMPATIENT = a_panel("officer", interrupting="officer")


def after(*events: Any, reading: Assessment | None = None, minutes: float = 5) -> Move | None:
    return next_move(an_interview(*events), reading or an_assessment("no"), at(minutes))


def heavy() -> Any:
    """The drift question with one decisive point, which would be probed first."""
    return asked(a_question(points=points({"owner": 3})))


# Interrupting.


def test_a_persona_who_interrupts_cuts_in_on_a_list_before_anything_else() -> None:
    reading = an_assessment("no", feature_list=a_feature_list(), currency=(a_currency_flag(),))
    move = after(started(panel=IMPATIENT), heavy(), answered(), reading=reading)
    assert isinstance(move, Interrupt)
    assert move.quote.text == "a bot"
    assert "a list of 5 things" in move.reason


def test_a_patient_persona_lets_the_list_run() -> None:
    reading = an_assessment("no", feature_list=a_feature_list())
    move = after(started(panel=a_panel("officer")), heavy(), answered(), reading=reading)
    assert isinstance(move, Probe)


def test_it_interrupts_once_a_round() -> None:
    reading = an_assessment("no", feature_list=a_feature_list())
    events = [started("drift", "limits", panel=IMPATIENT), asked(), answered()]
    events += [moved(an_interrupt()), answered(), asked("limits"), answered()]
    assert isinstance(after(*events, reading=reading), Probe)


def test_half_an_answer_is_no_junk() -> None:
    reading = an_assessment(
        "no", feature_list=a_feature_list(), hygiene=(junk("off-topic"), junk("gibberish"))
    )
    events = [started(panel=IMPATIENT), asked()]
    cut = after(*events, answered(cut_off=True), reading=reading)
    assert isinstance(cut, Interrupt)
    assert isinstance(after(*events, answered(), reading=reading), Redirect)


@pytest.mark.parametrize(
    ("events", "may"),
    [
        ([asked()], True),
        ([asked(), answered()], False),
        ([asked(a_question(follow_ups=0))], False),
        ([asked(), answered(), moved(an_interrupt())], False),
        ([asked(), answered(), moved(a_probe())], True),
        ([], False),
    ],
)
def test_who_may_be_cut_off_while_typing(events: list[Any], may: bool) -> None:
    assert may_be_cut_off(an_interview(started(panel=IMPATIENT), *events)) is may


# Contradictions.


def test_a_contradiction_is_challenged_with_both_quotes() -> None:
    reading = an_assessment("no", contradictions=(a_contradiction("Recruiter screen"),))
    move = after(heavy(), answered(), reading=reading)
    assert isinstance(move, Challenge)
    assert move.contradiction is not None
    for said in ("It fell by 40", "It fell by 14", 'in the round "Recruiter screen"'):
        assert said in move.reason


def test_an_outdated_rule_comes_before_a_contradiction_and_both_are_put() -> None:
    reading = an_assessment(
        "no", contradictions=(a_contradiction(),), currency=(a_currency_flag(),)
    )
    first = after(asked(), answered(), reading=reading)
    assert isinstance(first, Challenge)
    assert first.flag is not None
    second = after(asked(), answered(), moved(first), answered(), reading=reading)
    assert isinstance(second, Challenge)
    assert second.contradiction is not None


def test_the_same_contradiction_is_put_once() -> None:
    reading = an_assessment("no", contradictions=(a_contradiction(),))
    events = [asked(), answered(), moved(a_confrontation()), answered(), asked("limits")]
    assert isinstance(after(*events, answered(), reading=reading), Probe)


# A change of facts.


def planned(change: Any = None) -> Any:
    return started(
        plan=(
            PlannedQuestion(id="drift", minutes=8, curveball=change),
            PlannedQuestion(id="limits", minutes=8),
        )
    )


def test_the_planned_change_of_facts_comes_after_the_first_answer() -> None:
    move = after(planned(a_change()), heavy(), answered())
    assert isinstance(move, Curveball)
    assert move.change == a_change()
    assert isinstance(after(planned(), heavy(), answered()), Probe)


def test_it_comes_once_and_uses_up_a_follow_up() -> None:
    events = [planned(a_change()), asked(a_question(follow_ups=1)), answered()]
    move = after(*events, moved(a_curveball()), answered())
    assert isinstance(move, Ask)
    roomy = [planned(a_change()), asked(a_question(follow_ups=3)), answered()]
    assert isinstance(after(*roomy, moved(a_curveball()), answered()), Probe)


def test_junk_is_brought_back_before_the_facts_change() -> None:
    reading = an_assessment("no", hygiene=(junk("gibberish"),))
    assert isinstance(after(planned(a_change()), asked(), answered(), reading=reading), Redirect)


# Claims of earlier rounds.


def test_a_claim_of_an_earlier_round_is_tested_where_the_talk_comes_near_to_it() -> None:
    reading = an_assessment("no", remembered=(a_remembered_claim(),), claims=(a_claim(),))
    move = after(asked(), answered(), reading=reading)
    assert isinstance(move, Recall)
    assert move.remembered == a_remembered_claim()
    assert "Recruiter screen" in move.reason
    assert isinstance(after(heavy(), answered(), reading=reading), Probe), "a decisive gap first"


def test_where_nothing_else_is_left_any_claim_is_tested() -> None:
    known = started(remembered=(a_remembered_claim(),))
    move = after(known, asked(), answered(), reading=an_assessment("yes"))
    assert isinstance(move, Recall)


def test_no_claim_is_tested_twice_and_no_question_tests_two() -> None:
    claims = (a_recall().remembered, a_remembered_claim("I led it"))
    known = started("drift", "limits", "log", remembered=claims)
    strong = an_assessment("yes", remembered=claims)
    events = [known, asked(), answered(), moved(a_recall()), answered()]
    assert isinstance(after(*events, reading=strong), Ask)
    move = after(*events, asked("limits"), answered(), reading=strong)
    assert isinstance(move, Recall)
    assert move.remembered.claim.quote.text == "I led it"
    done = [*events, asked("limits"), answered(), moved(move), answered(), asked("log"), answered()]
    assert isinstance(after(*done, reading=strong), Wrap)


# What a result lacks.


@pytest.mark.parametrize("missing", ["an owner", "a time frame"])
def test_an_owner_or_a_time_frame_is_pressed_for_after_expected_points(missing: str) -> None:
    reading = an_assessment("no", claims=(a_claim(missing=missing),))
    assert isinstance(after(asked(), answered(), reading=reading), Probe)
    light = asked(a_question(points=points({"owner": 1})))
    move = after(light, answered(), reading=reading)
    assert isinstance(move, Press)
    assert move.missing == missing


def test_of_several_claims_the_one_without_a_number_is_pressed_first() -> None:
    claims = (a_claim(missing="an owner"), a_claim("We cut", missing="a number"))
    move = after(asked(), answered(), reading=an_assessment("no", claims=claims))
    assert isinstance(move, Press)
    assert (move.missing, move.quote.text) == ("a number", "We cut")
    assert isinstance(
        after(asked(), answered(), moved(a_press()), answered(), reading=an_assessment("no")), Probe
    )


# Time.


def long_answer(words: int) -> Any:
    return answered("word " * words)


def test_half_time_is_said_once() -> None:
    events = [started(minutes=40), asked(minutes=0), answered(minutes=9), moved(a_probe(), 9)]
    events += [answered(minutes=18), moved(a_probe("cost"), 18), answered(minutes=21)]
    move = after(*events, minutes=21)
    assert move is not None
    assert move.coaching is not None
    assert (move.coaching.cause, move.coaching.minutes) == ("half-time", 19)
    put = moved(move, 21, question=a_question("limits"))
    again = after(*events, put, answered(minutes=24), minutes=24)
    assert again is not None
    assert again.coaching is None


@pytest.mark.parametrize(("minutes", "used"), [(40, 10.0), (15, 9.0)])
def test_there_is_no_word_before_half_time_nor_in_a_short_round(minutes: int, used: float) -> None:
    move = after(started(minutes=minutes), asked(minutes=0), answered(minutes=used), minutes=used)
    assert move is not None
    assert move.coaching is None


@pytest.mark.parametrize(("words", "minutes"), [(599, None), (620, 4), (900, 6)])
def test_an_answer_that_ran_long_is_told_its_minutes(words: int, minutes: int | None) -> None:
    move = after(asked(), long_answer(words))
    assert move is not None
    assert (move.coaching.minutes if move.coaching else None) == minutes


def test_an_answer_longer_than_half_the_question_s_minutes_ran_long() -> None:
    move = after(asked(a_question(minutes=4)), long_answer(320))
    assert move is not None
    assert move.coaching is not None


# Questions without an answer.


def unanswered(question: str) -> list[Any]:
    put = a_question(question)
    ask = Ask(question=question, unanswered=question != "q0", reason="You passed.")
    return [moved(ask, question=put, said=put.text), passed()]


def test_three_questions_in_a_row_without_an_answer_end_the_round() -> None:
    plan = started("q0", "q1", "q2", "q3", "q4")
    two = [plan, *unanswered("q0"), *unanswered("q1")]
    assert isinstance(after(*two), Ask)
    move = after(*two, *unanswered("q2"))
    assert isinstance(move, Wrap)
    assert move.cause == "no-answers"
    assert "3 questions in a row" in move.reason


def test_an_answer_between_them_starts_the_count_again() -> None:
    plan = started("q0", "q1", "q2", "q3", "q4")
    spoken = [
        plan,
        *unanswered("q0"),
        *unanswered("q1")[:1],
        answered(),
        moved(a_probe()),
        passed(),
    ]
    move = after(*spoken)
    assert isinstance(move, Ask)
    assert not move.unanswered, "a pass on a follow-up leaves an answer to grade"


def test_junk_to_the_end_of_a_question_counts_as_no_answer() -> None:
    events = [asked(), answered("x"), moved(a_redirect()), answered("x"), moved(a_redirect())]
    reading = an_assessment("no", hygiene=tuple(junk("gibberish", n) for n in range(3)))
    move = after(*events, answered("x"), reading=reading)
    assert isinstance(move, Ask)
    assert move.unanswered
