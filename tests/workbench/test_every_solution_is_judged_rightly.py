"""Every reference passes, and every wrong solution fails on the test that is meant for it."""

from pathlib import Path

import pytest

from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import CodingProblem, WrongSolution
from interviewer.store.problem_files import load_coding_problems
from interviewer.workbench.coding.judge import Judge
from interviewer.workbench.sandbox.runner import Confinement, Runner

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

PROBLEMS = load_coding_problems(Path(__file__).parents[2] / "seeds")


def is_caught(outcome: CodeOutcome, wrong: WrongSolution) -> bool:
    if wrong.fails == "growth":
        return outcome.all_passed and outcome.growth.fits is False
    if wrong.fails == "argument-changed":
        return any(test.changed_argument for test in outcome.tests)
    return any(test.name == wrong.fails for test in outcome.failing)


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS.keys())
async def test_the_reference_passes_and_wrong_solutions_are_caught(problem: CodingProblem) -> None:
    judge = Judge(Runner(Confinement.SANDBOX))
    outcome = await judge.judge(problem, problem.reference)
    assert outcome.all_passed, outcome
    assert not any(test.changed_argument for test in outcome.tests)
    assert outcome.growth.fits is not False, outcome.growth
    missed = []
    for wrong in problem.wrong:
        outcome = await judge.judge(problem, problem.wrong_code(wrong))
        if not is_caught(outcome, wrong):
            missed.append((wrong.name, wrong.fails, outcome))
    assert missed == []


async def test_quadratic_code_is_told_on_a_machine_so_slow_that_the_small_input_takes_70_ms() -> (
    None
):
    problem = PROBLEMS["chain-between-accounts"]
    small = problem.growth.n
    spins = f"""
import time
def shortest_chain(transfers, start, goal):
    until = time.perf_counter() + 0.07 * (len(transfers) / {small}) ** 2
    while time.perf_counter() < until:
        for _ in range(500):
            pass
    return found(transfers, start, goal)
"""
    code = problem.reference.replace("def shortest_chain(", "def found(") + spins
    outcome = await Judge(Runner(Confinement.SANDBOX)).judge(problem, code)
    assert outcome.all_passed, outcome
    assert outcome.growth.fits is False, outcome.growth


def test_there_are_enough_problems() -> None:
    assert len(PROBLEMS) >= 14
