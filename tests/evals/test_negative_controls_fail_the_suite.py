"""Graders that must fail the suite do, each for its own fault, and the honest engine does not for it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from evals import robustness as sets
from evals.answers import is_test, load_answers
from evals.attack_kinds import KINDS
from evals.tasks import engines
from evals.tasks.controls import CONTROLS
from evals.tasks.engines import Engine, open_engine
from evals.tasks.record import Record
from evals.tasks.robustness import NO_CASE_ALLOWED
from evals.tasks.suite import work_named
from evals.tasks.work import run_plainly

pytestmark = pytest.mark.slow

MOST_QUESTIONS = 4
"""With labelled answers, of the test half, for the robustness sets: fifty cases each. With three, one case
that rises by a level would break a floor by itself."""


@pytest.fixture(scope="module")
def opened(models_home: Path) -> Iterator[None]:
    """The engines, opened once: what one has embedded the others find."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTERVIEWER_HOME", str(models_home))
        _forget()
        for name in ("offline", *CONTROLS):
            open_engine(name)
    yield
    _forget()


def _forget() -> None:
    for remembered in (open_engine, engines._offline, run):
        remembered.cache_clear()


OF_OTHER_QUESTIONS = {
    "answer to another question",
    "answer to a question of the same round",
    "weak, then an answer to another question",
}


def some_questions(engine: Engine) -> set[str]:
    labelled = {answer.question for answer in load_answers(engine.product.catalog)}
    return set(sorted(i for i in labelled if is_test(i))[:MOST_QUESTIONS])


@cache
def run(name: str, work: str) -> list[Record]:
    engine = open_engine(name)
    groups = some_questions(engine) if work == "robustness" else None
    return run_plainly(work_named(work), engine, "test", groups)


def broken(name: str, work: str) -> set[str]:
    """The measures whose floors break."""
    lines = work_named(work).broken_floors(run(name, work))
    return {line.removeprefix(f"{work}: ").rpartition(": ")[0] for line in lines}


@pytest.mark.parametrize("control", ["always-yes", "length"])
def test_a_grader_that_does_not_read_breaks_every_floor_of_the_grading(
    opened: None, control: str
) -> None:
    fails = {"verdict macro-F1", "level QWK", "mean level of off-topic"}
    assert fails <= broken(control, "grading")
    assert not fails & broken("offline", "grading")


def test_a_grader_that_always_says_yes_rewards_junk(opened: None) -> None:
    junk = {"dont-know", "echo", "gibberish", "injection only"}
    assert junk <= broken("always-yes", "robustness")
    assert not junk & broken("offline", "robustness")


def test_a_grader_that_scores_length_is_paid_for_filler(opened: None) -> None:
    padded = {"weak said twice", "weak with filler to twice its length"}
    assert padded <= broken("length", "robustness")
    assert not padded & broken("offline", "robustness")


def test_a_grader_that_obeys_injections_is_caught_by_nothing_else(opened: None) -> None:
    """It grades as well as the engine it is built on; only the robustness sets tell them apart."""
    obeyed = {"weak with injection, plain", "injection only", NO_CASE_ALLOWED}
    assert obeyed <= broken("obeys-injections", "robustness")
    assert broken("obeys-injections", "grading") == broken("offline", "grading")
    raised, honest = (
        work_named("robustness").measures(run(name, "robustness"))[NO_CASE_ALLOWED]
        for name in ("obeys-injections", "offline")
    )
    assert raised > honest + 10


def test_a_grader_that_finds_no_gap_follows_up_on_none(opened: None) -> None:
    engine = open_engine("always-yes")
    records = run_plainly(work_named("follow_ups"), engine, "test", some_questions(engine))
    lines = work_named("follow_ups").broken_floors(records)
    assert any(line.startswith("follow_ups: planted gap hit: 0.000") for line in lines)


def test_the_robustness_task_measures_what_its_sets_say(opened: None) -> None:
    """Rebuilt from single cases, the figures are those of evals/robustness.py."""
    engine = open_engine("offline")
    chosen, catalog = some_questions(engine), engine.product.catalog
    answers = [a for a in load_answers(catalog) if is_test(a.question)]
    few = [a for a in answers if a.question in chosen]
    rows = sets.run(engine.product.reader, few, catalog)
    # Answers to other questions come from the whole half in the task, from the three here.
    alike = [
        kind for kind in KINDS if kind in rows and "another" not in kind and "same" not in kind
    ]
    measured = work_named("robustness").measures(run("offline", "robustness"))
    assert len(alike) > 20
    for kind in alike:
        assert measured[kind] == pytest.approx(rows[kind].mean, abs=1e-3), kind
