"""Routes between interviews: drills, cards, imported questions, progress, regrades.

A drill is an interview: it is answered, passed and ended by the routes of interviews.
"""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from interviewer.api.interviews import Owner, product_of
from interviewer.api.views import InterviewView, interview_view
from interviewer.bootstrap import now
from interviewer.domain.card import NEW_A_DAY, Card, tomorrow
from interviewer.domain.critique import Critique
from interviewer.domain.drill_plan import FOLLOW_UPS, MOST_FOLLOW_UPS, CritiqueWhen
from interviewer.domain.own_question import OwnQuestion
from interviewer.domain.regrade import Regrade
from interviewer.errors import InputError, RuleBroken
from interviewer.practice.choosing import Wish
from interviewer.practice.drill import DrillReport
from interviewer.practice.importing import Imported, Refusal
from interviewer.practice.progress import ProgressReport

router = APIRouter(tags=["practice"])

Name = Annotated[str, Field(max_length=100)]
_APKG = "application/octet-stream"


class NewDrill(BaseModel):
    """What to drill: one question, or the one that is due or needed most."""

    model_config = ConfigDict(extra="forbid")

    question: Name | None = None
    track: Name | None = None
    round: Name | None = None
    criterion: Name | None = None
    due: bool = False
    new: Annotated[int, Field(ge=0, le=100)] = NEW_A_DAY
    follow_ups: Annotated[int, Field(ge=0, le=MOST_FOLLOW_UPS)] = FOLLOW_UPS
    critique: CritiqueWhen = "each"
    retest: bool = False


class CardView(BaseModel):
    """A card, and whether it is due."""

    card: Card
    is_due: bool


class QuestionList(BaseModel):
    """A file of questions."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=200)]
    text: str
    draft: bool = False


class Times(BaseModel):
    """How many readings."""

    model_config = ConfigDict(extra="forbid")

    times: Annotated[int, Field(ge=1, le=20)] = 5


@router.post("/drills", status_code=201)
async def start(request: Request, wanted: NewDrill, owner: Owner) -> InterviewView:
    """Start a drill; the reply holds the question. Answer it as an interview of the same id."""
    product = product_of(request)
    practice = product.practice
    await practice.drills.close_all(owner=owner)
    wish = Wish(**wanted.model_dump(include=set(Wish.model_fields)))
    choice = await practice.chooser.next(wish, owner=owner)
    if choice is None:
        raise RuleBroken("nothing is due and no new card is left for today")
    plan = choice.plan(follow_ups=wanted.follow_ups, critique=wanted.critique, retest=wanted.retest)
    drill_id = await practice.drills.start(choice.question, plan, owner=owner)
    async for _ in product.conductor.advance(drill_id, owner=owner):
        pass
    return interview_view(drill_id, await product.conductor.load(drill_id, owner=owner))


@router.get("/drills/{drill_id}")
async def report(request: Request, drill_id: str, owner: Owner) -> DrillReport:
    """Show what came of a drill that is over: critique, rating, and when it comes back."""
    return await product_of(request).practice.drills.close(drill_id, owner=owner)


@router.get("/drills/{drill_id}/critique")
async def critique_so_far(request: Request, drill_id: str, owner: Owner) -> Critique | None:
    """Show the critique of the answers so far; null before the first."""
    return await product_of(request).practice.drills.critique_so_far(drill_id, owner=owner)


@router.get("/cards")
async def cards(request: Request, owner: Owner, due: bool = False) -> list[CardView]:
    """List the cards, the one due first in front; with `due` only those that are."""
    practice = product_of(request).practice
    await practice.drills.close_all(owner=owner)
    moment = now()
    found = await practice.cards.cards(owner)
    views = [CardView(card=card, is_due=card.is_due(moment)) for card in found]
    return [view for view in views if view.is_due or not due]


@router.post("/cards/{question}/suspend")
async def suspend(request: Request, question: str, owner: Owner) -> Card:
    """Set a card aside until it is resumed or drilled."""
    return await _changed(request, question, owner, {"suspended": True})


@router.post("/cards/{question}/bury")
async def bury(request: Request, question: str, owner: Owner) -> Card:
    """Set a card aside until tomorrow (UTC)."""
    return await _changed(request, question, owner, {"buried_until": tomorrow(now())})


@router.post("/cards/{question}/resume")
async def resume(request: Request, question: str, owner: Owner) -> Card:
    """Take a suspended or buried card back in."""
    changes: dict[str, Any] = {"suspended": False, "buried_until": None}
    return await _changed(request, question, owner, changes)


@router.get("/anki", response_class=Response, responses={200: {"content": {_APKG: {}}}})
async def anki(
    request: Request,
    owner: Owner,
    round_id: Annotated[str | None, Query(alias="round", max_length=100)] = None,
    everything: Annotated[bool, Query(alias="all")] = False,
) -> Response:
    """Fetch an Anki deck: a note for each point of one's cards, of a round, or of all questions."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "interviewer.apkg"
        await product_of(request).practice.write_deck(
            file, owner=owner, round_id=round_id, everything=everything
        )
        content = file.read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="interviewer.apkg"'}
    return Response(content, media_type=_APKG, headers=headers)


@router.get("/own-questions")
async def own_questions(request: Request, owner: Owner) -> list[OwnQuestion]:
    """List the questions one imported, with their rubrics."""
    return list(await product_of(request).practice.own.all(owner))


@router.post("/own-questions", status_code=201)
async def import_questions(request: Request, given: QuestionList, owner: Owner) -> Imported:
    """Import a list of questions (CSV, or JSONL by its name); all or none."""
    try:
        return await product_of(request).practice.importer.take(
            given.name, given.text.encode("utf-8", "replace"), owner=owner, draft=given.draft
        )
    except Refusal as refusal:
        raise InputError("; ".join(map(str, refusal.problems))) from None


@router.delete("/own-questions/{question}", status_code=204)
async def forget_question(request: Request, question: str, owner: Owner) -> None:
    """Remove an imported question and its card."""
    await product_of(request).practice.own.forget(question, owner=owner)


@router.get("/progress")
async def progress(
    request: Request,
    owner: Owner,
    track: str | None = None,
    interview_date: dt.date | None = None,
) -> ProgressReport:
    """Show where one stands; with a date, a day plan for the days before it."""
    practice = product_of(request).practice
    await practice.drills.close_all(owner=owner)
    return await practice.progress.report(owner, track=track, interview_date=interview_date)


@router.post("/interviews/{interview_id}/regrades", status_code=201)
async def regrade(request: Request, interview_id: str, wanted: Times, owner: Owner) -> Regrade:
    """Grade a stored interview again, several times; its own grades stay."""
    return await product_of(request).practice.regrade(interview_id, wanted.times, owner=owner)


@router.get("/interviews/{interview_id}/regrades")
async def regrades(request: Request, interview_id: str, owner: Owner) -> list[Regrade]:
    """Show the regrades of an interview, oldest first."""
    return list(await product_of(request).practice.kept.regrades(interview_id, owner=owner))


async def _changed(request: Request, question: str, owner: str, changes: dict[str, Any]) -> Card:
    box = product_of(request).practice.cards
    return await box.change(question, lambda card: card.model_copy(update=changes), owner=owner)
