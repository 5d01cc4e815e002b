"""How a reply is sent: whole or streamed, at a pace, and where it goes wrong."""

import asyncio
import json
import time
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse

from tests.scripted_server import wire
from tests.scripted_server.faults import HTML, STATUS, STREAM, Fault, status_reply
from tests.scripted_server.script import RecordedRequest, Script
from tests.scripted_server.wire import Json

DEFAULT = Fault("")


def finished(record: RecordedRequest, response: Response) -> Response:
    """The response, its time noted."""
    record.finished_at = time.monotonic()
    return response


async def at_once(
    request: Request, record: RecordedRequest, script: Script, fault: Fault
) -> Response | None:
    """The reply of a fault that keeps the server from thinking at all, or None."""
    if fault.name in STATUS:
        return finished(record, status_reply(fault, record.authorization))
    if fault.name == "html_200":
        return finished(record, HTMLResponse(HTML))
    if fault.name == "hang":
        return await _hang(request, record, script)
    return None


async def _hang(request: Request, record: RecordedRequest, script: Script) -> Response:
    """Say nothing until the client goes away or the server stops."""
    while not script.stopping:
        if await request.is_disconnected():
            record.disconnected = True
            break
        await asyncio.sleep(0.01)
    return finished(record, Response(status_code=204))


async def whole(record: RecordedRequest, script: Script, fault: Fault) -> Response:
    """A reply in one piece."""
    pace_s = len(wire.pieces(record.reply)) / script.tokens_per_s if script.tokens_per_s else 0
    await asyncio.sleep(script.latency_s + pace_s)
    usage = None if fault.name == "no_usage" else _usage(record)
    model = str(record.body.get("model", "scripted"))
    if fault.name == "refusal":
        body = wire.completion(model, None, usage, refusal=record.reply)
    else:
        body = wire.completion(model, record.reply, usage, _ending(fault))
    if fault.name == "null_choices":
        body["choices"] = None
    if fault.name in ("slow_drip", "cut", "stall"):
        return StreamingResponse(_drip(record, script, body, fault), media_type="application/json")
    return finished(record, JSONResponse(body))


async def stream(record: RecordedRequest, script: Script, fault: Fault) -> AsyncIterator[str]:
    """A reply as server-sent events, about one token each."""
    model = str(record.body.get("model", "scripted"))
    record.disconnected = True
    try:
        await asyncio.sleep(script.latency_s)
        yield wire.chunk(model, {"role": "assistant", "content": ""})
        for number, piece in enumerate(wire.pieces(record.reply)):
            if fault.name in STREAM and number >= fault.after_chunks:
                async for event in _break(fault):
                    yield event
                record.disconnected = False
                return
            await asyncio.sleep(_pause_s(script, fault))
            key = "refusal" if fault.name == "refusal" else "content"
            yield wire.chunk(model, {key: piece})
        yield wire.chunk(model, {}, _ending(fault))
        wants_usage = (record.body.get("stream_options") or {}).get("include_usage")
        if wants_usage and fault.name != "no_usage":
            yield wire.chunk(model, None, usage=_usage(record))
        yield wire.DONE
        record.disconnected = False
    finally:
        record.finished_at = time.monotonic()


def _pause_s(script: Script, fault: Fault) -> float:
    if fault.name == "slow_drip":
        return fault.every_s
    return 1 / script.tokens_per_s if script.tokens_per_s else 0


async def _break(fault: Fault) -> AsyncIterator[str]:
    match fault.name:
        case "cut":
            raise ConnectionResetError("cut on purpose")
        case "garbage_line":
            yield "data: {not json\n\n"
        case "error_event":
            yield f"data: {json.dumps(wire.error('overloaded', None, 'server_error'))}\n\n"
        case "stall":
            await asyncio.sleep(60)
        case _:
            return


async def _drip(
    record: RecordedRequest, script: Script, body: Json, fault: Fault
) -> AsyncIterator[str]:
    """White space, which JSON allows in front, keeps a time-out per read from firing."""
    record.disconnected = True
    try:
        while not script.stopping:
            yield " "
            if fault.name == "cut":
                raise ConnectionResetError("cut on purpose")
            await asyncio.sleep(fault.every_s)
        yield json.dumps(body)
        record.disconnected = False
    finally:
        record.finished_at = time.monotonic()


def _usage(record: RecordedRequest) -> Json:
    completion = wire.tokens_in(record.reply)
    return {
        "prompt_tokens": record.prompt_tokens,
        "completion_tokens": completion,
        "total_tokens": record.prompt_tokens + completion,
        "prompt_tokens_details": {"cached_tokens": record.cached_tokens},
    }


def _ending(fault: Fault) -> str:
    return fault.name if fault.name in ("length", "content_filter") else "stop"
