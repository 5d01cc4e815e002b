"""Routes of the preparation: readiness, the timeline and its calendar file, the quiz."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from interviewer.api.interviews import Owner, product_of
from interviewer.bootstrap import now
from interviewer.bootstrap.preparation import preparation
from interviewer.domain.preparation import Preparation
from interviewer.domain.quiz import Asked, Marks, QuizAnswers, marked
from interviewer.domain.readiness import GivenAnswers, Item, Readiness, assess
from interviewer.domain.timeline import Timeline, planned
from interviewer.practice.calendar_file import calendar_file
from interviewer.practice.quiz_sheet import MOST, drawn

router = APIRouter(tags=["preparation"])


class QuizSheet(BaseModel):
    """A quiz, without its answers."""

    seed: int
    items: tuple[Asked, ...]


def _preparation(request: Request) -> Preparation:
    state = request.app.state
    if not hasattr(state, "preparation"):
        # The shipped seeds do not change while a process runs.
        state.preparation = preparation(product_of(request).catalog)
    content: Preparation = state.preparation
    return content


Content = Annotated[Preparation, Depends(_preparation)]


def _timeline(
    content: Content,
    track: str,
    applied: dt.date,
    interview: dt.date | None = None,
    step: str | None = None,
    reschedule: bool = False,
) -> Timeline:
    pattern = content.timeline(track)
    return planned(pattern, applied, interview=interview, step=step, rescheduled=reschedule)


Planned = Annotated[Timeline, Depends(_timeline)]


@router.get("/readiness")
async def items(content: Content, owner: Owner) -> tuple[Item, ...]:
    """The ten items with their checks."""
    del owner
    return content.readiness


@router.post("/readiness")
async def assessment(
    request: Request,
    given: GivenAnswers,
    content: Content,
    owner: Owner,
    track: str | None = None,
) -> Readiness:
    """Score a self-assessment and make the study plan."""
    del owner
    catalog = product_of(request).catalog
    return assess(
        content.readiness, given.known, skills=content.skills, catalog=catalog, track=track
    )


@router.get("/plan")
async def plan(timeline: Planned, owner: Owner) -> Timeline:
    """The interview timeline from the day of an application."""
    del owner
    return timeline


@router.get("/plan.ics", response_class=Response)
async def calendar(request: Request, timeline: Planned, owner: Owner) -> Response:
    """The same as a calendar file."""
    del owner
    rounds = frozenset(r.id for r in product_of(request).catalog.track(timeline.track).rounds)
    return Response(
        calendar_file(timeline, rounds, now()),
        media_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="interviews.ics"'},
    )


@router.get("/quiz")
async def quiz(
    content: Content,
    owner: Owner,
    topic: str | None = None,
    n: Annotated[int, Query(ge=1, le=MOST)] = 10,
    seed: Annotated[int | None, Query(ge=0)] = None,
) -> QuizSheet:
    """Draw a quiz; the same seed gives the same one."""
    del owner
    chosen = int(now().timestamp()) if seed is None else seed
    return QuizSheet(seed=chosen, items=drawn(content.quiz, n=n, seed=chosen, topic=topic))


@router.post("/quiz/marks")
async def marks(given: QuizAnswers, content: Content, owner: Owner) -> Marks:
    """Mark answers to a quiz."""
    del owner
    return marked(content.quiz, given.answers)
