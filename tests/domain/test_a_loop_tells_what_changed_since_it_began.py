"""The plan of a loop keeps hashes: a changed question bank is told, an unchanged one is not."""

from itertools import count

from interviewer.domain.catalog import Catalog
from interviewer.domain.loop import LoopPlan, changes_since, planned_loop, round_seed
from tests.builders import NOON, a_catalog, a_question

CATALOG = a_catalog(a_question("drift"), a_question("limits"))


def a_plan(catalog: Catalog = CATALOG, seed: int = 7) -> LoopPlan:
    ids = count()
    return planned_loop(
        catalog, "bank", seed=seed, started_at=NOON, version="1", new_id=lambda: f"i{next(ids)}"
    )


def with_round(**changes: object) -> Catalog:
    track = CATALOG.tracks["bank"]
    rounds = tuple(r.model_copy(update=changes) for r in track.rounds)
    return CATALOG.model_copy(
        update={"tracks": {"bank": track.model_copy(update={"rounds": rounds})}}
    )


def test_nothing_is_told_where_nothing_changed() -> None:
    assert changes_since(a_plan(), CATALOG) == ()


def test_another_example_answer_is_no_change() -> None:
    drift = CATALOG.questions["drift"].model_copy(update={"examples": ()})
    same = CATALOG.model_copy(update={"questions": CATALOG.questions | {"drift": drift}})
    assert changes_since(a_plan(), same) == ()


def test_reworded_removed_and_added_questions_are_named() -> None:
    later = a_catalog(a_question("drift", minutes=9), a_question("spike"))
    (change,) = changes_since(a_plan(), later)
    assert (change.reworded, change.removed, change.added) == (("drift",), ("limits",), ("spike",))
    assert "drift reworded; limits removed; spike added" in change.notice


def test_another_bar_is_a_change_of_the_round() -> None:
    (change,) = changes_since(a_plan(), with_round(bar={"risk": 4.0}))
    assert change.settings
    assert "time, bar or interviewers differ" in change.notice


def test_a_round_that_is_gone_is_told() -> None:
    (change,) = changes_since(a_plan(), CATALOG.model_copy(update={"tracks": {}}))
    assert change.gone
    assert "taken out of the track" in change.notice


def test_every_round_has_an_order_of_its_own_and_always_the_same() -> None:
    assert round_seed(7, "risk") == round_seed(7, "risk") != round_seed(7, "product")
    assert round_seed(0, "risk") == 0
