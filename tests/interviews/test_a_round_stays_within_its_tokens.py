"""What a round sends to the model: few tokens, and the stable part first, byte for byte."""

import itertools
import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from interviewer.bootstrap import open_product
from interviewer.settings import Settings
from tests.scripted_server import ScriptedServer

ANSWERS = 12
MOST_TOKENS = 20_000
PER_MESSAGE = 4
"""Marks around a message in OpenAI's chat format (cookbook on counting tokens)."""


@pytest.mark.slow
@pytest.mark.enable_socket
async def test_twelve_answers_with_grading_cost_at_most_twenty_thousand_tokens(home: Path) -> None:
    with ScriptedServer() as server:
        chosen = Settings(
            home=home, openai_base_url=server.base_url, openai_api_key=SecretStr("k" * 20)
        )
        async with open_product(chosen) as product:
            conductor, owner = product.conductor, product.owner
            interview_id = await conductor.start(
                "jpmorgan-ai-pm", "risk-governance", owner=owner, seed=0
            )
            async for _ in conductor.advance(interview_id, owner=owner):
                pass
            spoken = itertools.count()
            for _ in range(ANSWERS):
                interview = await conductor.load(interview_id, owner=owner)
                assert interview.current is not None
                question = product.catalog.question(interview.current.question.id)
                example = question.examples[1].answer.split()
                start = 40 * next(spoken) % max(1, len(example) - 40)
                text = " ".join((example[start:] + example)[:150])
                async for _ in conductor.answer(interview_id, text, owner=owner):
                    pass
            async for _ in conductor.end(interview_id, owner=owner):
                pass
            questions = (await conductor.graded(interview_id, owner=owner)).exchanges
        bodies = [request.body for request in server.requests]
    turns = [body for body in bodies if body.get("stream")]
    gradings = [body for body in bodies if not body.get("stream")]
    assert len(turns) == ANSWERS + 2  # the first question, one turn an answer, the farewell
    assert len(gradings) <= len(questions), "one call a question, claims and all"
    for group in (turns, gradings):
        assert all(body["messages"][0]["role"] == "system" for body in group)
        assert len({body["messages"][0]["content"] for body in group}) == 1
    count = _counter()
    total = sum(
        count(message["content"]) + PER_MESSAGE for body in bodies for message in body["messages"]
    ) + sum(count(json.dumps(body["response_format"])) for body in gradings)
    assert total <= MOST_TOKENS


def _counter() -> Callable[[str], int]:
    """Counts tokens of OpenAI's o200k_base, from a package that carries the vocabulary."""
    with warnings.catch_warnings():
        # It reads its data in a way that Python 3.11 and 3.12 call deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        from bpe_openai import get_encoding

        encode = get_encoding("o200k_base").encode
        return lambda text: len(encode(text))
