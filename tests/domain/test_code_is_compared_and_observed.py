"""Comparing results, classifying growth, and what an interviewer notices."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from interviewer.domain.code_observations import observations
from interviewer.domain.code_outcome import (
    CodeOutcome,
    Ending,
    GrowthMeasured,
    TestOutcome,
    agrees,
    growth,
)
from interviewer.domain.coding import CodingProblem, ObservationKind
from interviewer.store.problem_files import load_coding_problems

SEEDS = Path(__file__).parents[2] / "seeds"
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def problem() -> CodingProblem:
    return load_coding_problems(SEEDS)["burst-of-attempts"]


@given(values)
def test_a_value_agrees_with_itself(value: JsonValue) -> None:
    assert agrees(value, value, tolerance=1e-9)


@given(st.lists(st.integers(), max_size=6), st.randoms())
def test_order_matters_only_where_it_is_asked_for(numbers: list[JsonValue], rng: object) -> None:
    turned = numbers[::-1]
    assert agrees(turned, numbers, tolerance=0, any_order=True)
    assert agrees(turned, numbers, tolerance=0) == (turned == numbers)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (True, 1),
        (1, True),
        (0, None),
        (None, 0),
        ("1", 1),
        ([1], 1),
        (0.1, 0.2),
        (float("nan"), 0.0),
        ([1, 2], [1]),
        (False, 0),
        ({"a": 1}, {"b": 1}),
    ],
)
def test_what_only_looks_alike_does_not_agree(got: JsonValue, expected: JsonValue) -> None:
    assert not agrees(got, expected, tolerance=1e-9)


def test_floats_agree_within_the_tolerance() -> None:
    assert agrees(0.1 + 0.2, 0.3, tolerance=1e-9)
    assert agrees(2, 2.0, tolerance=1e-9)
    assert not agrees(0.31, 0.3, tolerance=1e-3)


@pytest.mark.parametrize(
    ("times", "found", "fits"),
    [
        (8, "near-linear", True),
        (12, "near-linear", True),
        (23, "inconclusive", None),
        (64, "quadratic", False),
        (512, "worse", False),
    ],
)
def test_growth_is_classified_with_room_for_doubt(
    times: int, found: str, fits: bool | None
) -> None:
    measured = growth(500, [0.001, 0.004], [0.001 * times, 9.0], at_most="near-linear")
    assert (measured.found, measured.fits) == (found, fits)


def test_a_time_too_short_or_missing_is_no_verdict() -> None:
    assert growth(500, [1e-6], [8e-6], at_most="near-linear").fits is None
    assert growth(500, [], [], at_most="near-linear").found == "inconclusive"
    assert growth(500, [0.2], [], at_most="near-linear", gave_up_after=1.5).fits is None
    assert growth(500, [0.01], [], at_most="near-linear", gave_up_after=1.5).fits is False


def outcome(**changes: object) -> CodeOutcome:
    base: dict[str, object] = {
        "status": "ran",
        "tests": (),
        "growth": GrowthMeasured(n=10),
        "own_tests": 1,
    }
    return CodeOutcome.model_validate(base | changes)


def failed(name: str, **changes: object) -> TestOutcome:
    base: dict[str, object] = {
        "name": name,
        "ending": Ending.FAILED,
        "visible": False,
        "shown_input": "f([])",
        "got": "1",
    }
    return TestOutcome.model_validate(base | changes)


SAID = ("May the minutes repeat?", "It is O(n log n) because of the sorting.")


def kinds(problem: CodingProblem, found: CodeOutcome, said: tuple[str, ...] = SAID) -> list[str]:
    return [o.kind.value for o in observations(problem, found, said)]


def test_good_code_well_explained_leaves_nothing_to_observe(problem: CodingProblem) -> None:
    assert kinds(problem, outcome()) == []


def test_a_failing_case_is_asked_about_in_words_before_anything_else(
    problem: CodingProblem,
) -> None:
    found = outcome(tests=(failed("window-edge", expected="None"),), own_tests=0)
    first = observations(problem, found)[0]
    assert first.kind is ObservationKind.FAILING_TEST
    assert first.ask == problem.test("window-edge").ask
    assert kinds(problem, found)[1:] == ["no-own-test"]


def test_each_observation_has_its_own_kind(problem: CodingProblem) -> None:
    found = outcome(
        tests=(
            failed("no-attempts", empty=True),
            failed("x", ending="passed", changed_argument=True),
        ),
        growth=growth(500, [0.001], [0.064], at_most="near-linear"),
    )
    assert kinds(problem, found) == ["empty-input", "argument-changed", "growth"]


def test_silence_is_observed_from_what_was_said(problem: CodingProblem) -> None:
    assert kinds(problem, outcome(), ()) == ["no-clarifying-question", "silent-on-complexity"]
    assert kinds(problem, outcome(), ("I sort them in one pass.",)) == ["no-clarifying-question"]


def test_what_a_candidate_sees_of_a_problem_holds_no_solution() -> None:
    for one in load_coding_problems(SEEDS).values():
        shown = one.shown.model_dump_json()
        assert one.reference.splitlines()[-1].strip() not in shown
        for test in one.tests:
            assert test.visible or f'"{test.name}"' not in shown
        assert not any(hint in shown for hint in one.hints)
