"""What came of a run of code: a table of tests, what was printed, and where it was not run."""

from collections.abc import Iterator
from typing import NamedTuple

from nicegui import ui

from interviewer.bootstrap.coding import PLAIN_WARNING
from interviewer.domain.code_outcome import CodeOutcome, Ending, TestOutcome
from interviewer.domain.coding import RANDOM_TEST
from interviewer.practice.coding import ExampleCall
from interviewer.web.words import Words, paragraph
from interviewer.web.workbench.prose import sentence

_WORDS = {
    Ending.PASSED: "passed",
    Ending.FAILED: "failed",
    Ending.RAISED: "raised an error",
    Ending.SLOW: "too slow",
    Ending.NOT_RUN: "not run",
}
_COLOURS = {Ending.PASSED: "yes", Ending.NOT_RUN: "none"}


class Line(NamedTuple):
    """A line of the table."""

    call: str
    expected: str
    got: str
    result: str
    colour: str


def rows(examples: tuple[ExampleCall, ...], outcome: CodeOutcome | None) -> Iterator[Line]:
    """The visible tests, then of the others those that failed and may be shown."""
    found = {test.name: test for test in outcome.tests} if outcome else {}
    for example in examples:
        test = found.get(example.name)
        if test is None:
            yield Line(example.call, example.gives, "", "not run yet", "none")
        else:
            yield Line(example.call, example.gives, *_came_of(test))
    for test in outcome.failing if outcome else ():
        if not test.visible and test.shown_input:
            name = "A random input" if test.name == RANDOM_TEST else "Not shown before"
            yield Line(f"{name}: {test.shown_input}", "not told", *_came_of(test))


def _came_of(test: TestOutcome) -> tuple[str, str, str]:
    # What a passing test gave is what was expected, or as good as it.
    got = test.detail or test.got
    return got, _WORDS[test.ending], _COLOURS.get(test.ending, "no")


def show_tests(examples: tuple[ExampleCall, ...], outcome: CodeOutcome | None) -> None:
    """Draws the table, and below it what the program printed."""
    frame = ui.element("div").classes("scrolls tests")
    with frame.props('tabindex=0 role=region aria-label="Tests"'), ui.element("table"):
        Words("caption", "Tests that are shown" if outcome is None else "Tests of the last run")
        with ui.element("thead"), ui.element("tr"):
            for name in ("Result", "Call", "Expected", "Yours"):
                Words("th", name).props["scope"] = "col"
        with ui.element("tbody"):
            for row in rows(examples, outcome):
                with ui.element("tr"):
                    Words("td", row.result, f"met {row.colour}")
                    for text in (row.call, row.expected, row.got):
                        Words("td", text, "value")
    if outcome is not None:
        for text in _printed(outcome):
            with ui.element("details").props("open"):
                Words("summary", "Printed")
                Words("pre", text, "output")
        if not outcome.sandboxed:
            paragraph(sentence(PLAIN_WARNING), "notice")


def _printed(outcome: CodeOutcome) -> Iterator[str]:
    texts = [outcome.printed, *(test.printed for test in outcome.tests)]
    yield from dict.fromkeys(text.rstrip() for text in texts if text.strip())


def told(outcome: CodeOutcome) -> str:
    """The run in a sentence or two, without a judgement."""
    shown = [test for test in outcome.tests if test.visible]
    hidden = [test for test in outcome.tests if not test.visible]
    said = (
        f"{_passed(shown)} of {len(shown)} tests that are shown passed, and {_passed(hidden)} of "
    )
    said += f"{len(hidden)} that are not."
    return f"{sentence(outcome.message)} {said}" if outcome.message else said


def _passed(tests: list[TestOutcome]) -> int:
    return sum(test.ending is Ending.PASSED for test in tests)
