"""Reads what the harness reported and compares it with what was expected."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pydantic import JsonValue

from interviewer.domain.code_outcome import (
    CodeOutcome,
    Ending,
    GrowthMeasured,
    TestOutcome,
    agrees,
    growth,
)
from interviewer.domain.coding import CodingProblem
from interviewer.workbench.sandbox.runner import CodeRun

MOST_SHOWN = 240
"""Characters of an input or a value that a candidate is shown."""


class Case(NamedTuple):
    """One thing to run: a test, or one draw of the property."""

    key: str
    name: str
    visible: bool
    empty: bool
    input: str
    gives: JsonValue


def reported(output: str, nonce: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """What the harness said: by kind, and by name of the test. Other lines are not its own."""
    kinds: dict[str, Any] = {}
    tests: dict[str, dict[str, Any]] = {}
    for line in output.splitlines():
        if not line.startswith(f"{nonce} "):
            continue
        try:
            said = json.loads(line[len(nonce) + 1 :])
        except (ValueError, RecursionError):
            continue
        if not isinstance(said, dict):
            continue
        if said.get("kind") == "test":
            tests.setdefault(str(said.get("name")), said)
        else:
            kinds.setdefault(str(said.get("kind")), said)
    return kinds, tests


def outcome_of(
    problem: CodingProblem, cases: Iterable[Case], run: CodeRun, nonce: str, *, sandboxed: bool
) -> CodeOutcome:
    """Judges a run."""
    kinds, tests = reported(run.output, nonce)
    broken = kinds.get("broken")
    judged = [_judged(problem, case, tests.get(case.key)) for case in cases]
    if "loaded" not in kinds:
        return CodeOutcome(
            status="no-solution",
            message=_why_broken(problem, broken) if broken else _why_ended(run, "was loaded"),
            tests=_folded(judged),
            growth=GrowthMeasured(n=problem.growth.n, expected=problem.growth.says),
            printed=_text((broken or {}).get("printed"))[:MOST_PRINTED],
            seconds=run.seconds,
            sandboxed=sandboxed,
        )
    finished = "end" in kinds
    loaded = kinds["loaded"]
    return CodeOutcome(
        status="ran" if finished else "stopped",
        message="" if finished else _why_ended(run, "had run all tests"),
        tests=_folded(judged),
        growth=_growth(problem, kinds.get("growth")),
        own_tests=_count(loaded.get("own_tests")),
        printed=_text(loaded.get("printed"))[:MOST_PRINTED],
        seconds=run.seconds,
        sandboxed=sandboxed,
    )


MOST_PRINTED = 1500


def _judged(problem: CodingProblem, case: Case, said: Mapping[str, Any] | None) -> TestOutcome:
    shown = TestOutcome(
        name=case.name,
        ending=Ending.NOT_RUN,
        visible=case.visible,
        empty=case.empty,
        shown_input=call_text(problem, case.input),
        expected=_short(case.gives) if case.visible else "",
    )
    if said is None:
        return shown
    found: dict[str, Any] = (
        {"printed": _text(said.get("printed"))[:MOST_PRINTED]} if case.visible else {}
    )
    ending = said.get("ending")
    if ending == "slow":
        found |= {"ending": Ending.SLOW, "detail": "it did not end in time"}
    elif ending == "returned":
        found |= _compared(problem, case, said)
    elif ending == "odd":
        kind, why = _text(said.get("type"))[:60], _text(said.get("error"))[:200]
        found |= {"ending": Ending.FAILED, "got": f"a value of type {kind} ({why})"}
    else:
        line = said.get("line")
        where = f" (line {line})" if isinstance(line, int) else ""
        found |= {"ending": Ending.RAISED, "detail": _text(said.get("error"))[:300] + where}
    return shown.model_copy(update=found)


def _compared(problem: CodingProblem, case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    try:
        got = json.loads(_text(said.get("value")))
    except (ValueError, RecursionError):
        return {"ending": Ending.FAILED, "got": "a value that cannot be read"}
    right = agrees(got, case.gives, tolerance=problem.tolerance, any_order=problem.any_order)
    after = said.get("after")
    before = json.dumps(json.loads(case.input)["args"])
    changed = problem.kind == "function" and isinstance(after, str) and after != before
    return {
        "ending": Ending.PASSED if right else Ending.FAILED,
        "got": _short(got),
        "changed_argument": changed,
    }


def _folded(judged: list[TestOutcome]) -> tuple[TestOutcome, ...]:
    """The draws of the property become one test: the first that failed, or else the last."""
    by_name: dict[str, TestOutcome] = {}
    for test in judged:
        kept = by_name.get(test.name)
        if kept is None or kept.ending is Ending.PASSED:
            changed = test.changed_argument or (kept is not None and kept.changed_argument)
            by_name[test.name] = test.model_copy(update={"changed_argument": changed})
    return tuple(by_name.values())


def _growth(problem: CodingProblem, said: Mapping[str, Any] | None) -> GrowthMeasured:
    wanted = problem.growth
    if said is None:
        return GrowthMeasured(n=wanted.n, expected=wanted.says)
    small, large = (_numbers(said.get(name)) for name in ("small", "large"))
    gave_up = _numbers([said.get("gave_up_after")])
    return growth(
        wanted.n,
        small,
        large,
        at_most=wanted.at_most,
        says=wanted.says,
        gave_up_after=gave_up[0] if gave_up else None,
    )


def call_text(problem: CodingProblem, text: str) -> str:
    """The call as Python, bounded."""
    given = json.loads(text)
    args = ", ".join(repr(arg) for arg in given["args"])
    said = f"{problem.entry}({args})"
    for name, *call in given.get("calls") or ():
        said += (
            f".{name}({', '.join(map(repr, call))})"
            if len(given["calls"]) == 1
            else (f"; {name}({', '.join(map(repr, call))})")
        )
    return said if len(said) <= MOST_SHOWN else said[: MOST_SHOWN - 4] + " ..."


def _short(value: JsonValue) -> str:
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 4] + " ..."


def _why_broken(problem: CodingProblem, broken: Mapping[str, Any]) -> str:
    message, line = _text(broken.get("message"))[:300], broken.get("line")
    where = f"line {line}: " if isinstance(line, int) else ""
    noun = "class" if problem.kind == "class" else "function"
    match broken.get("why"):
        case "syntax":
            return f"this is not Python yet: {where}{message}."
        case "entry":
            names = f"; it defines {message}" if message else ""
            return f"there is no {noun} named {problem.entry} in it{names}."
        case "signature":
            return f"{problem.entry} does not have the parameters of the starter: {message}."
        case _:
            return f"it failed while it was loaded: {where}{message}."


def _why_ended(run: CodeRun, before: str) -> str:
    return f"{_ENDINGS.get(run.status, 'the program ended')} before it {before}."


_ENDINGS = {
    "timeout": "the time for the run was over",
    "cpu-limit": "the processor time for the run was used up",
    "output-limit": "too much was written to the output",
    "error": "the program broke off (a crash, or too much memory)",
    "ok": "the program ended itself",
}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return max(0, value) if isinstance(value, int) else 0


def _numbers(values: object) -> list[float]:
    if not isinstance(values, list):
        return []
    return [float(v) for v in values if isinstance(v, int | float) and 0 <= v < 1e6]
