"""What every refusal of the API must look like (RFC 9457)."""

from typing import Any

import httpx

ROUND = {"track": "jpmorgan-ai-pm", "round": "risk-governance", "seed": 0}
ANSWER = (
    "We compare the score distribution every night with PSI. Above 0.25 the model stops by itself, "
    "and Dana, who owns the alert, explains it to the committee within five days."
)


def assert_problem(reply: httpx.Response, status: int, *words: str) -> dict[str, Any]:
    """The problem document of a refusal."""
    assert reply.status_code == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = reply.json()
    assert set(found) == {"type", "title", "status", "detail", "instance"}
    assert found["status"] == status
    assert found["title"]
    assert found["instance"] == reply.request.url.path
    assert [word for word in words if word not in found["detail"]] == [], found["detail"]
    assert "Traceback" not in reply.text
    return found
