"""Start, show, open the next round, debrief; and nobody else's loop."""

import httpx

from interviewer.bootstrap import catalog
from tests.api.conftest import Opened
from tests.api.problems import ANSWER, assert_problem

LOOP = {"track": "jpmorgan-ai-pm", "seed": 0}
ANN, BOB = "ann-0123456789abcdef", "bob-0123456789abcdef"


def signed(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_loop_opens_its_rounds_one_after_the_other(client: httpx.AsyncClient) -> None:
    reply = await client.post("/loops", json=LOOP)
    assert reply.status_code == 201
    loop = reply.json()
    rounds = [round_.id for round_ in catalog().tracks["jpmorgan-ai-pm"].rounds]
    assert [r["round"] for r in loop["rounds"]] == rounds
    assert [r["state"] for r in loop["rounds"]] == ["open"] + ["not-sat"] * (len(rounds) - 1)
    assert "bar" not in reply.text
    first = loop["rounds"][0]["interview"]
    assert (await client.get(f"/interviews/{first}")).json()["state"] == "awaiting-answer"
    await client.post(f"/interviews/{first}/answers", json={"text": ANSWER})
    assert (await client.post(f"/loops/{loop['id']}/rounds")).json()["next"] == rounds[0]
    await client.post(f"/interviews/{first}/end")

    opened = (await client.post(f"/loops/{loop['id']}/rounds")).json()
    assert [r["state"] for r in opened["rounds"]][:2] == ["over", "open"]
    assert (await client.get(f"/loops/{loop['id']}")).json() == opened
    debrief = (await client.get(f"/loops/{loop['id']}/debrief")).json()
    assert debrief["findings"]["decision"] == "withheld"
    assert debrief["words"]["statements"]["recruiter"]
    assert "Real committees differ" in debrief["note"]


async def test_another_owner_s_loop_is_not_found(opened: Opened) -> None:
    async with opened(tokens=f"ann:{ANN},bob:{BOB}") as (_, client):
        loop = (await client.post("/loops", json=LOOP, headers=signed(ANN))).json()
        for method, way in (("GET", ""), ("GET", "/debrief"), ("POST", "/rounds")):
            path = f"/loops/{loop['id']}{way}"
            reply = await client.request(method, path, headers=signed(BOB))
            assert_problem(reply, 404, "there is no loop")
            own = await client.request(method, path, headers=signed(ANN))
            assert own.status_code == 200
            assert (await client.request(method, path)).status_code == 401


async def test_unknown_tracks_and_loops_are_problems(client: httpx.AsyncClient) -> None:
    assert_problem(await client.post("/loops", json={"track": "nowhere"}), 404, "no track")
    assert_problem(await client.post("/loops", json={"track": "x", "more": 1}), 422, "more")
    assert_problem(await client.get("/loops/not-an-id"), 404, "there is no loop")
