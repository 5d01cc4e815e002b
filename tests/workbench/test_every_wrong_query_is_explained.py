"""The shipped SQL problems: their references are right, and each known mistake is told as labelled."""

import asyncio

import pytest

from interviewer.domain.sql_problem import SqlProblem, probes_for
from interviewer.domain.sql_result import Result, SqlFinding
from interviewer.domain.sql_run import observations
from interviewer.paths import shipped
from interviewer.store.sql_problem_files import load_sql_problems
from interviewer.workbench.sql.bank import SEED, bank
from interviewer.workbench.sql.runner import SqlRunner

PROBLEMS = load_sql_problems(shipped("seeds"))


@pytest.mark.slow
@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.id)
async def test_the_reference_is_right_and_each_mistake_is_told(problem: SqlProblem) -> None:
    queries = [problem.reference, *(wrong.query for wrong in problem.wrong)]
    runner = SqlRunner()
    result = await runner.expected(problem)
    runs = await asyncio.gather(*(runner.run(problem, query) for query in queries))
    expected = [SqlFinding.RIGHT, *(wrong.finding for wrong in problem.wrong)]
    assert [run.finding for run in runs] == expected, [run.message for run in runs]
    _assert_told_apart(problem, result)
    assert result.rows != (await runner.expected(problem, SEED + 1)).rows
    solution = " ".join(problem.reference.split())
    for run in runs:
        assert run.row_count is not None
        assert len(run.rows) <= 50
        (observation,) = observations(problem, run)
        assert observation.probes
        assert solution not in observation.model_dump_json()


@pytest.mark.slow
async def test_values_copied_from_a_result_are_no_query() -> None:
    problem = next(one for one in PROBLEMS if one.id == "customers-outside-private")
    runner = SqlRunner()
    result = await runner.expected(problem)
    rows = ", ".join(f"({', '.join(map(_literal, row))})" for row in result.rows)
    names = ", ".join(f'"{column.name}"' for column in result.columns)
    run = await runner.run(problem, f"SELECT * FROM (VALUES {rows}) AS copied({names})")
    assert not run.is_right
    assert run.message.startswith("Right on the rows you saw, and not on other rows")


def _literal(cell: object) -> str:
    return "NULL" if cell is None else str(cell) if isinstance(cell, int | float) else f"'{cell}'"


def _assert_told_apart(problem: SqlProblem, result: Result) -> None:
    """By its key; and the columns that a problem names are there."""
    names = [column.name for column in result.columns]
    at = [names.index(name) for name in problem.key]
    keys = [tuple(row[i] for i in at) for row in result.rows]
    assert len(set(keys)) == len(keys) > 1
    assert set(problem.sums) <= set(names)


def test_there_are_enough_problems_and_mistakes() -> None:
    assert len(PROBLEMS) >= 14
    for problem in PROBLEMS:
        assert len(problem.wrong) >= 3
        # A mistake that is expected has a question of the problem's own in at least one case.
        assert {wrong.finding for wrong in problem.wrong} & set(problem.probes)
        assert all(probes_for(problem, finding) for finding in SqlFinding)
        said = [
            problem.statement,
            *problem.hints,
            *(p for ps in problem.probes.values() for p in ps),
        ]
        assert not any("SELECT " in text for text in said)


def test_one_seed_gives_one_untidy_bank() -> None:
    drawn = bank.__wrapped__(7)
    assert drawn == bank.__wrapped__(7) != bank.__wrapped__(8)
    tables = {table.name: table.values for table in drawn}
    customers, accounts = tables["customers"], tables["accounts"]
    transactions, disputes, scores = (
        tables[name] for name in ("transactions", "disputes", "model_scores")
    )
    assert None in customers[2]
    assert None in accounts[1]
    assert {None} < set(accounts[4])
    assert len(set(disputes[1])) < len(disputes[1])
    assert len(set(zip(scores[0], scores[2], strict=True))) < len(scores[0])
    booked, received = transactions[2], transactions[3]
    assert any(
        str(late)[:10] > str(early)[:10] for early, late in zip(booked, received, strict=True)
    )
    assert list(booked) != sorted(map(str, booked))
