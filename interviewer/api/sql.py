"""Routes of the SQL problems: what there is, one with its tables, and running a query."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from interviewer.api.interviews import Owner, product_of
from interviewer.bootstrap.sql_workbench import SqlWorkbench
from interviewer.domain.sql_problem import PosedProblem, posed
from interviewer.domain.sql_run import SqlObservation, SqlRun, observations
from interviewer.practice.sql_sheet import SqlSheet, sql_sheet

router = APIRouter(tags=["sql"])


class GivenQuery(BaseModel):
    """A query to be run."""

    query: str


class RunAndObserved(BaseModel):
    """How a query did, and what an interviewer would ask about it."""

    run: SqlRun
    observations: tuple[SqlObservation, ...]


def _workbench(request: Request) -> SqlWorkbench:
    return product_of(request).sql_workbench


Workbench = Annotated[SqlWorkbench, Depends(_workbench)]


@router.get("/sql-problems")
async def sql_problems(workbench: Workbench, owner: Owner) -> list[PosedProblem]:
    """The problems, without their solutions."""
    del owner
    return [posed(problem) for problem in workbench.problems.values()]


@router.get("/sql-problems/{problem_id}")
async def sql_problem(problem_id: str, workbench: Workbench, owner: Owner) -> SqlSheet:
    """One problem with its tables and a few of their rows."""
    del owner
    return await sql_sheet(workbench.problem(problem_id), workbench.runner)


@router.post("/sql-problems/{problem_id}/runs")
async def run_query(
    problem_id: str, given: GivenQuery, workbench: Workbench, owner: Owner
) -> RunAndObserved:
    """Run a query and compare its result with what was asked for."""
    del owner
    problem = workbench.problem(problem_id)
    run = await workbench.runner.run(problem, given.query)
    return RunAndObserved(run=run, observations=observations(problem, run))
