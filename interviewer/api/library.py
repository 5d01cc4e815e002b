"""Routes outside an interview: critiques, search, tracks, questions."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from interviewer.api.interviews import Owner, product_of
from interviewer.api.views import NewComparison, NewCritique
from interviewer.domain.critique import Critique
from interviewer.domain.listing import questions_document, tracks_document
from interviewer.domain.versions import VersionComparison
from interviewer.errors import InputError
from interviewer.knowledge.documents.document import OwnHit
from interviewer.knowledge.search import Hit

router = APIRouter(tags=["practice"])

Text = Annotated[str, Query(alias="q", min_length=1, max_length=1000)]


@router.post("/critiques")
async def critique(request: Request, wanted: NewCritique, owner: Owner) -> Critique:
    """Critique one answer; it is kept, and counts in one's progress, unless `keep` is false."""
    if not wanted.answer.strip():
        raise InputError("the answer is empty")
    product = product_of(request)
    found = await product.critic.critique(wanted.question, wanted.answer, rewrite=wanted.rewrite)
    if wanted.keep:
        await product.practice.keep(found, owner=owner)
    return found


@router.post("/critiques/comparison")
async def comparison(request: Request, wanted: NewComparison, owner: Owner) -> VersionComparison:
    """Compare two versions of an answer, point by point."""
    del owner
    if not wanted.before.strip() or not wanted.after.strip():
        raise InputError("one of the versions is empty")
    critic = product_of(request).critic
    return await critic.compare(wanted.question, wanted.before, wanted.after)


@router.get("/search")
async def search(
    request: Request,
    text: Text,
    owner: Owner,
    k: Annotated[int, Query(ge=1, le=50)] = 5,
    status: str | None = None,
    topic: str | None = None,
    track: str | None = None,
    history: bool = False,
    mine: bool = False,
) -> list[Hit] | list[OwnHit]:
    """Search the knowledge sources; with `mine`, one's own documents instead."""
    if not text.strip():
        raise InputError("there is nothing to search for")
    if mine:
        if status or topic or track:
            raise InputError("one's own documents have no status, topic or track: leave them out")
        own = product_of(request).documents(owner)
        return list((await asyncio.to_thread(own.search, text, k)).hits)
    found = await product_of(request).search(
        text, k=k, status=status, topic=topic, track=track, history=history
    )
    return list(found.hits)


@router.get("/tracks")
async def tracks(request: Request, owner: Owner) -> list[dict[str, Any]]:
    """The tracks and their rounds."""
    del owner
    return tracks_document(product_of(request).catalog)


@router.get("/questions")
async def questions(
    request: Request,
    owner: Owner,
    track: str | None = None,
    round: str | None = None,
) -> list[dict[str, Any]]:
    """The questions with rubric and examples."""
    del owner
    return questions_document(product_of(request).catalog, track, round)
