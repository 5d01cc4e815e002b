"""The bytes of the OpenAI chat protocol: whole replies, stream chunks, error bodies."""

import base64
import hashlib
import json
import re
import struct
from typing import Any

Json = dict[str, Any]


def completion(
    model: str, content: str | None, usage: Json | None, finish: str | None = "stop", **message: Any
) -> Json:
    """The body of a reply that is not streamed."""
    return {
        "id": "chatcmpl-scripted",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": content, **message},
                "finish_reason": finish,
            }
        ],
        "usage": usage,
    }


def chunk(
    model: str, delta: Json | None, finish: str | None = None, usage: Json | None = None
) -> str:
    """One server-sent event; without a delta it carries only the usage."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    body: Json = {
        "id": "chatcmpl-scripted",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": model,
        "choices": choices,
    }
    if usage is not None:
        body["usage"] = usage
    return f"data: {json.dumps(body)}\n\n"


DONE = "data: [DONE]\n\n"


def error(message: str, code: str | None, kind: str = "invalid_request_error") -> Json:
    """The body of a reply with an error status."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


VECTOR_LENGTH = 64


def embeddings(body: Json, fault: str) -> Json:
    """The reply to a request for embeddings: texts with words in common come out near.

    Vectors are not of length one, as those of many servers; rows come in reverse order.
    """
    texts = [body["input"]] if isinstance(body["input"], str) else list(body["input"])
    wants_bytes = body.get("encoding_format") == "base64"
    rows = []
    for index, text in enumerate(texts):
        vector = [0.01] * VECTOR_LENGTH
        for word in re.findall(r"[a-z0-9]+", text.lower()):
            vector[hashlib.sha256(word.encode()).digest()[0] % VECTOR_LENGTH] += 1.0
        if fault == "off_schema":
            vector = [0.0] * VECTOR_LENGTH
        packed = base64.b64encode(struct.pack(f"<{VECTOR_LENGTH}f", *vector)).decode()
        rows.append(
            {"object": "embedding", "index": index, "embedding": packed if wants_bytes else vector}
        )
    if fault == "truncated_json":
        rows.pop()
    tokens = sum(map(tokens_in, texts))
    usage = {"prompt_tokens": tokens, "total_tokens": tokens}
    return {"object": "list", "data": rows[::-1], "model": body["model"], "usage": usage}


def tokens_in(text: str) -> int:
    """A rough count, four characters a token, good enough to compare requests."""
    return (len(text) + 3) // 4


def pieces(text: str) -> list[str]:
    """The text in pieces of about one token."""
    return [text[i : i + 4] for i in range(0, len(text), 4)]
