"""Calls the candidate's code: runs in the sandbox as the main program, beside `solution.py`.

It reports what came back, a line for each test, and knows no expected result: whoever finds its
way into this process can forge returned values and times, but not a pass. Standard library only, and
no import of this package.
"""

import ast
import importlib
import inspect
import json
import os
import signal
import sys
import time
import types
from collections.abc import Callable
from functools import partial
from typing import Any

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 (pathlib takes 10 ms)
MOST_PRINTED = 64_000
KEPT_PRINTED = 1_500
MOST_VALUE = 40_000
MEASURED_S = 0.3
"""Repeats go on for so long, or until one call alone takes longer."""
ENOUGH_TIMES = 40
"""The large input is given up only after so many times the small one's time, more than 8^1.65, from
where growth is called quadratic: else code on a slow machine is stopped before it can be told."""
DUMPS, LOADS, WRITE, CLOCK = json.dumps, json.loads, os.write, time.perf_counter
"""Kept here, as the candidate's code may replace them where they are."""


class Stopped(BaseException):
    """The test was ended from outside; no `except Exception` of the candidate's catches it."""


class TooMuchOutput(BaseException):
    """More was printed than anybody reads."""


class Printed:
    """Stands in for both streams while the candidate's code runs."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text, self.size = "", 0

    def write(self, text: str) -> int:
        """Keeps the beginning; raises `TooMuchOutput` where it never ends."""
        self.size += len(text)
        if len(self.text) < KEPT_PRINTED:
            self.text += text[: KEPT_PRINTED - len(self.text)]
        if self.size > MOST_PRINTED:
            raise TooMuchOutput
        return len(text)

    def flush(self) -> None:
        """Does nothing: there is nothing behind it."""

    def isatty(self) -> bool:
        """It is no terminal."""
        return False


def _main() -> None:
    with open(os.path.join(HERE, "request.json"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
        request = LOADS(file.read())
    out = os.dup(1)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)

    def report(kind: str, **fields: Any) -> None:
        line = DUMPS({"kind": kind, **fields})
        left = f"\n{request['nonce']} {line}\n".encode()
        while left:
            left = left[WRITE(out, left) :]

    target = _loaded(request, report)
    if target is None:
        return
    slow = 0
    for test in request["tests"]:
        found = _tried(target, request["kind"], LOADS(test["input"]), request["cpu_s"])
        report("test", name=test["name"], **found)
        slow += found["ending"] == "slow"
        if slow >= 2:
            # A third loop would tell nothing new and use up the whole run's time.
            break
    if request["growth"] and not slow:
        report("growth", **_measured(target, request))
    report("end")


def _loaded(request: dict[str, Any], report: Callable[..., None]) -> Any:
    with open(os.path.join(HERE, "solution.py"), encoding="utf-8") as file:  # noqa: PTH118, PTH123
        source = file.read()
    try:
        tree = ast.parse(source, "solution.py")
        code = compile(source, "solution.py", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        report("broken", why="syntax", line=line, message=_said(error))
        return None
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    _, printed, raised = _run(lambda: exec(code, module.__dict__), request["cpu_s"])  # noqa: S102
    if raised is not None:
        report("broken", why="load", line=_line_of(raised), message=_named(raised), printed=printed)
        return None
    target = module.__dict__.get(request["entry"])
    wanted = type if request["kind"] == "class" else object
    if not callable(target) or not isinstance(target, wanted):
        names = [n for n, v in module.__dict__.items() if callable(v) and not n.startswith("_")]
        report("broken", why="entry", message=", ".join(names[:8]), printed=printed)
        return None
    trouble = _signature(target, request)
    if trouble:
        report("broken", why="signature", message=trouble, printed=printed)
        return None
    report("loaded", printed=printed, own_tests=_own_tests(tree))
    return target


def _signature(target: Any, request: dict[str, Any]) -> str:
    if not request["tests"]:
        return ""
    given = LOADS(request["tests"][0]["input"])
    try:
        inspect.signature(target).bind(*given["args"])
    except TypeError as error:
        return f"called with {len(given['args'])} arguments: {error}"
    except ValueError:
        return ""
    return ""


def _own_tests(tree: ast.AST) -> int:
    found = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) or (
            isinstance(node, ast.FunctionDef) and node.name.startswith("test")
        ):
            found += 1
    return found


def _tried(target: Any, kind: str, given: dict[str, Any], cpu_s: float) -> dict[str, Any]:
    value, printed, error = _run(lambda: _call(target, kind, given), cpu_s)
    found = {"printed": printed, "ending": "returned", "value": None}
    if isinstance(error, Stopped):
        return {**found, "ending": "slow"}
    if error is not None:
        line = _line_of(error)
        return {**found, "ending": "raised", "error": _named(error), "line": line}
    try:
        text = DUMPS(value)
    except (TypeError, ValueError, RecursionError) as trouble:
        return {**found, "ending": "odd", "type": type(value).__name__, "error": _said(trouble)}
    if len(text) > MOST_VALUE:
        return {**found, "ending": "odd", "type": type(value).__name__, "error": "it is too long"}
    found["value"] = text
    if kind == "function":
        found["after"] = DUMPS(given["args"], default=repr)
    return found


def _call(target: Any, kind: str, given: dict[str, Any]) -> Any:
    if kind == "function":
        return target(*given["args"])
    made = target(*given["args"])
    return [getattr(made, name)(*args) for name, *args in given["calls"]]


def _run(act: Callable[[], Any], cpu_s: float) -> tuple[Any, str, BaseException | None]:
    """The value, what was printed, and the exception."""
    printed = Printed()
    kept = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = printed
    value: Any = None
    error: BaseException | None = None
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s, 0.2)
    try:
        value = act()
    except BaseException as raised:  # noqa: BLE001 (whatever the code raises is its result)
        error = raised
    finally:
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except Stopped as late:
            error = error or late
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        sys.stdout, sys.stderr = kept
    return value, printed.text, error


def _stop(_number: int, _frame: types.FrameType | None) -> None:
    raise Stopped


def _named(error: BaseException) -> str:
    if isinstance(error, TooMuchOutput):
        return f"more than {MOST_PRINTED:,} characters were printed"
    if isinstance(error, Stopped):
        return "it did not end in time"
    if isinstance(error, RecursionError):
        return "RecursionError: it calls itself too deeply"
    text = _said(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _said(error: BaseException) -> str:
    try:
        return " ".join(str(error).split())[:300]
    except BaseException:  # noqa: BLE001 (the candidate's exception may do anything)
        return ""


def _line_of(error: BaseException) -> int | None:
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "solution.py":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _measured(target: Any, request: dict[str, Any]) -> dict[str, Any]:
    """Times the small and the large input in turn, so that a busy moment hits both."""
    small, large = request["growth"]
    found: dict[str, Any] = {"small": [], "large": [], "gave_up_after": None}
    until = CLOCK() + MEASURED_S
    while len(found["large"]) < 2 or CLOCK() < until:
        for text, times in (
            (small, found["small"]),
            (small, found["small"]),
            (large, found["large"]),
        ):
            given = LOADS(text)
            act = partial(_call, target, request["kind"], given)
            limit = request["growth_cpu_s"]
            if text is large:
                enough = ENOUGH_TIMES * min(found["small"])
                limit = max(limit, min(enough, request["growth_most_cpu_s"]))
            began = CLOCK()
            error = _run(act, limit)[2]
            took = CLOCK() - began
            if isinstance(error, Stopped) and text is large:
                found["gave_up_after"] = None if found["large"] else took
                return found
            if error is not None:
                return {"small": [], "large": [], "gave_up_after": None}
            times.append(took)
            if text is large and took > MEASURED_S:
                return found
    return found


if __name__ == "__main__":
    # What a candidate may import is a name like any other; these are used after its code has run.
    importlib.import_module("traceback")
    _main()
    os._exit(0)
