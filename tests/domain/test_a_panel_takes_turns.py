"""A panel: whose concern it is decides who speaks, and nobody takes the floor without being given it."""

from typing import Any

from interviewer.domain.events import PlannedQuestion
from interviewer.domain.moves import Ask, Curveball, HandOver, Move, Probe, Wrap
from interviewer.domain.next_move import next_move
from interviewer.domain.panel import floor_of, speaker_of
from tests.builders import (
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    ended,
    moved,
    passed,
    points,
    started,
)
from tests.builders_of_moves import a_change, a_hand_over, a_panel, an_inform

PLAN = (
    PlannedQuestion(id="drift", minutes=8, persona="officer"),
    PlannedQuestion(id="limits", minutes=8, persona="lawyer"),
)
PANEL = started(plan=PLAN, panel=a_panel("officer", "lawyer"))


def after(*events: Any, met: str = "no") -> Move | None:
    return next_move(an_interview(*events), an_assessment(met), at(5))


def concern(persona: str | None) -> Any:
    return asked(a_question(points=points({"owner": 3}, persona=persona)))


def test_the_first_question_needs_no_hand_over() -> None:
    assert isinstance(after(PANEL), Ask)


def test_a_question_of_another_persona_is_handed_over_then_asked() -> None:
    leaving = [PANEL, asked(), answered()]
    move = after(*leaving, met="yes")
    assert move == HandOver(persona="lawyer", reason="What comes next is Lawyer Quill's concern.")
    interview = an_interview(*leaving, moved(move))
    assert not interview.awaits_candidate
    assert floor_of(interview) == "lawyer"
    then = next_move(interview, an_assessment("yes"), at(5))
    assert isinstance(then, Ask)
    assert speaker_of(interview, then) == "lawyer"


def test_a_point_of_another_persona_is_probed_by_that_persona() -> None:
    move = after(PANEL, concern("lawyer"), answered())
    assert isinstance(move, HandOver)
    assert isinstance(after(PANEL, concern("lawyer"), answered(), moved(move)), Probe)


def test_a_point_of_nobody_s_is_probed_by_whoever_has_the_floor() -> None:
    assert isinstance(after(PANEL, concern(None), answered()), Probe)
    assert isinstance(after(PANEL, concern("stranger"), answered()), Probe)


def test_the_floor_is_kept_until_another_s_concern_comes() -> None:
    events = [PANEL, concern("lawyer"), answered(), moved(a_hand_over())]
    events += [moved(a_probe("owner"), persona="lawyer"), answered()]
    interview = an_interview(*events)
    assert floor_of(interview) == "lawyer"
    assert speaker_of(interview, a_probe("owner")) == "lawyer"


def test_a_change_of_facts_is_brought_by_whom_it_names() -> None:
    plan = (PLAN[0].model_copy(update={"curveball": a_change(persona="lawyer")}), PLAN[1])
    start = started(plan=plan, panel=a_panel("officer", "lawyer"))
    move = after(start, asked(), answered())
    assert isinstance(move, HandOver)
    assert isinstance(after(start, asked(), answered(), moved(move)), Curveball)


def test_who_knows_a_fact_answers_without_taking_the_floor() -> None:
    interview = an_interview(PANEL, asked(), answered(), moved(an_inform("capacity")))
    assert floor_of(interview) == "officer"
    told = an_inform("capacity").model_copy(update={"persona": "lawyer"})
    assert speaker_of(interview, told) == "lawyer"


def test_a_pass_is_remembered_across_a_hand_over() -> None:
    move = after(PANEL, asked(), passed(), moved(a_hand_over()))
    assert isinstance(move, Ask)
    assert move.reason == "You passed on the last question."


def test_the_candidate_may_end_in_the_middle_of_a_hand_over() -> None:
    assert isinstance(after(PANEL, asked(), answered(), moved(a_hand_over()), ended()), Wrap)


def test_one_persona_alone_never_hands_over() -> None:
    assert isinstance(after(concern("lawyer"), answered()), Probe)
