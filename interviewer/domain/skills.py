"""The skill profile: eight skills, and what a grade or a self-assessment says about each.

One vendor's guide lists such a balance for ML engineers; which criterion and which kind of question
tell about which skill is this project's own mapping (`seeds/skills.yaml`).
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, model_validator

from interviewer.domain.grade import QuestionGrade
from interviewer.domain.question import Question
from interviewer.domain.rubric import Line, Slug
from interviewer.domain.value import Value

Named = Annotated[tuple[Slug, ...], Field(min_length=1, max_length=3)]
"""Ids of the skills that something tells about."""


class Skill(Value):
    """One skill of the role."""

    id: Slug
    title: Line
    description: Line


class SkillMap(Value):
    """The skills, and which of them a criterion and a category of question tell about."""

    skills: tuple[Skill, ...] = Field(min_length=1)
    criteria: dict[Slug, Named]
    categories: dict[Slug, Named]

    @model_validator(mode="after")
    def _only_known_skills(self) -> "SkillMap":
        known = {skill.id for skill in self.skills}
        for field in ("criteria", "categories"):
            for key, named in getattr(self, field).items():
                if unknown := set(named) - known:
                    raise ValueError(f"{field}.{key} names unknown skills {sorted(unknown)}")
        return self


class Evidence(Value):
    """What one thing says about one skill."""

    skill: Slug
    score: float = Field(description="On any one scale that all evidence shares.")
    weight: float = Field(gt=0)


class SkillScore(Value):
    """One skill's standing; `score` is None where nothing was assessed."""

    skill: Slug
    title: str
    score: float | None
    evidence: int = Field(ge=0, description="How many pieces of evidence the score rests on.")


def profile(skills: SkillMap, evidence: Iterable[Evidence]) -> tuple[SkillScore, ...]:
    """The weighted mean of the evidence on each skill, in the order of the map.

    A skill that nothing was said about is not assessed: it is not a zero.
    """
    by_skill: dict[str, list[Evidence]] = {skill.id: [] for skill in skills.skills}
    for piece in evidence:
        by_skill[piece.skill].append(piece)
    return tuple(
        SkillScore(
            skill=skill.id,
            title=skill.title,
            score=_mean(by_skill[skill.id]),
            evidence=len(by_skill[skill.id]),
        )
        for skill in skills.skills
    )


def evidence_of(skills: SkillMap, question: Question, grade: QuestionGrade) -> list[Evidence]:
    """What one graded question says about the skills, on the scale of scores, 1 to 5.

    Each criterion speaks for its skills with the weight of its points; the question as a whole
    speaks for the skills of its category with half the weight of all points, so that what was
    asked about counts, and what the criteria found counts more.
    """
    found = []
    for criterion in grade.criteria:
        if criterion.score is None:
            continue
        own = sum(p.weight for p in question.points if p.criterion == criterion.id)
        found += _spread(skills.criteria.get(criterion.id, ()), criterion.score, own)
    if grade.score is not None:
        half = sum(point.weight for point in question.points) / 2
        found += _spread(skills.categories.get(question.category, ()), grade.score, half)
    return found


def _spread(named: tuple[str, ...], score: float, weight: float) -> list[Evidence]:
    """The weight divided over the skills, so that naming two does not count double."""
    return [Evidence(skill=skill, score=score, weight=weight / len(named)) for skill in named]


def _mean(pieces: list[Evidence]) -> float | None:
    total = sum(piece.weight for piece in pieces)
    return sum(piece.score * piece.weight for piece in pieces) / total if total else None
