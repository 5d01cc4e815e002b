"""A candidate who sits a round over the HTTP API and looks at the clock."""

import http.client
import json
import time
from dataclasses import dataclass
from typing import Any

TRACK, ROUND = "jpmorgan-ai-pm", "risk-governance"
_TIMEOUT_S = 120


@dataclass(frozen=True)
class Heard:
    """The interviewer's turn as it arrived; times are `time.monotonic()`.

    Attributes:
        posted_at: The answer was about to be sent.
        first_token_at: The first word came.
        move: What the interviewer did.
        question: Under discussion now; None at the end.
        is_over: Whether the round has ended.
    """

    posted_at: float
    first_token_at: float
    move: str
    question: str | None
    is_over: bool


class Candidate:
    """One round; `start` begins a new one."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
        self._path = ""

    def start(self, seed: int = 0) -> str:
        """Starts a round and returns the id of its first question."""
        view = self._post("", {"track": TRACK, "round": ROUND, "seed": seed})
        self._path = f"/{view['id']}"
        question: str = view["question"]
        return question

    def answer(self, text: str) -> Heard:
        """Gives an answer and listens to the end of the reply."""
        body = json.dumps({"text": text}).encode()
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        posted_at = time.monotonic()
        self._connection.request(
            "POST", f"/api/v1/interviews{self._path}/answers", body, headers=headers
        )
        reply = self._connection.getresponse()
        if reply.status != 200:
            raise RuntimeError(f"the answer was refused: {reply.read()!r}")
        first_token_at, turn, state = 0.0, {}, ""
        kind = ""
        for raw in iter(reply.readline, b""):
            line = raw.decode().rstrip("\n")
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: ") and kind == "token":
                first_token_at = first_token_at or time.monotonic()
            elif line.startswith("data: ") and kind == "turn":
                turn = json.loads(line.removeprefix("data: "))
            elif line.startswith("data: ") and kind == "done":
                state = json.loads(line.removeprefix("data: "))["state"]
        if turn.get("engine") != "model":
            raise RuntimeError(f"the model did not say this turn: {turn}")
        return Heard(posted_at, first_token_at, turn["move"], turn["question"], state == "over")

    def hang_up(self) -> None:
        """Closes the connection, which a server does not keep while a candidate thinks."""
        self._connection.close()

    def finish(self) -> dict[str, Any]:
        """Ends the round and returns its scorecard, every exchange graded."""
        self._post(f"{self._path}/end", {})
        self._connection.request("GET", f"/api/v1/interviews{self._path}/scorecard")
        return self._read()

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        self._connection.request(
            "POST", f"/api/v1/interviews{path}", json.dumps(body).encode(), headers=headers
        )
        return self._read()

    def _read(self) -> dict[str, Any]:
        reply = self._connection.getresponse()
        raw = reply.read()
        if reply.status >= 400:
            raise RuntimeError(f"{reply.status}: {raw!r}")
        found: dict[str, Any] = json.loads(raw)
        return found
