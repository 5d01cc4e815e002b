"""A coding problem: what the candidate is shown, and what judges the code.

The statement, the starter and the visible tests are for the candidate. Hidden tests, the reference
and the wrong solutions are not: `ShownProblem` is all that a page, an API or a prompt may see.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, StringConstraints, model_validator

from interviewer.domain.rubric import Line, Slug
from interviewer.domain.value import Value

Code = Annotated[str, StringConstraints(min_length=5, max_length=8000)]
RANDOM_TEST = "random-inputs"
"""Name of the property against the reference, which every problem has."""


class ObservationKind(StrEnum):
    """What can be observed about code and about how it was presented; each may be asked about."""

    FAILING_TEST = "failing-test"
    EMPTY_INPUT = "empty-input"
    ARGUMENT_CHANGED = "argument-changed"
    GROWTH = "growth"
    NO_CLARIFYING = "no-clarifying-question"
    NO_OWN_TEST = "no-own-test"
    NO_COMPLEXITY = "silent-on-complexity"


class CodeTest(Value):
    """One call, or for a class one sequence of calls, and what it must return."""

    name: Slug
    visible: bool = Field(default=False, description="Whether the candidate sees it.")
    empty: bool = Field(default=False, description="Whether its input is empty or null.")
    args: tuple[JsonValue, ...] = Field(
        default=(), description="Of the function, or of the class's constructor."
    )
    calls: tuple[tuple[JsonValue, ...], ...] | None = Field(
        default=None, description="Only for a class: `[method, argument, ...]`, in order."
    )
    gives: JsonValue = Field(description="What is returned; for a class a list, one for each call.")
    ask: Line | None = Field(
        default=None,
        description="What the interviewer asks when it fails: the case in words, never the method.",
    )


class WrongSolution(Value):
    """A typical mistake, and the test that is meant to find it."""

    name: Slug
    fails: Slug = Field(
        description="A test's name, `random-inputs`, `growth`, or `argument-changed`."
    )
    why: Line = Field(description="The mistake in words.")
    swap: tuple[tuple[str, str], ...] = Field(
        default=(), description="Pieces of the reference, each with what stands there instead."
    )
    code: Code | None = Field(default=None, description="The whole solution instead of swaps.")


class Growth(Value):
    """How run time may grow, measured from n to 8n elements."""

    n: int = Field(ge=50, le=20_000, description="Elements of the smaller input.")
    at_most: Literal["near-linear", "quadratic"] = Field(
        description="`near-linear` includes n log n: a factor of 8 cannot tell them apart."
    )
    says: Line = Field(description="The expected complexity, for the report: `O(n log n) time`.")


class ShownTest(Value):
    """A visible test, as the candidate sees it."""

    name: str
    args: tuple[JsonValue, ...]
    calls: tuple[tuple[JsonValue, ...], ...] | None
    gives: JsonValue


class ShownProblem(Value):
    """All of a problem that a candidate may see."""

    id: str
    title: str
    topic: str
    minutes: int
    statement: str
    starter: str
    tests: tuple[ShownTest, ...]
    hidden: int = Field(description="How many tests are not shown.")
    hints: int = Field(description="How many hints there are to ask for, one after the other.")


class CodingProblem(Value):
    """One coding problem, whole."""

    id: Slug
    title: Line
    topic: Slug = Field(description="The technique it practises.")
    minutes: int = Field(ge=5, le=60)
    statement: Annotated[str, StringConstraints(min_length=80, max_length=3000)]
    entry: Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
    kind: Literal["function", "class"] = "function"
    starter: Code = Field(description="Signature with a docstring; what the editor opens with.")
    tests: tuple[CodeTest, ...] = Field(min_length=5, max_length=30)
    generate: Code = Field(
        description="Python: `generate(rng, n)` returns the arguments of a random case of about n "
        "elements; for a class `[arguments, calls]`."
    )
    any_order: bool = Field(default=False, description="A list may come back in any order.")
    tolerance: float = Field(default=1e-9, ge=0, description="Relative, between two floats.")
    growth: Growth
    hints: tuple[Line, ...] = Field(min_length=2, max_length=5, description="A ladder.")
    probes: dict[ObservationKind, Line] = Field(
        description="What is asked about an observation; tests bring their own words."
    )
    reference: Code
    wrong: tuple[WrongSolution, ...] = Field(min_length=5, max_length=9)

    @property
    def shown(self) -> ShownProblem:
        """What the candidate may see."""
        return ShownProblem(
            id=self.id,
            title=self.title,
            topic=self.topic,
            minutes=self.minutes,
            statement=self.statement,
            starter=self.starter,
            tests=tuple(
                ShownTest(name=t.name, args=t.args, calls=t.calls, gives=t.gives)
                for t in self.tests
                if t.visible
            ),
            hidden=sum(not t.visible for t in self.tests) + 1,
            hints=len(self.hints),
        )

    def test(self, name: str) -> CodeTest:
        """The test of that name; raises `KeyError` if there is none."""
        return {t.name: t for t in self.tests}[name]

    def wrong_code(self, wrong: WrongSolution) -> str:
        """The program of a wrong solution."""
        code = wrong.code or self.reference
        for old, new in wrong.swap:
            code = code.replace(old, new)
        return code

    @model_validator(mode="after")
    def _tests_can_judge(self) -> Self:
        names = [test.name for test in self.tests]
        if len(set(names)) != len(names) or RANDOM_TEST in names:
            raise ValueError(f"tests must have names of their own, not {RANDOM_TEST!r}: {names}")
        if not 1 <= sum(test.visible for test in self.tests) <= len(names) - 3:
            raise ValueError("at least one test must be visible and three hidden")
        if not any(test.empty for test in self.tests):
            raise ValueError("no test has an empty input")
        for test in self.tests:
            self._check(test)
        if missing := set(ObservationKind) - set(self.probes) - {ObservationKind.FAILING_TEST}:
            raise ValueError(f"no probe for {sorted(missing)}")
        return self

    def _check(self, test: CodeTest) -> None:
        if not test.visible and test.ask is None:
            raise ValueError(f"test {test.name!r} is hidden and has nothing to `ask`")
        if (test.calls is not None) != (self.kind == "class"):
            raise ValueError(f"test {test.name!r}: `calls` belong to a class, and only there")
        if test.calls is not None and (
            not isinstance(test.gives, list) or len(test.gives) != len(test.calls)
        ):
            raise ValueError(f"test {test.name!r}: `gives` must list one result for each call")

    @model_validator(mode="after")
    def _wrong_solutions_name_their_test(self) -> Self:
        known = {RANDOM_TEST, "growth", ObservationKind.ARGUMENT_CHANGED}
        known |= {test.name for test in self.tests}
        for wrong in self.wrong:
            if wrong.fails not in known:
                raise ValueError(f"wrong solution {wrong.name!r} names no test: {wrong.fails!r}")
            if (wrong.code is None) == (not wrong.swap):
                raise ValueError(f"wrong solution {wrong.name!r} needs either `swap` or `code`")
            for old, _ in wrong.swap:
                if old not in self.reference:
                    raise ValueError(f"wrong solution {wrong.name!r}: {old!r} is not in it")
        return self
