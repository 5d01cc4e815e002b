"""What a model server can do wrong, by name.

`STATUS` faults answer with an error status; `STREAM` faults go wrong while the text is being sent;
`CONTENT` faults send a complete reply that says the wrong thing. The rest are described by name.
"""

from dataclasses import dataclass

from starlette.responses import HTMLResponse, JSONResponse, Response

from tests.scripted_server.wire import error

HTML = "<html><body><h1>Bad gateway</h1></body></html>"


@dataclass
class Fault:
    """One fault waiting for the next request."""

    name: str
    retry_after_s: float | None = 0.05
    every_s: float = 0.2
    """Pause between the drops of `slow_drip`."""
    after_chunks: int = 3
    """How much of a stream is sent before it goes wrong."""
    text: str | None = None
    """Replaces the content, or the message of an error."""


STATUS = frozenset(
    {"400", "401", "403", "404", "429", "quota", "500", "503_html", "context_length", "echo_key"}
)
STREAM = frozenset({"cut", "no_finish_reason", "garbage_line", "error_event", "stall"})
CONTENT = frozenset(
    {
        "truncated_json",
        "off_schema",
        "fenced_json",
        "prose_json",
        "empty",
        "invented_quote",
        "text",
        "length",
        "content_filter",
        "refusal",
    }
)
MODES_REFUSED = {"no_json_schema": "json_schema", "no_json_object": "json_object"}
"""Not once but until reset: the server never learns a format."""
OTHER = frozenset({"hang", "slow_drip", "html_200", "null_choices", "no_usage"})
NAMES = STATUS | STREAM | CONTENT | OTHER | frozenset(MODES_REFUSED)


_ERRORS = {
    "400": (400, "unknown parameter", "invalid_value", "invalid_request_error"),
    "401": (401, "Incorrect API key provided", "invalid_api_key", "invalid_request_error"),
    "echo_key": (401, "Bad credentials: {key}", "invalid_api_key", "invalid_request_error"),
    "403": (403, "This key may not use the model", "permission_denied", "invalid_request_error"),
    "404": (404, "The model does not exist", "model_not_found", "invalid_request_error"),
    "context_length": (
        400,
        "This model's maximum context length is 8192 tokens",
        "context_length_exceeded",
        "invalid_request_error",
    ),
    "quota": (429, "You exceeded your quota", "insufficient_quota", "insufficient_quota"),
    "429": (429, "Slow down", "rate_limit_exceeded", "rate_limit_error"),
    "500": (500, "The server had an error", None, "server_error"),
}


def status_reply(fault: Fault, authorization: str) -> Response:
    """The error reply of a `STATUS` fault."""
    if fault.name == "503_html":
        return HTMLResponse(HTML, 503)
    status, message, code, kind = _ERRORS[fault.name]
    text = fault.text or message.format(key=authorization)
    headers = {}
    if fault.name == "429" and fault.retry_after_s is not None:
        headers["retry-after"] = f"{fault.retry_after_s:g}"
    return JSONResponse(error(text, code, kind), status, headers=headers)
