"""Counting prompt tokens, with the best tokenizer that is installed."""

import importlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from typing import Any

from interviewer.knowledge.minilm import MiniLM

PER_MESSAGE, PER_REQUEST = 3, 3
"""Marks around a message and before the reply, as OpenAI's cookbook counts them for chat models."""


def counter(minilm: MiniLM) -> tuple[str, Callable[[str], int]]:
    """The name of a tokenizer and its count of a text.

    o200k_base is OpenAI's vocabulary of GPT-4o and later; either package carries it, so that
    nothing is downloaded. Without one the word pieces of MiniLM stand in, which are no chat
    model's: a text has some more or fewer of them.
    """
    for package, opened in (("rs_bpe", _rs_bpe), ("bpe_openai", _bpe_openai)):
        if importlib.util.find_spec(package) is not None:
            encode = opened()
            if list(encode("hello world")) != [24912, 2375]:
                raise RuntimeError(f"{package} does not give the published tokens of o200k_base")
            return f"o200k_base ({package})", _counting(encode)
    # Its two marks at the ends are no part of the text.
    return (
        "MiniLM's word pieces (no OpenAI vocabulary is installed)",
        lambda text: minilm.count_tokens([text])[0] - 2,
    )


def _counting(encode: Callable[[str], Sequence[int]]) -> Callable[[str], int]:
    return lambda text: len(encode(text))


def _rs_bpe() -> Callable[[str], Sequence[int]]:
    encode: Callable[[str], Sequence[int]]
    encode = importlib.import_module("rs_bpe.bpe").openai.o200k_base().encode
    return encode


def _bpe_openai() -> Callable[[str], Sequence[int]]:
    encode: Callable[[str], Sequence[int]]
    encode = importlib.import_module("bpe_openai").get_encoding("o200k_base").encode_ordinary
    return encode


def prompt_tokens(request: dict[str, Any], count: Callable[[str], int]) -> int:
    """Tokens a request is billed as its prompt, with the schema of a structured reply."""
    messages = request["messages"]
    tokens = sum(PER_MESSAGE + count(message["content"]) for message in messages) + PER_REQUEST
    return tokens + schema_tokens(request, count)


def schema_tokens(request: dict[str, Any], count: Callable[[str], int]) -> int:
    """Tokens of the schema sent for a structured reply; providers put it into the prompt."""
    wanted = request.get("response_format")
    return count(json.dumps(wanted["json_schema"])) if wanted and "json_schema" in wanted else 0


def quarter_of_characters(text: str) -> int:
    """The rule of thumb: four characters a token."""
    return (len(text) + 3) // 4
