"""Routes of a loop: start, show, open the next round, debrief."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from interviewer.api.interviews import Owner, product_of
from interviewer.bootstrap.loops import debriefs_of, loops_of
from interviewer.interviews.debrief import Debrief
from interviewer.interviews.loop import LoopState, RoundState

router = APIRouter(tags=["loops"])


class NewLoop(BaseModel):
    """Which track to sit."""

    model_config = ConfigDict(extra="forbid")

    track: Annotated[str, Field(max_length=80)]
    seed: Annotated[int, Field(ge=0, le=2**31)] | None = None


class LoopView(BaseModel):
    """A loop as the candidate may see it; scores wait for the debrief."""

    id: str
    track: str
    title: str
    rounds: list[RoundState]
    next: str | None = Field(description="Id of the round to be sat now; none at the end.")
    notices: list[str] = Field(description="What changed in the question bank since the start.")


@router.post("/loops", status_code=201)
async def start(request: Request, wanted: NewLoop, owner: Owner) -> LoopView:
    """Fix a loop over all rounds of a track and open the first of them."""
    loops = loops_of(product_of(request))
    loop_id = await loops.start(wanted.track, owner=owner, seed=wanted.seed)
    await _open(request, loop_id, owner)
    return await _view(request, loop_id, owner)


@router.get("/loops/{loop_id}")
async def show(request: Request, loop_id: str, owner: Owner) -> LoopView:
    """Show where a loop stands."""
    return await _view(request, loop_id, owner)


@router.post("/loops/{loop_id}/rounds")
async def open_next(request: Request, loop_id: str, owner: Owner) -> LoopView:
    """Open the next round and put its first question; harmless if one is open."""
    await _open(request, loop_id, owner)
    return await _view(request, loop_id, owner)


@router.get("/loops/{loop_id}/debrief")
async def debrief(request: Request, loop_id: str, owner: Owner) -> Debrief:
    """The committee's document on the rounds as they stand. Waits for grading."""
    return await debriefs_of(product_of(request)).debrief(loop_id, owner=owner)


async def _open(request: Request, loop_id: str, owner: str) -> None:
    product = product_of(request)
    opened = await loops_of(product).open_next(loop_id, owner=owner)
    if opened is not None:
        async for _ in product.conductor.advance(opened.interview, owner=owner):
            pass


async def _view(request: Request, loop_id: str, owner: str) -> LoopView:
    state: LoopState = await loops_of(product_of(request)).state(loop_id, owner=owner)
    following = state.next_round
    return LoopView(
        id=state.id,
        track=state.track,
        title=state.title,
        rounds=list(state.rounds),
        next=following.round if following else None,
        notices=list(state.notices),
    )
