"""The readiness assessment: ten items of the role, three checks each, a score and a study plan.

A person assesses themselves, so nothing here is a grade of an answer. The credits are those of
verdicts; the two thresholds are the project's own convention.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from interviewer.domain.catalog import Catalog
from interviewer.domain.grade import CREDIT
from interviewer.domain.rubric import Line, PassageId, Slug
from interviewer.domain.skills import Evidence, SkillMap, SkillScore, profile
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met
from interviewer.errors import UnknownId

CHECKS = 3
"""Checks of each item: one can be wished true, three that name something to show cannot."""

READY, NEARLY = 0.8, 0.5
"""From which share of the checks an item counts as ready, or as nearly so; convention."""

QUESTIONS_NAMED = 3
"""Questions that a step of the study plan names at most."""

Asks = Annotated[str, StringConstraints(min_length=20, max_length=300, strip_whitespace=True)]


class Check(Value):
    """One concrete thing that somebody who is ready could do or show."""

    id: Slug
    asks: Asks
    todo: Line = Field(description="What to do if the answer is not a yes.")


class Item(Value):
    """One of the things to be ready for."""

    id: Slug
    title: Line
    skills: tuple[Slug, ...] = Field(min_length=1, max_length=3)
    checks: tuple[Check, ...] = Field(min_length=CHECKS, max_length=CHECKS)
    questions: tuple[Slug, ...] = Field(
        min_length=1, max_length=6, description="To practise with, most useful first."
    )
    passages: tuple[PassageId, ...] = Field(min_length=1, max_length=6)

    @model_validator(mode="after")
    def _checks_are_told_apart(self) -> "Item":
        ids = [check.id for check in self.checks]
        if len(set(ids)) != len(ids):
            raise ValueError(f"two checks share an id: {ids}")
        return self


Answers = dict[str, dict[str, Met]]
"""By item and check; a check that is missing was not answered."""


class Standing(StrEnum):
    """What an item's score comes to."""

    READY = "ready"
    NEARLY = "nearly"
    NOT_YET = "not-yet"
    UNANSWERED = "unanswered"


class ItemScore(Value):
    """One item's result."""

    item: Slug
    title: str
    score: float | None = Field(description="0 to 1 over the checks answered; None if none was.")
    standing: Standing
    answered: int


class Practice(Value):
    """A question to practise with, and where it is asked."""

    question: Slug
    track: Slug
    round: Slug
    round_title: str


class StudyStep(Value):
    """One step of the study plan."""

    item: Slug
    title: str
    todo: tuple[str, ...]
    practise: tuple[Practice, ...]
    read: tuple[PassageId, ...]


class Readiness(Value):
    """The result of an assessment."""

    track: Slug | None
    score: float | None = Field(description="Mean over the items that were answered, 0 to 1.")
    answered: int = Field(description="Checks answered.")
    checks: int = Field(description="Checks there are.")
    items: tuple[ItemScore, ...]
    skills: tuple[SkillScore, ...]
    plan: tuple[StudyStep, ...] = Field(description="Weakest first.")
    answers: Answers = Field(description="What was answered; may be given again and completed.")


def assess(
    items: tuple[Item, ...],
    answers: Mapping[str, Mapping[str, Met]],
    *,
    skills: SkillMap,
    catalog: Catalog,
    track: str | None = None,
) -> Readiness:
    """Scores a self-assessment and makes the study plan.

    Args:
        items: The items of the assessment.
        answers: By item and check.
        skills: For the scores by skill.
        catalog: Where the questions are asked.
        track: Names only questions of this track.

    Raises:
        UnknownId: An answer is to an item or check that does not exist, or there is no such track.
    """
    if track is not None:
        catalog.track(track)
    _refuse_unknown(items, answers)
    scored = [(item, _scored(item, answers.get(item.id, {}))) for item in items]
    known = [(item, result.score) for item, result in scored if result.score is not None]
    evidence = [
        Evidence(skill=skill, score=score, weight=1 / len(item.skills))
        for item, score in known
        for skill in item.skills
    ]
    # Never having looked is no better than having found nothing: both come first.
    weakest = sorted(scored, key=lambda pair: pair[1].score or 0.0)
    return Readiness(
        track=track,
        score=sum(score for _, score in known) / len(known) if known else None,
        answered=sum(result.answered for _, result in scored),
        checks=CHECKS * len(items),
        items=tuple(result for _, result in scored),
        skills=profile(skills, evidence),
        plan=tuple(
            _step(item, answers.get(item.id, {}), catalog, track)
            for item, result in weakest
            if result.answered < CHECKS or result.score != 1
        ),
        answers={item: dict(given) for item, given in answers.items()},
    )


class GivenAnswers(Value):
    """Answers as they are sent: null where a check was not answered."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    answers: dict[str, dict[str, Met | None]]

    @property
    def known(self) -> Answers:
        """Without what was not answered."""
        return {
            item: {check: said for check, said in given.items() if said is not None}
            for item, given in self.answers.items()
        }


def blank(items: tuple[Item, ...]) -> GivenAnswers:
    """Answers to be filled in, all null."""
    return GivenAnswers(
        answers={item.id: {check.id: None for check in item.checks} for item in items}
    )


def _refuse_unknown(items: tuple[Item, ...], answers: Mapping[str, Mapping[str, Met]]) -> None:
    checks = {item.id: {check.id for check in item.checks} for item in items}
    for item, given in answers.items():
        if item not in checks:
            raise UnknownId(f"there is no item {item[:80]!r}; known: {', '.join(checks)}")
        for check in given:
            if check not in checks[item]:
                known = ", ".join(sorted(checks[item]))
                raise UnknownId(f"item {item!r} has no check {check[:80]!r}; known: {known}")


def _scored(item: Item, given: Mapping[str, Met]) -> ItemScore:
    credits = [CREDIT[given[check.id]] for check in item.checks if check.id in given]
    score = sum(credits) / len(credits) if credits else None
    return ItemScore(
        item=item.id,
        title=item.title,
        score=score,
        standing=standing_of(score, len(credits)),
        answered=len(credits),
    )


def standing_of(score: float | None, answered: int) -> Standing:
    """What a score from 0 to 1 comes to; nobody is ready on a check that was not answered."""
    if score is None:
        return Standing.UNANSWERED
    if score >= READY and answered == CHECKS:
        return Standing.READY
    return Standing.NEARLY if score >= NEARLY else Standing.NOT_YET


def _step(item: Item, given: Mapping[str, Met], catalog: Catalog, track: str | None) -> StudyStep:
    asked = [catalog.question(question) for question in item.questions]
    chosen = [q for q in asked if track in (None, q.track)][:QUESTIONS_NAMED]
    return StudyStep(
        item=item.id,
        title=item.title,
        todo=tuple(c.todo for c in item.checks if given.get(c.id) is not Met.YES),
        practise=tuple(
            Practice(
                question=q.id,
                track=q.track,
                round=q.round,
                round_title=catalog.round(q.track, q.round).title,
            )
            for q in chosen
        ),
        read=item.passages,
    )
