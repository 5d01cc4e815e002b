"""Loopback names and own origin without tokens; with tokens a token, and each owner's rows alone."""

from collections.abc import AsyncIterator

import httpx
import pytest

from interviewer.errors import SettingError
from tests.api.conftest import Opened
from tests.api.problems import ANSWER, ROUND, assert_problem

ANN, BOB = "ann-0123456789abcdef", "bob-0123456789abcdef"


def signed(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
async def guarded(opened: Opened) -> AsyncIterator[httpx.AsyncClient]:
    async with opened(tokens=f"ann:{ANN},bob:{BOB}") as (_, client):
        yield client


async def test_loopback_names_are_answered(client: httpx.AsyncClient) -> None:
    for host in ("127.0.0.1:8000", "localhost:8000", "[::1]:8000", "LOCALHOST"):
        assert (await client.get("/tracks", headers={"Host": host})).status_code == 200, host


FOREIGN = (
    "evil.example",
    "127.0.0.1.evil.example",
    "192.0.2.7:8000",
    "testserver",
    "",
    "[::1",
    "a:b:c",
)


async def test_foreign_names_are_refused(client: httpx.AsyncClient) -> None:
    """A page elsewhere could otherwise point its own name at 127.0.0.1."""
    for host in FOREIGN:
        assert_problem(await client.get("/tracks", headers={"Host": host}), 403, "loopback")


OTHER_ORIGINS = (
    "http://evil.example",
    "http://127.0.0.1:9999",
    "http://localhost:8000",
    "http://[",
    "null",
)


async def test_other_origins_are_refused(client: httpx.AsyncClient) -> None:
    for origin in OTHER_ORIGINS:
        reply = await client.post("/interviews", json=ROUND, headers={"Origin": origin})
        assert_problem(reply, 403, "origin")


async def test_the_own_origin_is_answered(client: httpx.AsyncClient) -> None:
    headers = {"Origin": "http://127.0.0.1:8000"}
    assert (await client.post("/interviews", json=ROUND, headers=headers)).status_code == 201


WRONG: tuple[dict[str, str], ...] = (
    {},
    signed("wrong-0123456789abcdef"),
    signed(""),
    {"Authorization": ANN},
    {"Authorization": f"Basic {ANN}"},
)


async def test_without_a_known_token_nothing_is_shown(guarded: httpx.AsyncClient) -> None:
    for path in ("/tracks", "/search?q=drift", "/interviews/x", "/documents"):
        for headers in WRONG:
            reply = await guarded.get(path, headers=headers)
            assert_problem(reply, 401, "token")
            assert reply.headers["www-authenticate"] == "Bearer"


async def test_health_needs_no_token(guarded: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert (await guarded.get(path)).status_code == 200


async def test_an_interview_is_its_owner_s_alone(guarded: httpx.AsyncClient) -> None:
    reply = await guarded.post("/interviews", json=ROUND, headers=signed(ANN))
    interview = f"/interviews/{reply.json()['id']}"
    assert (await guarded.get(interview, headers=signed(ANN))).status_code == 200
    for path in ("", "/scorecard", "/draft"):
        assert_problem(await guarded.get(interview + path, headers=signed(BOB)), 404)
    for path in ("/turn", "/pass", "/end"):
        assert_problem(await guarded.post(interview + path, headers=signed(BOB)), 404)
    stolen = await guarded.post(f"{interview}/answers", json={"text": ANSWER}, headers=signed(BOB))
    assert_problem(stolen, 404)
    draft = await guarded.put(f"{interview}/draft", json={"text": "x"}, headers=signed(BOB))
    assert_problem(draft, 404)
    view = (await guarded.get(interview, headers=signed(ANN))).json()
    assert len(view["turns"]) == 1


async def test_somebody_else_s_interview_looks_like_none(guarded: httpx.AsyncClient) -> None:
    reply = await guarded.post("/interviews", json=ROUND, headers=signed(ANN))
    interview = reply.json()["id"]
    theirs = await guarded.get(f"/interviews/{interview}", headers=signed(BOB))
    none = await guarded.get("/interviews/nope", headers=signed(BOB))
    assert theirs.json()["detail"].replace(interview, "nope") == none.json()["detail"]


async def test_with_tokens_any_name_is_answered(guarded: httpx.AsyncClient) -> None:
    headers = signed(ANN) | {"Host": "interviews.bank.example"}
    assert (await guarded.get("/tracks", headers=headers)).status_code == 200


async def test_weak_tokens_stop_the_start(opened: Opened) -> None:
    with pytest.raises(SettingError, match="16 characters"):
        async with opened(tokens="ann:short"):
            pass
