"""Drills, cards, imports, progress, regrades, export and deletion over HTTP."""

import io
import zipfile
from typing import Any

import httpx

from tests.api.conftest import Opened

QUESTION = "drift-monitoring-audit"
ANSWER = "We compare the score distribution every night with PSI, and Dana owns the alert."
MINE = {"name": "q.csv", "text": 'question,id,points\n"How would you begin with this?",mine,Names who decides\n'}  # fmt: skip


async def drilled(client: httpx.AsyncClient, **wish: Any) -> str:
    """A drill answered once and ended."""
    begun = await client.post("/drills", json={"question": QUESTION, "follow_ups": 1} | wish)
    assert begun.status_code == 201, begun.text
    drill = str(begun.json()["id"])
    await client.post(f"/interviews/{drill}/answers", json={"text": ANSWER})
    early = await client.get(f"/drills/{drill}")
    assert early.status_code == 409
    so_far = await client.get(f"/drills/{drill}/critique")
    assert so_far.json()["answers"] == [ANSWER]
    await client.post(f"/interviews/{drill}/end")
    return drill


async def test_a_drill_is_answered_like_an_interview_and_makes_a_card(
    client: httpx.AsyncClient,
) -> None:
    drill = await drilled(client)
    report = (await client.get(f"/drills/{drill}")).json()
    assert report["rating"] == "again"
    (card,) = (await client.get("/cards")).json()
    assert card["card"]["gaps"] == report["gaps"]
    buried = await client.post(f"/cards/{QUESTION}/bury")
    assert buried.json()["buried_until"]
    assert (await client.get("/cards", params={"due": True})).json() == []
    await client.post(f"/cards/{QUESTION}/suspend")
    back = (await client.post(f"/cards/{QUESTION}/resume")).json()
    assert (back["suspended"], back["buried_until"]) == (False, None)
    progress = (await client.get("/progress", params={"interview_date": "2099-01-01"})).json()
    assert progress["exchanges"] == {"drill": 1}
    regraded = await client.post(f"/interviews/{drill}/regrades", json={"times": 2})
    assert regraded.status_code == 201
    assert (await client.get(f"/interviews/{drill}/regrades")).json() == [regraded.json()]


async def test_imported_questions_are_drilled_exported_and_removed(
    client: httpx.AsyncClient,
) -> None:
    done = await client.post("/own-questions", json=MINE)
    assert done.json()["added"] == ["mine"]
    (own,) = (await client.get("/own-questions")).json()
    assert own["origin"] == "listed"
    begun = await client.post("/drills", json={"question": "mine"})
    assert begun.json()["turns"][0]["text"] == "How would you begin with this?"
    deck = await client.get("/anki")
    assert zipfile.is_zipfile(io.BytesIO(deck.content))
    assert (await client.delete("/own-questions/mine")).status_code == 204
    assert (await client.get("/own-questions")).json() == []


CANNOT: list[tuple[str, Any, int, str]] = [
    ("/drills", {"question": "absent"}, 404, "absent"),
    ("/drills", {"due": True}, 409, "nothing is due"),
    ("/drills", {"question": QUESTION, "retest": True}, 422, "nothing was missed"),
    ("/drills", {"follow_ups": 9}, 422, "follow_ups"),
    ("/cards/absent/suspend", None, 404, "absent"),
    ("/own-questions", MINE | {"text": "question\nshort\n"}, 422, "q.csv:2: question"),
    ("/own-questions", MINE | {"draft": True}, 422, "--draft needs a language model"),
    ("/interviews/absent/regrades", {"times": 2}, 404, "absent"),
]


async def test_what_cannot_be_done_is_a_problem(client: httpx.AsyncClient) -> None:
    for path, body, status, word in CANNOT:
        reply = await client.post(path, json=body)
        kind = reply.headers["content-type"]
        assert (path, reply.status_code, kind) == (path, status, "application/problem+json")
        assert word in reply.json()["detail"]
    body = {"question": QUESTION, "answer": ANSWER}
    await client.post("/critiques", json=body | {"keep": False})
    assert (await client.get("/progress")).json()["exchanges"] == {}


async def test_each_owner_has_their_own(opened: Opened) -> None:
    tokens = "ada:ada-token-0123456789,bob:bob-token-0123456789"
    async with opened(tokens=tokens) as (_, client):
        client.headers["Authorization"] = "Bearer ada-token-0123456789"
        drill = await drilled(client)
        await client.get(f"/drills/{drill}")
        await client.post("/own-questions", json=MINE)
        await client.post("/critiques", json={"question": QUESTION, "answer": ANSWER})
        client.headers["Authorization"] = "Bearer bob-token-0123456789"
        assert (await client.get("/cards")).json() == []
        assert (await client.get("/own-questions")).json() == []
        assert (await client.get("/progress")).json()["exchanges"] == {}
        for path in (f"/drills/{drill}", f"/drills/{drill}/critique"):
            assert (await client.get(path)).status_code == 404
        assert (await client.post("/drills", json={"question": "mine"})).status_code == 404
        assert (await client.delete("/own-questions/mine")).status_code == 404
        packed = zipfile.ZipFile(io.BytesIO((await client.get("/data")).content))
        assert not any(ANSWER in packed.read(name).decode() for name in packed.namelist())
        refused = await client.delete("/data")
        assert refused.status_code == 422
        await client.delete("/data", params={"confirm": "everything"})
        client.headers["Authorization"] = "Bearer ada-token-0123456789"
        assert (await client.get("/progress")).json()["exchanges"] == {"critique": 1, "drill": 1}
        erased = await client.delete("/data", params={"confirm": "everything"})
        assert erased.json()["rows"]["interviews"] == 1
        assert (await client.get("/progress")).json()["exchanges"] == {}
