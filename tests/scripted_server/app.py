"""The routes."""

import time
from functools import partial

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from tests.scripted_server import replies, wire
from tests.scripted_server.content import reply_text
from tests.scripted_server.script import RecordedRequest, Script
from tests.scripted_server.wire import Json


def build_app(script: Script) -> Starlette:
    """The application; all its state is in `script`."""

    async def chat(request: Request) -> Response:
        body: Json = await request.json()
        authorization = request.headers.get("authorization", "")
        record = RecordedRequest(body, authorization, time.monotonic())
        script.record(record)
        if record.mode in script.refused_modes:
            record.fault = f"no_{record.mode}"
            message = f"response_format of type {record.mode} is not supported"
            return replies.finished(record, JSONResponse(wire.error(message, None), 400))
        fault = script.faults.popleft() if script.faults else replies.DEFAULT
        record.fault = fault.name or None
        if (reply := await replies.at_once(request, record, script, fault)) is not None:
            return reply
        record.reply = reply_text(record, script, fault)
        if body.get("stream"):
            events = replies.stream(record, script, fault)
            return StreamingResponse(events, media_type="text/event-stream")
        return await replies.whole(record, script, fault)

    async def control(request: Request) -> Response:
        if request.method == "POST":
            try:
                _apply(script, await request.json())
            except (ValueError, TypeError, KeyError) as exc:
                return JSONResponse({"error": str(exc)}, 400)
        return JSONResponse(script.state())

    return Starlette(
        routes=[
            Route("/v1/chat/completions", chat, methods=["POST"]),
            Route("/v1/embeddings", partial(_embeddings, script=script), methods=["POST"]),
            Route("/v1/models", _models),
            Route("/control", control, methods=["GET", "POST"]),
        ]
    )


async def _embeddings(request: Request, script: Script) -> Response:
    body: Json = await request.json()
    authorization = request.headers.get("authorization", "")
    record = RecordedRequest(body, authorization, time.monotonic())
    script.requests.append(record)
    fault = script.faults.popleft() if script.faults else replies.DEFAULT
    record.fault = fault.name or None
    if (reply := await replies.at_once(request, record, script, fault)) is not None:
        return reply
    return replies.finished(record, JSONResponse(wire.embeddings(body, fault.name)))


async def _models(_request: Request) -> Response:
    return JSONResponse({"object": "list", "data": [{"id": "scripted", "object": "model"}]})


def _apply(script: Script, order: Json) -> None:
    if order.get("reset"):
        script.reset()
    for fault in order.get("faults", []):
        script.add_fault(fault.pop("name"), fault.pop("times", 1), **fault)
    script.texts.extend(order.get("texts", []))
    script.latency_s = order.get("latency_s", script.latency_s)
    script.tokens_per_s = order.get("tokens_per_s", script.tokens_per_s)
