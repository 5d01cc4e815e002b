"""Judges submitted code: one start of the sandbox for each submission."""

import json
import secrets
from pathlib import Path

from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import RANDOM_TEST, CodingProblem
from interviewer.errors import CodeNotRun
from interviewer.workbench.coding.report import Case, outcome_of
from interviewer.workbench.sandbox.runner import Confinement, Limits, Runner
from interviewer.workbench.submission import checked_submission

_HERE = Path(__file__).parent
_LIMITS = Limits(wall_s=15, cpu_s=8, output_bytes=3 << 20)
"""Room for the values of all tests; what the candidate prints is kept apart and short."""
_TEST_CPU_S = 1.0
_GROWTH_CPU_S, _GROWTH_MOST_CPU_S = 1.5, 4.5
"""For one call; the second where the small input alone took long, so on a slow machine."""


class _Prepared:
    """Random cases with the reference's results, and the inputs to measure growth on."""

    def __init__(self, cases: list[Case], growth: list[str]) -> None:
        self.cases = cases
        self.growth = growth


class Judge:
    """Runs submissions; random cases are drawn once for each problem, with a fixed seed."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._prepared: dict[str, _Prepared] = {}

    async def judge(self, problem: CodingProblem, code: str) -> CodeOutcome:
        """Runs the code on every test and measures its growth.

        Raises:
            NotText: It is not text that could be a program.
            AnswerTooLong: It is longer than a submission may be.
            CodeNotRun: Code is not run here, or the sandbox failed.
        """
        checked_code(code)
        prepared = self._prepared.get(problem.id) or await self._prepare(problem)
        cases = [*_authored(problem), *prepared.cases]
        nonce = secrets.token_hex(16)
        request = {
            "nonce": nonce,
            "kind": problem.kind,
            "entry": problem.entry,
            "tests": [{"name": case.key, "input": case.input} for case in cases],
            "growth": prepared.growth,
            "cpu_s": _TEST_CPU_S,
            "growth_cpu_s": _GROWTH_CPU_S,
            "growth_most_cpu_s": _GROWTH_MOST_CPU_S,
        }
        files = {
            "main.py": _text("harness.py"),
            "request.json": json.dumps(request),
            "solution.py": code,
        }
        run = await self._runner.run(files, limits=_LIMITS)
        return outcome_of(
            problem,
            cases,
            run,
            nonce,
            sandboxed=self._runner.confinement is Confinement.SANDBOX,
        )

    async def _prepare(self, problem: CodingProblem) -> _Prepared:
        request = {
            "seed": problem.id,
            "entry": problem.entry,
            "kind": problem.kind,
            "n": problem.growth.n,
        }
        files = {
            "main.py": _text("cases.py"),
            "request.json": json.dumps(request),
            "generator.py": problem.generate,
            "reference.py": problem.reference,
        }
        run = await self._runner.run(files, limits=_LIMITS)
        try:
            drawn = json.loads(run.output)
        except ValueError:
            said = " ".join(run.output.split())[-200:]
            raise CodeNotRun(
                f"problem {problem.id!r} could not be set up ({run.status}): {said}"
            ) from None
        cases = [
            Case(f"{RANDOM_TEST}/{i}", RANDOM_TEST, False, False, case["input"], case["gives"])
            for i, case in enumerate(drawn["cases"])
        ]
        prepared = self._prepared[problem.id] = _Prepared(cases, drawn["growth"])
        return prepared


def checked_code(code: str) -> None:
    """Refuses what cannot be a program before anything is started or stored.

    Raises:
        NotText: It is binary, or there is nothing in it.
        AnswerTooLong: It is longer than a submission may be.
    """
    checked_submission(code, "code")


def _authored(problem: CodingProblem) -> list[Case]:
    cases = []
    for test in problem.tests:
        given: dict[str, object] = {"args": test.args}
        if test.calls is not None:
            given["calls"] = test.calls
        text = json.dumps(given)
        cases.append(Case(test.name, test.name, test.visible, test.empty, text, test.gives))
    return cases


def _text(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
