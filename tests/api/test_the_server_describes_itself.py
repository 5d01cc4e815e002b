"""Health, readiness, and the OpenAPI document."""

import sqlite3
from pathlib import Path

import httpx

from interviewer import __version__
from tests.api.problems import assert_problem


async def test_it_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    for base in ("http://127.0.0.1:8000", "http://127.0.0.1:8000/api/v1"):
        assert (await client.get(f"{base}/healthz")).json()["version"] == __version__
        ready = (await client.get(f"{base}/readyz")).json()
        assert ready["status"] == "ready"
        assert ready["engine"] == "offline"
        assert ready["questions"] >= 8


async def test_it_is_not_ready_without_its_tables(client: httpx.AsyncClient, home: Path) -> None:
    assert (await client.get("/readyz")).status_code == 200
    with sqlite3.connect(home / "interviewer.db") as database:
        database.execute("ALTER TABLE interviews RENAME TO gone")
    database.close()
    assert_problem(await client.get("/readyz"), 503)
    assert_problem(await client.get("/interviews/x"), 503)
    assert (await client.get("/healthz")).status_code == 200


async def test_the_openapi_document_names_every_route(client: httpx.AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    assert document["openapi"].startswith("3.")
    paths = document["paths"]
    for path in (
        "/api/v1/interviews",
        "/api/v1/interviews/{interview_id}",
        "/api/v1/interviews/{interview_id}/answers",
        "/api/v1/interviews/{interview_id}/scorecard",
        "/api/v1/critiques",
        "/api/v1/search",
        "/api/v1/tracks",
    ):
        assert path in paths
    answers = paths["/api/v1/interviews/{interview_id}/answers"]["post"]
    assert {"application/json", "text/event-stream"} <= set(answers["responses"]["200"]["content"])
    assert any(p["name"] == "Idempotency-Key" for p in answers["parameters"])
    assert not [path for path in paths if "{path}" in path]
