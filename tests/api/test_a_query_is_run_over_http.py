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


@pytest.mark.slow
async def test_a_query_is_part_of_a_round(client: httpx.AsyncClient) -> None:
    given = {"track": "jpmorgan-ml-engineer", "round": "coding", "seed": 0}
    view = (await client.post("/interviews", json=given)).json()
    where = f"/interviews/{view['id']}"
    unasked = await client.post(f"{where}/queries", json={"query": "SELECT 1"})
    assert_problem(unasked, 409)
    view = (await client.post(f"{where}/pass")).json()
    problem = next(p for p in load_sql_problems(shipped("seeds")) if p.id == view["sql"]["id"])
    assert not [hint for hint in (*problem.hints, problem.reference) if hint in str(view)]
    hint = (await client.post(f"{where}/hints")).json()
    assert hint["text"] == problem.hints[0]
    tables = (await client.get(f"{where}/tables")).json()
    assert [table["name"] for table in tables] == view["sql"]["tables"]
    assert_problem(await client.post(f"{where}/queries", json={"query": "\0"}), 422)
    refused = (await client.post(f"{where}/queries", json={"query": "DROP TABLE accounts"})).json()
    assert refused["finding"] == "refused"
    wrong = problem.wrong[0]
    run = (await client.post(f"{where}/queries", json={"query": wrong.query})).json()
    assert (run["finding"], run["difference"]["missing"]) == (wrong.finding, [])
    said = "I join the two tables on the transaction and add both columns up by account."
    view = (await client.post(f"{where}/answers", json={"text": said})).json()
    assert view["submissions"] == 2
    assert view["turns"][-1]["move"] == "examine"
    assert problem.probes[wrong.finding][0] in view["turns"][-1]["text"]
    await client.post(f"{where}/end")
    _, question = (await client.get(f"{where}/scorecard")).json()["questions"]
    assert question["submission"]["text"] == wrong.query
    points = {point["id"]: point for point in question["points"]}
    result = points["query-returns-what-was-asked"]
    assert result["met"] == "no"
    assert wrong.finding in result["observed"]
