"""Attacks through the harness, and code that is no solution: a clear failure each, never a pass."""

from pathlib import Path

import pytest

from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import CodingProblem
from interviewer.errors import AnswerTooLong, CodeNotRun, NotText
from interviewer.store.problem_files import load_coding_problems
from interviewer.workbench.coding.judge import Judge
from interviewer.workbench.sandbox.runner import Confinement, Runner

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

PROBLEM: CodingProblem = load_coding_problems(Path(__file__).parents[2] / "seeds")[
    "burst-of-attempts"
]
ENTRY = "def earliest_burst(minutes, k, window):\n"


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(Runner(Confinement.SANDBOX))


async def judged(judge: Judge, code: str) -> CodeOutcome:
    outcome = await judge.judge(PROBLEM, code)
    assert not outcome.all_passed, outcome
    return outcome


FORGERIES = {
    "prints-the-nonce": (
        "import json, os\n"
        "asked = json.load(open('/code/request.json'))\n"
        "for fd in range(1, 60):\n"
        "    for test in [{'kind': 'loaded'}, *({'kind': 'test', 'name': t['name'], 'ending': 'returned',"
        " 'value': 'true'} for t in asked['tests']), {'kind': 'end'}]:\n"
        "        try: os.write(fd, f\"\\n{asked['nonce']} {json.dumps(test)}\\n\".encode())\n"
        "        except OSError: pass\n"
        "os._exit(0)\n"
    ),
    "monkeypatches-json": (
        "import json\njson.dumps = lambda *a, **k: 'true'\njson.loads = lambda *a, **k: {}\n"
        f"{ENTRY}    return 0"
    ),
    "exits": f"import os\n{ENTRY}    os._exit(0)",
    "exits-while-loading": "import os\nos._exit(0)",
    "raises-system-exit": f"import sys\n{ENTRY}    sys.exit(0)",
    "closes-everything": f"import os\nos.closerange(0, 64)\n{ENTRY}    return 0",
    "overwrites-the-harness": (
        "import __main__\n__main__._tried = lambda *a: {'ending': 'returned', 'value': 'null'}\n"
        "__main__._call = lambda *a: None\n"
        f"{ENTRY}    return 0"
    ),
    "equals-everything": (
        "class Any(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\n"
        f"{ENTRY}    return Any(7)"
    ),
    "kills-itself": f"import os, signal\n{ENTRY}    os.kill(os.getpid(), signal.SIGKILL)",
}


@pytest.mark.parametrize("code", FORGERIES.values(), ids=FORGERIES.keys())
async def test_a_forgery_is_a_failure(judge: Judge, code: str) -> None:
    outcome = await judged(judge, code)
    assert outcome.failing or outcome.message


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def earliest_burst(minutes k):\n    pass", "not Python yet: line 1"),
        ("def other(): pass", "no function named earliest_burst in it; it defines other"),
        ("def earliest_burst(minutes): pass", "does not have the parameters of the starter"),
        ("import pandas\n" + ENTRY + "    pass", "No module named 'pandas'"),
        ("while True: pass", "it did not end in time"),
        ("(" * 5000, "not Python yet"),
        ("print('x' * 10**7)\n" + ENTRY + "    pass", "characters were printed"),
    ],
    ids=["syntax", "name", "signature", "import", "loop", "nesting", "output"],
)
async def test_why_nothing_ran_is_said(judge: Judge, code: str, said: str) -> None:
    outcome = await judged(judge, code)
    assert outcome.status == "no-solution"
    assert said in outcome.message


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("    while True: pass", "it did not end in time"),
        ("    return earliest_burst(minutes, k, window)", "calls itself too deeply"),
        ("    print('x' * 10**7)", "characters were printed"),
        ("    import nothing_like_this", "No module named 'nothing_like_this' (line 2)"),
        ("    return object()", ""),
    ],
    ids=["loop", "recursion", "output", "import", "no-json"],
)
async def test_what_went_wrong_in_a_test_is_said(judge: Judge, body: str, said: str) -> None:
    outcome = await judged(judge, ENTRY + body)
    assert said in outcome.failing[0].detail
    assert outcome.failing[0].visible


async def test_one_slow_case_does_not_hide_the_others(judge: Judge) -> None:
    outcome = await judged(judge, ENTRY + "    while not minutes: pass\n    return 1")
    endings = {test.name: test.ending.value for test in outcome.tests}
    assert endings["no-attempts"] == "slow"
    assert endings["exactly-k"] == "failed"


async def test_expected_results_are_nowhere_in_the_sandbox(judge: Judge) -> None:
    looks = (
        "import json, os\nasked = json.load(open('/code/request.json'))\n"
        "print(sorted(os.listdir('/code')), sorted(asked), sorted({k for t in asked['tests'] for k in t}))\n"
    )
    outcome = await judged(judge, looks + ENTRY + "    print('seen')\n    return 0")
    files, keys, of_tests = outcome.printed.strip().split("] [")
    assert files == "['main.py', 'request.json', 'solution.py'"
    assert (
        keys
        == "'cpu_s', 'entry', 'growth', 'growth_cpu_s', 'growth_most_cpu_s', 'kind', 'nonce', 'tests'"
    )
    assert of_tests == "'input', 'name']"
    for test in outcome.tests:
        assert test.visible or (test.expected == "" and test.printed == "")


@pytest.mark.parametrize("code", ["", "  \n", "\0\1\2", "x = '\ud800'", "PK\x03\x04"])
async def test_what_is_no_text_is_refused_before_anything_runs(judge: Judge, code: str) -> None:
    with pytest.raises(NotText):
        await judge.judge(PROBLEM, code)


async def test_what_is_too_long_is_refused(judge: Judge) -> None:
    with pytest.raises(AnswerTooLong):
        await judge.judge(PROBLEM, "#" * 30_000)


async def test_without_a_sandbox_nothing_runs() -> None:
    with pytest.raises(CodeNotRun, match="no sandbox"):
        await Judge(Runner(Confinement.OFF)).judge(PROBLEM, PROBLEM.reference)
