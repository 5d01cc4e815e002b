"""Routes of the coding problems: list, statement, hints, and running code outside an interview."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from interviewer.api.interviews import Owner, product_of
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import ShownProblem
from interviewer.interviews.code_turns import RoundHint
from interviewer.practice.coding import Hint, PracticeRun, ProblemListed, hint, listed, practise

router = APIRouter(tags=["coding"])


class RoundCode(BaseModel):
    """What came of code that was sent in a round."""

    passed: int
    of: int
    outcome: CodeOutcome


class NewCode(BaseModel):
    """Code to run."""

    code: str = Field(max_length=100_000)


@router.get("/problems")
async def problems(request: Request, owner: Owner) -> tuple[ProblemListed, ...]:
    """The coding problems."""
    del owner
    return listed(product_of(request).coding.problems)


@router.get("/problems/{problem_id}")
async def problem(request: Request, problem_id: str, owner: Owner) -> ShownProblem:
    """What a candidate sees of one: statement, starter, visible tests."""
    del owner
    return product_of(request).coding.problem(problem_id).shown


@router.get("/problems/{problem_id}/hints/{number}")
async def show_hint(request: Request, problem_id: str, number: int, owner: Owner) -> Hint:
    """One rung of the ladder of hints, from 1; they cost nothing."""
    del owner
    return hint(product_of(request).coding.problem(problem_id), number)


@router.post("/problems/{problem_id}/runs")
async def run(request: Request, problem_id: str, given: NewCode, owner: Owner) -> PracticeRun:
    """Run code on a problem's tests; 503 with the reason where code is not run."""
    del owner
    coding = product_of(request).coding
    return await practise(coding, coding.problem(problem_id), given.code)


@router.post("/interviews/{interview_id}/code")
async def submit(request: Request, interview_id: str, given: NewCode, owner: Owner) -> RoundCode:
    """Send code for the open question: kept, run, and told apart from the hidden tests' inputs.

    It is no turn: explain it with an answer, and the interviewer goes on from both.
    """
    outcome = await product_of(request).code_turns.submit(interview_id, given.code, owner=owner)
    return RoundCode(passed=outcome.passed, of=len(outcome.tests), outcome=outcome)


@router.post("/interviews/{interview_id}/hints")
async def next_hint(request: Request, interview_id: str, owner: Owner) -> RoundHint:
    """Ask for the next hint on the open question; it costs nothing and is recorded."""
    return await product_of(request).code_turns.hint(interview_id, owner=owner)
