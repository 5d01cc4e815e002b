"""The bytes of the OpenAI chat protocol: whole replies, stream chunks, error bodies."""

import json
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


def tokens_in(text: str) -> int:
    """A rough count, four characters a token, good enough to compare requests."""
    return (len(text) + 3) // 4


def pieces(text: str) -> list[str]:
    """The text in pieces of about one token."""
    return [text[i : i + 4] for i in range(0, len(text), 4)]
