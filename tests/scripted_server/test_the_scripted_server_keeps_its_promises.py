import json
import urllib.request
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from tests.scripted_server import ScriptedServer
from tests.scripted_server.instance import INVENTED, instance_of

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


def call(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as reply:
        return json.load(reply)


class Met(StrEnum):
    YES = "yes"
    NO = "no"


class Inner(BaseModel):
    quote: str = Field(min_length=5, max_length=60)
    met: Met
    share: float = Field(gt=0, lt=1)


class Everything(BaseModel):
    kind: Literal["grade"]
    on: date
    level: int = Field(ge=1, le=5)
    long: str = Field(min_length=300, max_length=310)
    inner: list[Inner] = Field(min_length=1)
    none_or_text: str | None
    flags: tuple[bool, ...] = ()
    optional: Inner | None = None


def test_an_instance_fits_its_schema_and_is_always_the_same() -> None:
    schema = Everything.model_json_schema()
    made = instance_of(schema, "I cut alerts by 40%. More.")
    assert made == instance_of(schema, "I cut alerts by 40%. More.")
    value = Everything.model_validate(made)
    assert value.inner[0].quote == "I cut alerts by 40%."


def test_an_invented_quote_is_in_no_answer() -> None:
    made = instance_of(Inner.model_json_schema(), "I cut alerts.", invent_quotes=True)
    assert made["quote"] == INVENTED


def test_it_is_driven_over_http_too(server: ScriptedServer) -> None:
    root = server.base_url.removesuffix("/v1")
    call(f"{root}/control", {"reset": True, "texts": ["first"], "latency_s": 0.01})
    body = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
    reply = call(f"{server.base_url}/chat/completions", body)
    assert reply["choices"][0]["message"]["content"] == "first"
    state = call(f"{root}/control")
    assert state["latency_s"] == 0.01
    assert [request["messages"] for request in state["requests"]] == [body["messages"]]
    assert call(f"{server.base_url}/models")["data"]


def test_a_fault_it_does_not_know_is_refused(server: ScriptedServer) -> None:
    with pytest.raises(ValueError, match="no fault 'gremlin'"):
        server.fault("gremlin")


def test_a_repeated_beginning_counts_as_cached(server: ScriptedServer) -> None:
    server.reset()
    stable = {"role": "system", "content": "The rubric says so. " * 400}
    usages = [
        call(
            f"{server.base_url}/chat/completions",
            {"model": "m", "messages": [stable, {"role": "user", "content": text}]},
        )["usage"]
        for text in ("one", "two")
    ]
    cached = [usage["prompt_tokens_details"]["cached_tokens"] for usage in usages]
    assert cached[0] == 0
    assert 0.8 * usages[1]["prompt_tokens"] < cached[1] < usages[1]["prompt_tokens"]
