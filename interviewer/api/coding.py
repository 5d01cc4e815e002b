"""Routes of the coding problems: list, statement, hints, and running code outside an interview."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from interviewer.api.interviews import Owner, product_of
from interviewer.domain.coding import ShownProblem
from interviewer.practice.coding import Hint, PracticeRun, ProblemListed, hint, listed, practise

router = APIRouter(prefix="/problems", tags=["coding"])


class NewCode(BaseModel):
    """Code to run."""

    code: str = Field(max_length=100_000)


@router.get("")
async def problems(request: Request, owner: Owner) -> tuple[ProblemListed, ...]:
    """The coding problems."""
    del owner
    return listed(product_of(request).coding.problems)


@router.get("/{problem_id}")
async def problem(request: Request, problem_id: str, owner: Owner) -> ShownProblem:
    """What a candidate sees of one: statement, starter, visible tests."""
    del owner
    return product_of(request).coding.problem(problem_id).shown


@router.get("/{problem_id}/hints/{number}")
async def show_hint(request: Request, problem_id: str, number: int, owner: Owner) -> Hint:
    """One rung of the ladder of hints, from 1; they cost nothing."""
    del owner
    return hint(product_of(request).coding.problem(problem_id), number)


@router.post("/{problem_id}/runs")
async def run(request: Request, problem_id: str, given: NewCode, owner: Owner) -> PracticeRun:
    """Run code on a problem's tests; 503 with the reason where code is not run."""
    del owner
    coding = product_of(request).coding
    return await practise(coding, coding.problem(problem_id), given.code)
