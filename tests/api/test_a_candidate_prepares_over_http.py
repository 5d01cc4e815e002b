"""Readiness, the timeline and the quiz over HTTP."""

import httpx

from tests.api.problems import assert_problem


async def test_a_candidate_prepares_over_http(client: httpx.AsyncClient) -> None:
    # One application for all three: opening it takes longer than the rest.
    await _a_self_assessment_is_scored(client)
    await _a_timeline_comes_as_json_and_as_a_calendar(client)
    await _a_quiz_hides_its_answers_until_it_is_marked(client)


async def _a_self_assessment_is_scored(client: httpx.AsyncClient) -> None:
    items = (await client.get("/readiness")).json()
    assert len(items) == 10
    said = {items[0]["id"]: {check["id"]: "partly" for check in items[0]["checks"]}}
    reply = await client.post(
        "/readiness", json={"answers": said}, params={"track": "jpmorgan-ai-pm"}
    )
    assert reply.json()["score"] == 0.5
    assert_problem(await client.post("/readiness", json={"answers": {"singing": {}}}), 404)
    assert_problem(await client.post("/readiness", json={"answers": {"x": {"y": "maybe"}}}), 422)


async def _a_timeline_comes_as_json_and_as_a_calendar(client: httpx.AsyncClient) -> None:
    wanted = {"track": "jpmorgan-ai-pm", "applied": "2026-12-01"}
    plan = (await client.get("/plan", params=wanted)).json()
    assert plan["steps"][0]["latest"] == "2026-12-06"
    calendar = await client.get("/plan.ics", params=wanted)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.content.count(b"BEGIN:VEVENT") == len(plan["steps"])
    early = wanted | {"interview": "2026-11-01"}
    assert_problem(await client.get("/plan", params=early), 422)
    assert_problem(await client.get("/plan", params=wanted | {"track": "elsewhere"}), 404)


async def _a_quiz_hides_its_answers_until_it_is_marked(client: httpx.AsyncClient) -> None:
    sheet = (await client.get("/quiz", params={"n": 3, "seed": 5})).json()
    assert set(sheet["items"][0]) == {"id", "topic", "question", "options"}
    given = {item["id"]: item["options"][0] for item in sheet["items"]}
    marks = (await client.post("/quiz/marks", json={"answers": given})).json()
    assert marks["of"] == 3
    assert all(mark["right"] and mark["passage"] and mark["as_of"] for mark in marks["marks"])
    assert_problem(await client.post("/quiz/marks", json={"answers": {"nothing": None}}), 404)
