"""SQL problems over HTTP."""

import httpx
import pytest

from interviewer.paths import shipped
from interviewer.store.sql_problem_files import load_sql_problems
from tests.api.problems import assert_problem


@pytest.mark.slow
async def test_a_query_is_run_over_http(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/sql-problems")).json()
    assert len(listed) >= 14
    problem = next(p for p in load_sql_problems(shipped("seeds")) if p.id == "running-spend")
    sheet = (await client.get(f"/sql-problems/{problem.id}")).json()
    assert [table["name"] for table in sheet["tables"]] == ["accounts", "transactions"]
    assert len(sheet["tables"][0]["sample"]["rows"]) == 3
    assert problem.reference not in str(sheet)
    runs = f"/sql-problems/{problem.id}/runs"
    right = (await client.post(runs, json={"query": problem.reference})).json()
    assert right["run"]["finding"] == "right"
    assert len(right["run"]["rows"]) == 50 < right["run"]["row_count"]
    wrong = (await client.post(runs, json={"query": problem.wrong[1].query})).json()
    assert wrong["run"]["difference"]["kind"] == "order"
    assert wrong["observations"][0]["probes"]
    refused = (await client.post(runs, json={"query": "ATTACH 'x'; SELECT 1"})).json()
    assert refused["run"]["finding"] == "refused"
    assert_problem(await client.post("/sql-problems/none/runs", json={"query": "SELECT 1"}), 404)
    assert_problem(await client.post(runs, json={}), 422)
