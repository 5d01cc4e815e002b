"""What a run of submitted code came to: an outcome for every test, and how run time grew.

Returned values are compared here, outside the process that ran the code.
"""

from collections.abc import Sequence
from enum import StrEnum
from math import isclose, log
from typing import Literal

from pydantic import Field, JsonValue

from interviewer.domain.value import Value


class Ending(StrEnum):
    """How one test ended."""

    PASSED = "passed"
    FAILED = "failed"
    RAISED = "raised"
    SLOW = "slow"
    NOT_RUN = "not-run"


GrowthClass = Literal["near-linear", "quadratic", "worse", "inconclusive"]

FACTOR = 8
"""The larger input has so many times the elements of the smaller."""

NEAR_LINEAR_UP_TO, QUADRATIC_FROM, QUADRATIC_UP_TO = 1.4, 1.65, 2.8
"""Exponents of n that bound the classes; what lies between the first two is inconclusive. n log n from
500 to 4,000 elements looks like n to the power of 1.14, and a square with some linear work like 1.8;
the rest is margin for caches and a busy machine (our own choice)."""

LEAST_SECONDS = 2e-5
"""Below this the smaller input's time is mostly the clock's and the call's."""


class TestOutcome(Value):
    """One test; nothing in it holds the expected result of a hidden one."""

    __test__ = False
    name: str
    ending: Ending
    visible: bool
    shown_input: str = Field(default="", description="The call as Python, bounded.")
    got: str = Field(default="", description="What came back, as Python, bounded.")
    expected: str = Field(default="", description="Only for a visible test.")
    detail: str = ""
    printed: str = Field(default="", description="Only for a visible test, bounded.")
    changed_argument: bool = False
    empty: bool = False


class GrowthMeasured(Value):
    """Seconds at n and at 8n elements and what they come to; `inconclusive` is no verdict."""

    n: int
    seconds: float | None = None
    seconds_at_8n: float | None = None
    found: GrowthClass = "inconclusive"
    fits: bool | None = Field(default=None, description="None where inconclusive.")
    expected: str = ""


class CodeOutcome(Value):
    """A whole run."""

    status: Literal["ran", "no-solution", "stopped"]
    message: str = Field(default="", description="Why not all tests ran, for the candidate.")
    tests: tuple[TestOutcome, ...]
    growth: GrowthMeasured
    own_tests: int = Field(default=0, ge=0, description="Assertions and test functions seen in it.")
    printed: str = Field(default="", description="Printed while it was loaded, bounded.")
    seconds: float = 0.0
    sandboxed: bool = True

    @property
    def passed(self) -> int:
        """How many tests passed."""
        return sum(test.ending is Ending.PASSED for test in self.tests)

    @property
    def all_passed(self) -> bool:
        """Whether every test passed."""
        return bool(self.tests) and self.passed == len(self.tests)

    @property
    def for_candidate(self) -> "CodeOutcome":
        """What a candidate sees during a round: of hidden tests only whether they passed."""
        tests = tuple(
            test
            if test.visible
            else TestOutcome(name=f"hidden-{n}", ending=test.ending, visible=False)
            for n, test in enumerate(self.tests, 1)
        )
        return self.model_copy(update={"tests": tests})

    @property
    def failing(self) -> tuple[TestOutcome, ...]:
        """Tests that did not pass and were run, visible ones first."""
        failed = [t for t in self.tests if t.ending not in (Ending.PASSED, Ending.NOT_RUN)]
        return tuple(sorted(failed, key=lambda test: not test.visible))


def agrees(
    got: JsonValue, expected: JsonValue, *, tolerance: float, any_order: bool = False
) -> bool:
    """Whether a returned value is the expected one.

    Numbers are compared with the relative tolerance (and the same absolutely near 0); a bool is no
    number; a tuple has become a list on its way here.
    """
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return got is expected
    if isinstance(expected, int | float) and isinstance(got, int | float):
        if isinstance(expected, int) and isinstance(got, int):
            return got == expected
        return _close(float(got), float(expected), tolerance)
    if isinstance(expected, list) and isinstance(got, list):
        if len(got) != len(expected):
            return False
        if any_order:
            got, expected = sorted(got, key=repr), sorted(expected, key=repr)
        return all(agrees(g, e, tolerance=tolerance) for g, e in zip(got, expected, strict=True))
    if isinstance(expected, dict) and isinstance(got, dict):
        return got.keys() == expected.keys() and all(
            agrees(got[key], expected[key], tolerance=tolerance) for key in expected
        )
    return type(got) is type(expected) and got == expected


def _close(got: float, expected: float, tolerance: float) -> bool:
    return isclose(got, expected, rel_tol=tolerance, abs_tol=tolerance)


def growth(
    n: int,
    small: Sequence[float],
    large: Sequence[float],
    *,
    at_most: str,
    says: str = "",
    gave_up_after: float | None = None,
) -> GrowthMeasured:
    """Classifies how run time grows, from the fastest repeat of each size.

    The fastest is the one least disturbed by whatever else the machine does; a median of wall times
    is not, and processor time has ticks of 4 ms where the kernel counts coarsely.

    Args:
        n: Elements of the smaller input.
        small: Seconds of each repeat at n elements.
        large: The same at 8n.
        at_most: The class that the problem asks for.
        says: The expected complexity, for the report.
        gave_up_after: Seconds after which the larger input was stopped; its time is at least that.
    """
    if not small or not (large or gave_up_after):
        return GrowthMeasured(n=n, expected=says)
    base = min(small)
    top = min(large) if large else gave_up_after or 0.0
    found: GrowthClass = "inconclusive"
    if base >= LEAST_SECONDS and top > 0:
        exponent = log(top / base, FACTOR)
        found = _class_of(exponent)
        if not large and found == "near-linear":
            # It was stopped: it may have been any class from here on.
            found = "inconclusive"
    fits = None if found == "inconclusive" else _ORDER.index(found) <= _ORDER.index(at_most)
    return GrowthMeasured(
        n=n, seconds=base, seconds_at_8n=top, found=found, fits=fits, expected=says
    )


_ORDER = ("near-linear", "quadratic", "worse")


def _class_of(exponent: float) -> GrowthClass:
    if exponent <= NEAR_LINEAR_UP_TO:
        return "near-linear"
    if exponent < QUADRATIC_FROM:
        return "inconclusive"
    return "quadratic" if exponent <= QUADRATIC_UP_TO else "worse"
