"""What an interviewer notices about submitted code, in the order in which it is worth asking about."""

import re
from collections.abc import Iterable

from interviewer.domain.code_outcome import CodeOutcome, Ending, TestOutcome
from interviewer.domain.coding import RANDOM_TEST, CodingProblem, ObservationKind
from interviewer.domain.observation import Observation


def observations(
    problem: CodingProblem, outcome: CodeOutcome, said: Iterable[str] = ()
) -> tuple[Observation, ...]:
    """What there is to ask about, the most serious first.

    Args:
        problem: What was to be solved.
        outcome: What the last run came to.
        said: All that the candidate has said about it, in order.
    """
    words = tuple(said)
    found = [*_of_tests(problem, outcome), *_of_growth(problem, outcome)]
    if outcome.own_tests == 0:
        text = "The code came without a test of its own."
        found.append(_about(problem, ObservationKind.NO_OWN_TEST, text))
    if not any("?" in text for text in words):
        text = "No question about the input was asked before the code came."
        found.append(_about(problem, ObservationKind.NO_CLARIFYING, text))
    if not any(speaks_of_complexity(text) for text in words):
        text = "Nothing was said about how time or memory grow."
        found.append(_about(problem, ObservationKind.NO_COMPLEXITY, text))
    return tuple(found)


def speaks_of_complexity(text: str) -> bool:
    """Whether a text says how time or memory grow.

    >>> speaks_of_complexity("It is O(n log n)."), speaks_of_complexity("It works.")
    (True, False)
    """
    return _COMPLEXITY.search(text) is not None


_COMPLEXITY = re.compile(
    r"\bO\s?\(|\b(?:quadratic|linear(?:ly)?|logarithmic|log n|constant (?:time|space|memory)|n squared"
    r"|complexity|amorti[sz]ed|one pass|single pass)\b",
    re.IGNORECASE,
)


def _of_tests(problem: CodingProblem, outcome: CodeOutcome) -> Iterable[Observation]:
    failing = outcome.failing
    empty = [test for test in failing if test.empty]
    if outcome.status == "no-solution":
        text = outcome.message
        yield Observation(
            kind=ObservationKind.FAILING_TEST,
            text=text,
            ask=f"Your code did not get as far as the first test: {text} What happened?",
        )
    for test in [t for t in failing if not t.empty][:1]:
        yield Observation(
            kind=ObservationKind.FAILING_TEST,
            text=f"{test.name}: {_how(test)}",
            ask=_asked(problem, test),
            test=test.name,
        )
    for test in empty[:1]:
        text = f"{test.name}: {_how(test)}"
        yield _about(problem, ObservationKind.EMPTY_INPUT, text, test.name)
    for test in [t for t in outcome.tests if t.changed_argument][:1]:
        text = f"{test.name}: the list or record that was passed in is not what it was."
        yield _about(problem, ObservationKind.ARGUMENT_CHANGED, text, test.name)


def _of_growth(problem: CodingProblem, outcome: CodeOutcome) -> Iterable[Observation]:
    if outcome.growth.fits is False:
        yield _about(problem, ObservationKind.GROWTH, told_growth(outcome))


def told_growth(outcome: CodeOutcome) -> str:
    """The measured growth in one sentence."""
    measured = outcome.growth
    if measured.found == "inconclusive" or not measured.seconds or not measured.seconds_at_8n:
        return "The growth of run time could not be measured clearly."
    times = measured.seconds_at_8n / measured.seconds
    return (
        f"From {measured.n:,} to {8 * measured.n:,} elements the run time grew {times:.0f} times: "
        f"{_IN_WORDS[measured.found]}."
    )


_IN_WORDS = {
    "near-linear": "about as the input does",
    "quadratic": "about with its square",
    "worse": "faster than its square",
}


def _about(
    problem: CodingProblem, kind: ObservationKind, text: str, test: str | None = None
) -> Observation:
    return Observation(kind=kind, text=text, ask=problem.probes[kind], test=test)


def _how(test: TestOutcome) -> str:
    if test.ending is Ending.RAISED:
        return f"{test.shown_input} raised {test.detail}"
    if test.ending is Ending.SLOW:
        return f"{test.shown_input} was stopped: {test.detail}"
    return f"{test.shown_input} gave {test.got}"


def _asked(problem: CodingProblem, test: TestOutcome) -> str:
    if test.name == RANDOM_TEST:
        return f"Take {test.shown_input}. What does your code give, and what should it give?"
    words = problem.test(test.name).ask
    return words or f"Take {test.shown_input}. Walk me through what your code does with it."
