"""Practising a coding problem outside an interview: what a candidate is told about a run."""

from collections.abc import Iterator
from typing import Protocol

from interviewer.domain.code_observations import observations, told_growth
from interviewer.domain.code_outcome import CodeOutcome, Ending, TestOutcome
from interviewer.domain.coding import (
    RANDOM_TEST,
    CodingProblem,
    ObservationKind,
    ShownProblem,
    ShownTest,
)
from interviewer.domain.observation import Observation
from interviewer.domain.value import Value
from interviewer.errors import InputError

_SPOKEN = (ObservationKind.NO_CLARIFYING, ObservationKind.NO_COMPLEXITY)
"""Observed in a conversation, which practice has none of."""

SPOKEN_ANYWAY = "Say aloud, as in a round: what you assumed about the input, and what the code costs in time and memory."


class Judging(Protocol):
    """Runs code on a problem."""

    async def judge(self, problem: CodingProblem, code: str) -> CodeOutcome:
        """What the run came to."""
        ...


class ProblemListed(Value):
    """A line of the list of problems."""

    id: str
    title: str
    topic: str
    minutes: int


class Hint(Value):
    """One rung of the ladder. Hints cost nothing."""

    number: int
    of: int
    text: str


class PracticeRun(Value):
    """A submission outside an interview, with what an interviewer would ask next."""

    problem: str
    passed: int
    of: int
    outcome: CodeOutcome
    growth: str
    expected_growth: str
    observations: tuple[Observation, ...]


def listed(problems: dict[str, CodingProblem]) -> tuple[ProblemListed, ...]:
    """All problems, in the order of their ids."""
    return tuple(
        ProblemListed(id=p.id, title=p.title, topic=p.topic, minutes=p.minutes)
        for _, p in sorted(problems.items())
    )


def hint(problem: CodingProblem, number: int) -> Hint:
    """The hint of that number, from 1.

    Raises:
        InputError: The ladder has fewer rungs.
    """
    if not 1 <= number <= len(problem.hints):
        raise InputError(f"{problem.id} has hints 1 to {len(problem.hints)}, not {number}")
    return Hint(number=number, of=len(problem.hints), text=problem.hints[number - 1])


async def practise(judge: Judging, problem: CodingProblem, code: str) -> PracticeRun:
    """Runs a submission.

    Raises:
        NotText, AnswerTooLong: It cannot be a program.
        CodeNotRun: Code is not run here, and why.
    """
    outcome = await judge.judge(problem, code)
    found = tuple(o for o in observations(problem, outcome) if o.kind not in _SPOKEN)
    return PracticeRun(
        problem=problem.id,
        passed=outcome.passed,
        of=len(outcome.tests),
        outcome=outcome,
        growth=told_growth(outcome),
        expected_growth=problem.growth.says,
        observations=found,
    )


def statement_markdown(shown: ShownProblem) -> str:
    """The problem as Markdown."""
    lines = [f"# {shown.title}", "", shown.statement.strip(), "", "```python"]
    lines += [shown.starter.rstrip(), "```", "", "Examples:", ""]
    for test in shown.tests:
        if test.calls is None:
            args = ", ".join(map(repr, test.args))
            lines.append(f"- `{_entry(shown)}({args})` gives `{test.gives!r}`")
            continue
        made = f"{_entry(shown)}({', '.join(map(repr, test.args))})"
        gives = test.gives if isinstance(test.gives, list) else []
        steps = [
            f"`{name}({', '.join(map(repr, args))})` gives `{value!r}`"
            for (name, *args), value in zip(test.calls, gives, strict=True)
        ]
        lines.append(f"- `{made}`: " + ", ".join(steps))
    lines += ["", f"{shown.hidden} more tests are not shown. About {shown.minutes} minutes."]
    return "\n".join(lines)


class ExampleCall(Value):
    """A visible test as Python: what is called and what it must give; of a class, line by line."""

    name: str
    call: str
    gives: str


def example_calls(shown: ShownProblem) -> tuple[ExampleCall, ...]:
    """The visible tests, in order."""
    return tuple(_example(shown, test) for test in shown.tests)


def _example(shown: ShownProblem, test: ShownTest) -> ExampleCall:
    made = f"{_entry(shown)}({', '.join(map(repr, test.args))})"
    steps = [f".{name}({', '.join(map(repr, args))})" for name, *args in test.calls or ()]
    return ExampleCall(name=test.name, call="\n".join([made, *steps]), gives=repr(test.gives))


def _entry(shown: ShownProblem) -> str:
    first = shown.starter.split("(")[0].split(":")[0]
    return first.split()[-1]


def run_markdown(run: PracticeRun) -> str:
    """What came of a run, as Markdown."""
    return "\n".join(_run_lines(run))


def _run_lines(run: PracticeRun) -> Iterator[str]:
    outcome = run.outcome
    yield f"**{outcome.passed} of {len(outcome.tests)} tests passed.**"
    if outcome.message:
        yield ""
        yield (
            f"Not all ran: {outcome.message}"
            if outcome.status == "stopped"
            else (f"Nothing ran: {outcome.message}")
        )
    if outcome.printed:
        yield from ("", "Printed while it was loaded:", "", *_block(outcome.printed))
    yield ""
    for test in outcome.failing:
        yield from _test_lines(test)
    if outcome.status != "no-solution":
        yield f"{run.growth} Expected: {run.expected_growth}."
    if run.observations:
        yield from ("", "An interviewer would ask:", "")
        for seen in run.observations:
            yield f"- {seen.ask}"
    yield from ("", SPOKEN_ANYWAY)


def _test_lines(test: TestOutcome) -> Iterator[str]:
    hidden = "" if test.visible else " (not shown before)"
    name = "a random input" if test.name == RANDOM_TEST else test.name
    yield f"- **{name}**{hidden}: `{test.shown_input}`"
    if test.ending is Ending.FAILED:
        wanted = f", expected `{test.expected}`" if test.visible else ""
        yield f"  gave `{test.got}`{wanted}"
    elif test.detail:
        yield f"  {test.detail}"
    if test.printed:
        yield from ("", *_block(test.printed))


def _block(text: str) -> Iterator[str]:
    # A fence longer than any in the text cannot be closed by it.
    fence = "`" * max(3, 1 + max((len(run) for run in _ticks(text)), default=0))
    yield from (fence, text.rstrip(), fence)


def _ticks(text: str) -> Iterator[str]:
    run = ""
    for char in text + " ":
        if char == "`":
            run += char
        elif run:
            yield run
            run = ""
