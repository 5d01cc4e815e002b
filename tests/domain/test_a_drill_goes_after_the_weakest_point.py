from collections.abc import Mapping
from typing import Any

import pytest

from interviewer.domain.drill_moves import conducted_move, wordings_used
from interviewer.domain.drill_plan import DrillPlan, drill_question
from interviewer.domain.moves import Move, Probe, Wrap
from tests.builders import (
    POINT_IDS,
    a_point,
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    followed_by,
    junk,
    moved,
    passed,
    started,
)

ALL_MADE = dict.fromkeys(POINT_IDS, "yes")


def a_deep_question(**changes: Any) -> Any:
    points = tuple(
        a_point(p, weight=w, deepen=(f"Deeper into {p}?",))
        for p, w in zip(POINT_IDS, (1, 3, 2, 2, 1), strict=True)
    )
    return a_question(points=points, follow_ups=4, **changes)


def a_drill(*events: Any, plan: DrillPlan | None = None) -> Any:
    plan = plan or DrillPlan()
    begun = started("drift", drill=plan, bar={})
    question = drill_question(a_deep_question(), plan)
    return an_interview(begun, asked(question), answered(), *events)


def next_in(drill: Any, met: Mapping[str, str | None]) -> Move | None:
    return conducted_move(drill, an_assessment(met), at(1))


def chain(met: Mapping[str, str | None], length: int, plan: DrillPlan | None = None) -> list[Probe]:
    """The follow-ups of a drill whose verdicts never change."""
    drill, made = a_drill(plan=plan), []
    for _ in range(length):
        move = next_in(drill, met)
        assert isinstance(move, Probe), move
        made.append(move)
        drill = followed_by(drill, moved(move), answered())
    assert isinstance(next_in(drill, met), Wrap)
    return made


def test_it_asks_for_the_weightiest_missing_points_in_turn() -> None:
    probes = chain(dict.fromkeys(POINT_IDS, "no"), 4)
    assert [(p.point, p.deepen) for p in probes[:3]] == [
        ("threshold", False),
        ("owner", False),
        ("evidence", False),
    ]


def test_it_uses_its_whole_budget_and_then_ends() -> None:
    assert len(chain(dict.fromkeys(POINT_IDS, "no"), 4)) == 4
    assert len(chain(dict.fromkeys(POINT_IDS, "no"), 1, DrillPlan(follow_ups=1))) == 1


def test_a_point_still_open_is_asked_for_again_in_other_words() -> None:
    probes = chain({**ALL_MADE, "threshold": "no"}, 4, DrillPlan())
    (first, again) = [p for p in probes if p.point == "threshold" and not p.deepen]
    assert (first.nth, again.nth) == (0, 1)


def test_a_strong_answer_is_taken_further_point_by_point() -> None:
    probes = chain(ALL_MADE, 4)
    assert all(p.deepen for p in probes)
    assert probes[0].point == "threshold"
    assert len({p.point for p in probes}) == 4


def test_gaps_of_the_last_drill_come_first_and_in_words_not_used_before() -> None:
    plan = DrillPlan(gaps=("cost",), asked={"cost": 1})
    probe = chain(dict.fromkeys(POINT_IDS, "no"), 4, plan)[0]
    assert (probe.point, probe.nth) == ("cost", 1)


def test_a_gap_that_is_closed_is_not_asked_for() -> None:
    plan = DrillPlan(gaps=("cost",), asked={"cost": 1})
    probe = chain({**dict.fromkeys(POINT_IDS, "no"), "cost": "yes"}, 4, plan)[0]
    assert probe.point == "threshold"


def test_after_a_follow_up_that_was_passed_on_the_chain_goes_on() -> None:
    drill = a_drill(moved(a_probe("threshold")), passed())
    move = next_in(drill, dict.fromkeys(POINT_IDS, "no"))
    assert isinstance(move, Probe)
    assert move.point == "owner"


def test_passing_on_the_question_itself_ends_the_drill() -> None:
    begun = an_interview(
        started("drift", drill=DrillPlan(), bar={}), asked(a_deep_question()), passed()
    )
    assert isinstance(conducted_move(begun, None, at(1)), Wrap)


def test_words_that_are_no_answer_twice_over_end_the_drill() -> None:
    drill = a_drill()
    reading = an_assessment("no", hygiene=(junk("gibberish", 0),))
    for answer in range(1, 3):
        move = conducted_move(drill, reading, at(1))
        assert move is not None
        assert move.kind == "redirect"
        drill = followed_by(drill, moved(move), answered("blah"))
        reading = an_assessment("no", hygiene=(junk("gibberish", answer),))
    assert isinstance(conducted_move(drill, reading, at(1)), Wrap)


def test_a_round_is_conducted_as_before() -> None:
    round_ = an_interview(started("drift"), asked(a_question(follow_ups=0)), answered())
    assert isinstance(next_in(round_, dict.fromkeys(POINT_IDS, "no")), Wrap)


def test_a_retest_asks_for_the_gaps_only_with_the_next_wording() -> None:
    plan = DrillPlan(gaps=("owner", "cost"), asked={"owner": 1}, retest=True)
    question = drill_question(a_deep_question(), plan)
    assert [p.id for p in question.points] == ["owner", "cost"]
    assert question.text.startswith("You were asked this before: How do you notice")
    assert question.text.endswith(a_point("owner").probes[1])
    drill = an_interview(started("drift", drill=plan, bar={}), asked(question), answered())
    exchange = drill.current
    assert exchange is not None
    assert wordings_used(exchange, plan) == {"owner": 2}


def test_a_retest_of_the_longest_question_still_fits() -> None:
    text = "Word upon word stands here. " * 32
    question = drill_question(
        a_deep_question(text=text[:900]), DrillPlan(gaps=("owner",), retest=True)
    )
    assert len(question.text) <= 900
    assert type(question).model_validate(question.model_dump()) == question


def test_a_retest_without_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        drill_question(a_deep_question(), DrillPlan(retest=True))
