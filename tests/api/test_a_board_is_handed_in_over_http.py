"""What a question asks for is handed in over HTTP, and the interviewer asks about it."""

import httpx
import pytest

SKETCH = "flowchart LR\n  till[Till] --> score[Scoring]\n  score --> queue[Review queue]"


@pytest.mark.slow
async def test_a_sketch_is_handed_in_and_asked_about(client: httpx.AsyncClient) -> None:
    wanted = {"track": "jpmorgan-ml-engineer", "round": "system-design", "seed": 0}
    view = (await client.post("/interviews", json=wanted)).json()
    assert (view["artefact"], view["handed_in"]) == ("sketch", 0)
    where = f"/interviews/{view['id']}"
    broken = await client.post(
        f"{where}/artefacts", json={"kind": "sketch", "content": "flowchart LR\n a[open"}
    )
    assert (broken.status_code, broken.json()["read"]) == (200, False)
    assert "is not closed" in broken.json()["problems"][0]
    refused = await client.post(f"{where}/artefacts", json={"kind": "register", "content": "risk"})
    assert refused.status_code == 422
    assert "asks for a system sketch" in refused.json()["detail"]
    handed = await client.post(f"{where}/artefacts", json={"kind": "sketch", "content": SKETCH})
    assert handed.json() == {
        "kind": "sketch",
        "title": "System sketch",
        "read": True,
        "size": "3 components, 2 flows",
        "problems": [],
        "notices": [],
        "state": "awaiting-answer",
    }, "what was found stays with the interviewer"
    view = (await client.post(f"{where}/answers", json={"text": "There it is."})).json()
    assert [turn["artefact"] for turn in view["turns"]] == [None, "sketch", None, None]
    assert view["turns"][-1]["move"] == "examine"
    assert "What does the customer at the till see?" in view["turns"][-1]["text"]
    await client.post(f"{where}/end")
    late = await client.post(f"{where}/artefacts", json={"kind": "sketch", "content": SKETCH})
    assert late.status_code == 409
    (question,) = (await client.get(f"{where}/scorecard")).json()["questions"]
    found = {finding["kind"]: finding["asked"] for finding in question["artefact"]["findings"]}
    assert found["no-fallback"]
    assert "no-review-queue" not in found
    assert question["artefact"]["unread"] == 1
