"""Replaying a log: what may follow what, and where the interview then stands."""

from typing import Any

import pytest

from interviewer.domain.interview import apply, replay
from interviewer.domain.moves import Ask
from interviewer.errors import RuleBroken
from tests.builders import (
    a_fallback,
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    ended,
    graded,
    moved,
    passed,
    some_usage,
    started,
)
from tests.builders_of_moves import a_challenge, a_press, a_redirect, a_wrap

FORBIDDEN: dict[str, tuple[list[Any], str]] = {
    "an answer before the first question": ([started(), answered()], "not asked anything yet"),
    "a pass before the first question": ([started(), passed()], "not asked anything yet"),
    "two answers to one question": ([started(), asked(), answered(), answered()], "wait for the"),
    "a pass after an answer": ([started(), asked(), answered(), passed()], "wait for the"),
    "an answer after a pass": ([started(), asked(), passed(), answered()], "wait for the"),
    "an answer after the end": (
        [started(), asked(), answered(), moved(a_wrap()), answered()],
        "ended: no answer",
    ),
    "an answer after asking to end": (
        [started(), asked(), ended(), answered()],
        "ended: no answer",
    ),
    "a pass after asking to end": ([started(), asked(), ended(), passed()], "ended: no answer"),
    "asking to end what has ended": (
        [started(), asked(), answered(), moved(a_wrap()), ended()],
        "already ended",
    ),
    "the same question twice": (
        [started(), asked("drift"), answered(), asked("drift")],
        "'drift' was already asked",
    ),
    "a question over an open one": (
        [started(), asked(), asked("limits")],
        "wait for the candidate",
    ),
    "a follow-up before an answer": (
        [started(), asked(), moved(a_probe())],
        "wait for the candidate",
    ),
    "a follow-up before any question": ([started(), moved(a_probe())], "nothing has been asked"),
    "an Ask that carries no question": (
        [started(), moved(Ask(question="drift", reason="Next."))],
        "must carry",
    ),
    "a word after the farewell": (
        [started(), asked(), answered(), moved(a_wrap()), asked("limits")],
        "nothing more to say",
    ),
    "grading an open question": ([started(), asked(), answered(), graded()], "still open"),
    "grading what was never asked": (
        [started(), asked(), answered(), asked("limits"), graded("log")],
        "never asked",
    ),
    "grading twice": (
        [started(), asked(), answered(), asked("limits"), graded(), graded()],
        "already graded",
    ),
    "a second start": ([started(), started()], "already started"),
    "anything before the start": ([asked()], "before the interview started"),
    "nothing at all": ([], "without events"),
}


@pytest.mark.parametrize(("events", "message"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_it_refuses(events: list[Any], message: str) -> None:
    with pytest.raises(RuleBroken, match=message):
        replay(events)


@pytest.mark.parametrize(("events", "message"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_it_was_the_last_event_that_was_refused(events: list[Any], message: str) -> None:
    if len(events) > 1:
        replay(events[:-1])


def test_a_refused_event_leaves_the_interview_as_it_was() -> None:
    interview = an_interview(asked(), answered())
    before = interview.model_dump_json()
    with pytest.raises(RuleBroken):
        apply(interview, answered("again"))
    assert interview.model_dump_json() == before


def test_the_number_of_an_interview_is_its_number_of_events() -> None:
    events: list[Any] = [
        started(),
        asked(),
        answered(),
        asked("limits"),
        graded(),
        passed(),
        moved(a_wrap()),
    ]
    assert [replay(events[:n]).seq for n in range(1, 8)] == [1, 2, 3, 4, 5, 6, 7]


def test_a_question_is_closed_when_the_next_is_asked_and_the_last_by_the_farewell() -> None:
    interview = an_interview(asked("drift"), answered())
    assert interview.closed == ()
    interview = an_interview(asked("drift"), answered(), asked("limits"))
    assert [e.question.id for e in interview.ungraded] == ["drift"]
    interview = an_interview(
        asked("drift"), answered(), asked("limits"), graded("drift"), passed(), moved(a_wrap())
    )
    assert [e.question.id for e in interview.closed] == ["drift", "limits"]
    assert [e.question.id for e in interview.ungraded] == ["limits"]


def test_planned_questions_are_left_in_their_order_until_asked() -> None:
    interview = an_interview(started("drift", "limits", "log"), asked("limits"), answered())
    assert [q.id for q in interview.remaining] == ["drift", "log"]


def test_a_pass_is_a_turn_without_an_answer() -> None:
    exchange = an_interview(asked(), passed()).exchanges[0]
    assert exchange.answers == ()
    assert exchange.turns[-1].passed


@pytest.mark.parametrize(
    ("events", "awaits"),
    [
        ([], False),
        ([asked()], True),
        ([asked(), answered()], False),
        ([asked(), passed()], False),
        ([asked(), answered(), moved(a_probe())], True),
        ([asked(), answered(), moved(a_redirect())], True),
        ([asked(), ended()], False),
        ([asked(), answered(), moved(a_wrap())], False),
    ],
)
def test_the_candidate_is_awaited_after_the_interviewer_spoke(
    events: list[Any], awaits: bool
) -> None:
    assert an_interview(*events).awaits_candidate is awaits


def test_only_follow_ups_use_up_the_budget() -> None:
    events: list[Any] = [asked(), answered()]
    for move in (a_redirect(), a_probe(), a_press(), a_challenge()):
        events += [moved(move), answered()]
    assert an_interview(*events).exchanges[0].follow_ups_used == 3


def test_a_probed_point_is_known_with_the_answer_that_followed() -> None:
    exchange = an_interview(
        asked(),
        answered("one"),
        moved(a_redirect()),
        answered("two"),
        moved(a_probe("owner")),
        passed(),
    ).exchanges[0]
    assert exchange.answers == ("one", "two")
    assert exchange.probed == {"owner": 2}


def test_a_harder_question_on_a_made_point_is_no_probe_at_a_gap() -> None:
    interview = an_interview(asked(), answered(), moved(a_probe("owner", deepen=True)), answered())
    assert interview.exchanges[0].probed == {}


def test_grading_takes_no_time_but_everything_said_does() -> None:
    interview = an_interview(asked(minutes=1), answered(minutes=2), asked("limits", 3), graded())
    assert interview.moments == (at(0), at(1), at(2), at(3))


def test_the_usage_of_every_turn_adds_up() -> None:
    interview = an_interview(
        asked(usage=some_usage(100)), answered(), asked("limits", usage=some_usage(50))
    )
    assert (interview.speaking_usage.prompt_tokens, interview.speaking_usage.calls) == (150, 2)


def test_a_turn_keeps_who_said_it_and_why_the_model_did_not() -> None:
    turn = an_interview(asked(fallback=a_fallback())).exchanges[0].turns[0]
    assert turn.engine == "offline"
    assert turn.notice == a_fallback().message


def test_a_question_is_kept_as_it_was_asked_whatever_the_bank_says_later() -> None:
    put = a_question("drift", text="What did we ask you on that day, word for word?")
    interview = an_interview(asked(put), answered(), asked("limits"), graded())
    assert interview.exchanges[0].question == put
    assert interview.exchanges[0].assessment == an_assessment()
