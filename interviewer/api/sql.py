"""Routes of the SQL problems: what there is, one with its tables, and running a query, also in a round."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from interviewer.api.interviews import Owner, product_of
from interviewer.bootstrap.sql_workbench import SqlWorkbench
from interviewer.domain.sql_problem import PosedProblem, posed
from interviewer.domain.sql_run import SqlObservation, SqlRun, observations
from interviewer.practice.sql_sheet import SqlSheet, sql_sheet
from interviewer.workbench.sql.sheet import TableSheet

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


@router.post("/interviews/{interview_id}/queries")
async def query(request: Request, interview_id: str, given: GivenQuery, owner: Owner) -> SqlRun:
    """Send a query for the open question: kept, run, and compared with what was asked for.

    It is no turn: explain it with an answer, and the interviewer goes on from both.
    """
    return await product_of(request).query_turns.query(interview_id, given.query, owner=owner)


@router.get("/interviews/{interview_id}/tables")
async def tables(request: Request, interview_id: str, owner: Owner) -> tuple[TableSheet, ...]:
    """The tables of the open question's SQL problem, with a few of their rows."""
    return await product_of(request).query_turns.tables(interview_id, owner=owner)
