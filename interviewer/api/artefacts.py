"""Routes of what is handed in during a round, and what came of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from interviewer.api.interviews import Owner, product_of
from interviewer.api.views import Sent, state_of

router = APIRouter(tags=["interviews"])


class NewArtefact(Sent):
    """What is handed in: of the kind that the open question asks for."""

    kind: Annotated[str, Field(max_length=40)]
    content: Annotated[
        str,
        Field(
            description="A board as CSV, JSON or Markdown form, a sketch as Mermaid, a page as text."
        ),
    ]


class HandedInView(BaseModel):
    """Whether it could be read. What was found in it is the interviewer's to ask about."""

    kind: str
    title: str
    read: bool
    size: str
    problems: tuple[str, ...]
    notices: tuple[str, ...]
    state: Literal["awaiting-answer", "interviewer-due", "over"]


@router.post("/interviews/{interview_id}/artefacts")
async def hand_in(
    request: Request, interview_id: str, given: NewArtefact, owner: Owner
) -> HandedInView:
    """Hand in a board, a sketch or a page for the open question: kept, then read.

    A board or a sketch is no turn: explain it with an answer. A page is the answer: `state` is then
    `interviewer-due`, and `POST .../turn` has the interviewer speak.
    """
    conductor = product_of(request).conductor
    handed = await conductor.hand_in(interview_id, given.kind, given.content, owner=owner)
    found = handed.found
    return HandedInView(
        kind=handed.kind,
        title=handed.title,
        read=handed.is_read,
        size=found.size if found else "",
        problems=handed.problems,
        notices=found.notices if found else (),
        state=state_of(await conductor.load(interview_id, owner=owner)),
    )
