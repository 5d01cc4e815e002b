"""Coding problems over HTTP: what is shown, what is run, and what is refused. Needs bubblewrap."""

import httpx
import pytest
from pydantic import SecretStr

from interviewer.bootstrap.coding import CodeWorkbench
from interviewer.errors import CodeNotRun
from interviewer.paths import shipped
from interviewer.settings import Settings
from interviewer.store.problem_files import load_coding_problems

PROBLEM = load_coding_problems(shipped("seeds"))["burst-of-attempts"]
SLOPPY = PROBLEM.reference.replace("< window", "<= window")
ROUND = {"track": "jpmorgan-ml-engineer", "round": "coding", "seed": 0}


async def test_a_problem_is_shown_without_what_judges_it(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/problems")).json()
    assert len(listed) >= 14
    shown = (await client.get(f"/problems/{PROBLEM.id}")).text
    for secret in ("reference", "wrong", "window-edge", "sorted(minutes)", PROBLEM.hints[0]):
        assert secret not in shown
    hint = (await client.get(f"/problems/{PROBLEM.id}/hints/1")).json()
    assert hint["text"] == PROBLEM.hints[0]
    assert (await client.get(f"/problems/{PROBLEM.id}/hints/99")).status_code == 422
    assert (await client.get("/problems/nothing")).status_code == 404


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (Settings(code="off"), "switched off"),
        (Settings(code="plain", tokens=SecretStr("ann:secret-token-1")), "one person"),
    ],
)
async def test_code_is_refused_with_the_reason(settings: Settings, said: str) -> None:
    with pytest.raises(CodeNotRun, match=said):
        await CodeWorkbench(settings).judge(PROBLEM, PROBLEM.reference)


@pytest.mark.slow
async def test_code_is_part_of_a_round(client: httpx.AsyncClient) -> None:
    view = (await client.post("/interviews", json=ROUND)).json()
    assert view["coding"]["id"] == PROBLEM.id
    where = f"/interviews/{view['id']}"
    hint = (await client.post(f"{where}/hints")).json()
    assert (hint["number"], hint["text"]) == (1, PROBLEM.hints[0])
    ran = await client.post(f"{where}/code", json={"code": SLOPPY})
    assert ran.json()["passed"] < ran.json()["of"]
    assert "window-edge" not in ran.text
    assert (await client.post(f"{where}/code", json={"code": "\0"})).status_code == 422
    said = "I sort the minutes and compare neighbours k apart, which is O(n log n) in time. May they repeat?"
    view = (await client.post(f"{where}/answers", json={"text": said})).json()
    assert view["submissions"] == 1
    assert view["turns"][-1]["move"] == "examine"
    assert PROBLEM.test("window-edge").ask in view["turns"][-1]["text"]
    await client.post(f"{where}/end")
    assert (await client.post(f"{where}/code", json={"code": SLOPPY})).status_code == 409
    (question,) = (await client.get(f"{where}/scorecard")).json()["questions"]
    points = {point["id"]: point for point in question["points"]}
    tests = points["code-passes-its-tests"]
    assert (tests["met"], tests["quote"]) == ("partly", None)
    assert "window-edge" in tests["observed"]
