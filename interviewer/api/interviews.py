"""Routes of an interview: start, answer (plain or streamed), pass, end, scorecard."""

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import StreamingResponse

from interviewer.api.access import owner_of
from interviewer.api.views import Draft, InterviewView, NewAnswer, NewInterview, interview_view
from interviewer.bootstrap import Product
from interviewer.interviews.report import RoundReport
from interviewer.interviews.updates import Update

router = APIRouter(tags=["interviews"])

Owner = Annotated[str, Depends(owner_of)]
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
EVENT_STREAM = "text/event-stream"


def product_of(request: Request) -> Product:
    """The product that the server was started with."""
    product: Product = request.app.state.product
    return product


@router.post("/interviews", status_code=201)
async def start(request: Request, wanted: NewInterview, owner: Owner) -> InterviewView:
    """Start a round; the reply holds the first question."""
    conductor = product_of(request).conductor
    interview_id = await conductor.start(wanted.track, wanted.round, owner=owner, seed=wanted.seed)
    await _drain(conductor.advance(interview_id, owner=owner))
    return await _view(request, interview_id, owner)


@router.get("/interviews/{interview_id}")
async def show(request: Request, interview_id: str, owner: Owner) -> InterviewView:
    """Show an interview as it stands."""
    return await _view(request, interview_id, owner)


@router.post(
    "/interviews/{interview_id}/answers",
    response_model=InterviewView,
    responses={200: {"content": {EVENT_STREAM: {}}}},
)
async def answer(
    request: Request,
    interview_id: str,
    given: NewAnswer,
    owner: Owner,
    idempotency_key: IdempotencyKey = None,
) -> InterviewView | StreamingResponse:
    """Give an answer; ask for `text/event-stream` to hear the reply as it is said.

    The answer is stored before anything else. If the connection breaks, post again with the same
    Idempotency-Key: nothing is stored twice.
    """
    updates = product_of(request).conductor.answer(
        interview_id, given.text, owner=owner, idempotency_key=idempotency_key
    )
    return await _reply(request, interview_id, owner, updates)


@router.post("/interviews/{interview_id}/turn", response_model=InterviewView)
async def turn(
    request: Request, interview_id: str, owner: Owner
) -> InterviewView | StreamingResponse:
    """Have the interviewer take a turn that is due, for example after a broken connection."""
    updates = product_of(request).conductor.advance(interview_id, owner=owner)
    return await _reply(request, interview_id, owner, updates)


@router.post("/interviews/{interview_id}/pass", response_model=InterviewView)
async def skip(
    request: Request, interview_id: str, owner: Owner
) -> InterviewView | StreamingResponse:
    """Pass on what was asked last."""
    updates = product_of(request).conductor.skip(interview_id, owner=owner)
    return await _reply(request, interview_id, owner, updates)


@router.post("/interviews/{interview_id}/end", response_model=InterviewView)
async def end(
    request: Request, interview_id: str, owner: Owner
) -> InterviewView | StreamingResponse:
    """End the round now."""
    updates = product_of(request).conductor.end(interview_id, owner=owner)
    return await _reply(request, interview_id, owner, updates)


@router.get("/interviews/{interview_id}/scorecard")
async def scorecard(request: Request, interview_id: str, owner: Owner) -> RoundReport:
    """The scorecard: of the whole round, or of the questions closed so far."""
    return await product_of(request).report(interview_id, owner=owner)


@router.put("/interviews/{interview_id}/draft", status_code=204)
async def save_draft(request: Request, interview_id: str, draft: Draft, owner: Owner) -> None:
    """Keep what is typed so far."""
    await product_of(request).conductor.save_draft(interview_id, draft.text, owner=owner)


@router.post("/interviews/{interview_id}/typing", response_model=InterviewView)
async def typing(
    request: Request, interview_id: str, draft: Draft, owner: Owner
) -> InterviewView | StreamingResponse:
    """Keep what is typed so far, and let an interviewer who interrupts cut in on it.

    If one does, the text is stored as an answer that was cut off and the reply is the turn;
    otherwise nothing has changed, and a stream ends without an event.
    """
    updates = product_of(request).conductor.typing(interview_id, draft.text, owner=owner)
    return await _reply(request, interview_id, owner, updates)


@router.get("/interviews/{interview_id}/draft")
async def show_draft(request: Request, interview_id: str, owner: Owner) -> Draft:
    """What was typed and not sent."""
    return Draft(text=await product_of(request).conductor.draft(interview_id, owner=owner))


async def _reply(
    request: Request, interview_id: str, owner: str, updates: AsyncIterator[Update]
) -> InterviewView | StreamingResponse:
    if EVENT_STREAM not in request.headers.get("accept", ""):
        await _drain(updates)
        return await _view(request, interview_id, owner)
    # The first update comes after the answer is stored: until then errors are plain problems.
    first = await anext(updates, None)
    return StreamingResponse(
        _events(first, updates),
        media_type=EVENT_STREAM,
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(first: Update | None, updates: AsyncIterator[Update]) -> AsyncIterator[str]:
    if first is not None:
        yield _event(first)
    async for update in updates:
        yield _event(update)


def _event(update: Update) -> str:
    data = update.model_dump(mode="json", exclude={"kind"})
    return f"event: {update.kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


async def _drain(updates: AsyncIterator[Update]) -> None:
    async for _ in updates:
        pass


async def _view(request: Request, interview_id: str, owner: str) -> InterviewView:
    interview = await product_of(request).conductor.load(interview_id, owner=owner)
    return interview_view(interview_id, interview)
