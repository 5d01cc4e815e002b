"""Every refusal is `application/problem+json`, says what is wrong, and stores nothing."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.problems import ANSWER, ROUND, assert_problem

NO_ANSWERS = {
    b"": "body",
    b"{": "JSON",
    b"[]": "body",
    b'"text"': "body",
    b"{}": "text",
    b'{"text": 7}': "text",
    b'{"text": null}': "text",
    b'{"text": "x", "speaker": "interviewer"}': "speaker",
    b'{"text": "a\\u0000b"}': "binary",
    b'{"text": "a\\ud800b"}': "binary",
    b'\xff\xfe{"text": "x"}': "",
}


async def test_a_body_that_is_no_answer_is_refused_and_not_stored(
    client: httpx.AsyncClient, interview: str
) -> None:
    headers = {"Content-Type": "application/json"}
    for body, word in NO_ANSWERS.items():
        reply = await client.post(f"/interviews/{interview}/answers", content=body, headers=headers)
        assert reply.status_code in {400, 422}, (body, reply.text)
        assert_problem(reply, reply.status_code, word)
    assert len((await client.get(f"/interviews/{interview}")).json()["turns"]) == 1


async def test_an_empty_answer_does_not_go_on_to_the_next_question(
    client: httpx.AsyncClient, interview: str
) -> None:
    reply = await client.post(f"/interviews/{interview}/answers", json={"text": " \n"})
    if reply.status_code == 200:
        assert reply.json()["number"] == 1
        assert reply.json()["turns"][-1]["move"] == "redirect"
    else:
        assert_problem(reply, 422, "empty")


@pytest.mark.parametrize(
    ("wanted", "status", "word"),
    [
        ({**ROUND, "track": "nope"}, 404, "'nope'"),
        ({**ROUND, "round": "nope"}, 404, "'nope'"),
        ({**ROUND, "track": "x" * 81}, 422, "track"),
        ({**ROUND, "seed": -1}, 422, "seed"),
        ({**ROUND, "seed": "first"}, 422, "seed"),
        ({**ROUND, "owner": "bob"}, 422, "owner"),
        ({"track": "jpmorgan-ai-pm"}, 422, "round"),
    ],
    ids=["track", "round", "long", "negative", "word", "unknown field", "missing"],
)
async def test_a_round_that_cannot_be_started_is_refused(
    client: httpx.AsyncClient, wanted: dict[str, Any], status: int, word: str
) -> None:
    assert_problem(await client.post("/interviews", json=wanted), status, word)


NOWHERE = (
    ("GET", "/interviews/nope"),
    ("GET", "/interviews/nope/scorecard"),
    ("GET", "/interviews/nope/draft"),
    ("POST", "/interviews/nope/turn"),
    ("POST", "/interviews/nope/pass"),
    ("POST", "/interviews/nope/end"),
    ("GET", "/no-such-route"),
    ("PATCH", "/no-such-route"),
)


async def test_what_does_not_exist_is_not_found(client: httpx.AsyncClient) -> None:
    for method, path in NOWHERE:
        assert_problem(await client.request(method, path), 404)


async def test_an_answer_to_an_unknown_interview_is_not_found(client: httpx.AsyncClient) -> None:
    reply = await client.post("/interviews/nope/answers", json={"text": ANSWER})
    assert_problem(reply, 404, "'nope'")


async def test_a_method_that_is_not_possible_names_those_that_are(
    client: httpx.AsyncClient, interview: str
) -> None:
    reply = await client.delete(f"/interviews/{interview}/draft")
    assert_problem(reply, 405, "DELETE")
    assert set(reply.headers["allow"].split(", ")) >= {"GET", "PUT"}


QUERIES = {
    "/search": "q",
    "/search?q=": "q",
    "/search?q=%20": "nothing to search for",
    "/search?q=drift&k=0": "k",
    "/search?q=drift&k=many": "k",
    "/search?q=drift&status=repealed": "'repealed'",
    "/questions?track=nope": "'nope'",
}


async def test_a_query_that_makes_no_sense_is_refused(client: httpx.AsyncClient) -> None:
    for path, word in QUERIES.items():
        reply = await client.get(path)
        assert reply.status_code in {404, 422}
        assert_problem(reply, reply.status_code, word)


@pytest.mark.parametrize(
    ("wanted", "status", "word"),
    [
        ({"question": "nope", "answer": ANSWER}, 404, "'nope'"),
        ({"question": "drift-monitoring-audit", "answer": " "}, 422, "empty"),
        ({"question": "drift-monitoring-audit", "answer": "word " * 4_001}, 413, "20,000"),
        ({"question": "drift-monitoring-audit", "answer": "a\0b"}, 422, "binary"),
        ({"question": "drift-monitoring-audit"}, 422, "answer"),
    ],
    ids=["question", "empty", "long", "binary", "missing"],
)
async def test_a_critique_that_cannot_be_made_is_refused(
    client: httpx.AsyncClient, wanted: dict[str, Any], status: int, word: str
) -> None:
    assert_problem(await client.post("/critiques", json=wanted), status, word)


async def test_a_body_that_is_announced_too_large_is_not_read(
    client: httpx.AsyncClient, interview: str
) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": "900000000000"}
    reply = await client.post(f"/interviews/{interview}/answers", content=b"{", headers=headers)
    assert_problem(reply, 413, "1,000,000")


async def test_a_body_without_a_length_is_read_up_to_the_limit(
    client: httpx.AsyncClient, interview: str
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 100_000_000:
            sent += 65_536
            yield b" " * 65_536

    headers = {"Content-Type": "application/json"}
    reply = await client.post(
        f"/interviews/{interview}/answers", content=endless(), headers=headers
    )
    assert_problem(reply, 413, "1,000,000")


async def test_a_key_that_is_too_long_is_refused(client: httpx.AsyncClient, interview: str) -> None:
    reply = await client.post(
        f"/interviews/{interview}/answers",
        json={"text": ANSWER},
        headers={"Idempotency-Key": "k" * 201},
    )
    assert_problem(reply, 422, "Idempotency-Key")


async def test_a_fault_of_the_product_shows_nothing_of_its_inside(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    async def broken() -> None:
        raise ZeroDivisionError("secret inside")

    app.get("/api/v1/broken")(broken)
    app.router.routes.insert(0, app.router.routes.pop())
    reply = await client.get("/broken")
    assert_problem(reply, 500)
    assert "ZeroDivision" not in reply.text
    assert "secret inside" not in reply.text
