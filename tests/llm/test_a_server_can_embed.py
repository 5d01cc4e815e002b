"""Vectors from a server that speaks OpenAI's protocol, over real HTTP."""

import numpy as np
import pytest
from pydantic import SecretStr

from interviewer.errors import (
    ModelOutputInvalid,
    ModelRefused,
    ModelUnavailable,
    SettingError,
    SpendLimitReached,
)
from interviewer.llm.chat import ChatSettings
from interviewer.llm.embedding import TEXTS_PER_CALL, OpenAIEmbedder
from interviewer.llm.usage import SpendLimit
from tests.llm.calls import KEY
from tests.scripted_server import ScriptedServer

pytestmark = pytest.mark.enable_socket


def an_embedder(server: ScriptedServer, limit: SpendLimit | None = None) -> OpenAIEmbedder:
    settings = ChatSettings(
        model="openai:scripted-embedding",
        base_url=server.base_url,
        api_key=SecretStr(KEY),
        deadline_s=8.0,
        read_timeout_s=2.0,
        tries=2,
    )
    return OpenAIEmbedder(settings, limit)


def test_vectors_come_in_the_order_of_the_texts_and_have_length_one(server: ScriptedServer) -> None:
    embedder = an_embedder(server)
    texts = ["model risk", "boiled eggs", "risk of a model", ""]
    vectors = embedder.embed(texts)
    assert vectors.shape == (4, embedder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]
    alone = embedder.embed(["boiled eggs"])
    np.testing.assert_allclose(alone[0], vectors[1], atol=1e-6)


def test_many_texts_go_in_several_requests(server: ScriptedServer) -> None:
    vectors = an_embedder(server).embed([f"text {n}" for n in range(TEXTS_PER_CALL + 1)])
    assert len(vectors) == TEXTS_PER_CALL + 1
    assert [len(r.body["input"]) for r in server.requests] == [TEXTS_PER_CALL, 1]


def test_the_length_of_openai_s_own_vectors_is_known_without_asking() -> None:
    own = OpenAIEmbedder(ChatSettings(model="openai:text-embedding-3-small"))
    assert own.dim == 1536


def test_two_servers_with_the_same_model_have_different_ids(server: ScriptedServer) -> None:
    own = OpenAIEmbedder(ChatSettings(model="openai:scripted-embedding"))
    assert own.id != an_embedder(server).id


@pytest.mark.parametrize("fault", ["429", "500"])
def test_a_passing_fault_is_tried_again(server: ScriptedServer, fault: str) -> None:
    server.fault(fault)
    assert len(an_embedder(server).embed(["model risk"])) == 1
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("401", ModelRefused),
        ("echo_key", ModelRefused),
        ("html_200", ModelOutputInvalid),
        ("truncated_json", ModelOutputInvalid),
        ("off_schema", ModelOutputInvalid),
        ("hang", ModelUnavailable),
    ],
)
def test_a_lasting_fault_is_named_without_the_key(
    server: ScriptedServer, fault: str, error: type[Exception]
) -> None:
    server.fault(fault, times=3)
    with pytest.raises(error) as caught:
        an_embedder(server).embed(["one text", "another"])
    assert "scripted-embedding" in str(caught.value)
    assert KEY not in str(caught.value)


def test_a_used_up_limit_sends_nothing(server: ScriptedServer) -> None:
    limit = SpendLimit(max_tokens=3)
    embedder = an_embedder(server, limit)
    embedder.embed(["a text of more than three tokens"])
    assert limit.used.prompt_tokens > 3
    with pytest.raises(SpendLimitReached):
        embedder.embed(["another text"])
    assert len(server.requests) == 1


def test_openai_without_a_key_says_what_is_missing() -> None:
    with pytest.raises(SettingError, match="no API key"):
        OpenAIEmbedder(ChatSettings(model="openai:text-embedding-3-small")).embed(["text"])
