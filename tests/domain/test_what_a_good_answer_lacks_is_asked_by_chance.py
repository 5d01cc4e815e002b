"""After a good answer the likeliest gap is asked for, a mere possibility only once it was pushed."""

from typing import Any

from interviewer.domain.assessment import Assessment
from interviewer.domain.moves import Ask, Move, Probe
from interviewer.domain.next_move import next_move
from interviewer.domain.open_points import LIKELY_GAP, POSSIBLE_GAP
from tests.builders import (
    POINT_IDS,
    a_probe,
    a_question,
    an_assessment,
    an_interview,
    answered,
    asked,
    at,
    moved,
    points,
)

LIKELY, POSSIBLE = LIKELY_GAP + 0.02, POSSIBLE_GAP + 0.02
GOOD = dict.fromkeys(POINT_IDS, "yes") | {"owner": "no"}


def read(chances: dict[str, float], met: Any = "yes") -> Assessment:
    return an_assessment(met, gaps=dict.fromkeys(POINT_IDS, 0.1) | chances)


def after(reading: Assessment, *events: Any, **changes: Any) -> Move | None:
    question = a_question(**changes) if changes else "drift"
    return next_move(an_interview(asked(question), answered(), *events), reading, at(5))


def test_the_likeliest_gap_is_asked_for_whatever_weighs_more() -> None:
    weights = {"statistic": 3, "threshold": 2, "owner": 2, "evidence": 1, "cost": 1}
    reading = read({"statistic": LIKELY, "owner": LIKELY + 0.05}, GOOD)
    move = after(reading, points=points(weights))
    assert isinstance(move, Probe)
    assert (move.point, move.deepen) == ("owner", False)
    assert move.reason.startswith("The point most likely still missing: ")


def test_a_point_read_as_made_may_be_asked_for_and_is_not_called_missing() -> None:
    move = after(read({"owner": LIKELY}))
    assert isinstance(move, Probe)
    assert move.reason.startswith("The point made least clearly: ")


def test_a_point_read_as_missing_is_not_asked_for_while_its_chance_is_small() -> None:
    move = after(read({}, GOOD))
    assert isinstance(move, Ask) or (isinstance(move, Probe) and move.deepen)


def test_a_possible_gap_waits_until_the_answer_was_pushed_further() -> None:
    reading = read({"cost": POSSIBLE}, GOOD)
    made = points(dict.fromkeys(POINT_IDS, 2), deepen=("Who would notice first?",))
    first = after(reading, points=made)
    assert isinstance(first, Probe)
    assert first.deepen
    pushed = (moved(first, 5), answered(minutes=6))
    second = after(reading, *pushed, points=made)
    assert isinstance(second, Probe)
    assert (second.point, second.deepen) == ("cost", False)


def test_a_possible_gap_of_an_answer_that_covers_little_is_asked_for_at_once() -> None:
    met = dict.fromkeys(POINT_IDS, "no") | {"statistic": "yes"}
    move = after(read({"cost": POSSIBLE}, met))
    assert isinstance(move, Probe)
    assert move.point == "cost"


def test_a_likely_gap_is_asked_for_once() -> None:
    move = after(read({"owner": LIKELY}, GOOD), moved(a_probe("owner"), 5), answered(minutes=6))
    assert not (isinstance(move, Probe) and move.point == "owner")


def test_a_point_without_a_chance_goes_by_its_verdict() -> None:
    chances = {point: 0.1 for point in POINT_IDS if point != "owner"}
    move = after(an_assessment(GOOD, gaps=chances))
    assert isinstance(move, Probe)
    assert (move.point, move.deepen) == ("owner", False)


def test_without_chances_the_verdicts_decide() -> None:
    move = after(an_assessment(GOOD))
    assert isinstance(move, Probe)
    assert move.point == "owner"
    assert move.reason.startswith("The weightiest point still missing: ")
