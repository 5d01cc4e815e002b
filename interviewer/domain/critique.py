"""The critique of one exchange: verdicts, level, flags and the next probe in one document.

`critique --json`, the scorecard's questions and the page all show this shape.
"""

from datetime import date
from typing import Any

from pydantic import Field

from interviewer.domain.assessment import Assessment
from interviewer.domain.grade import CriterionGrade, QuestionGrade, grade_question
from interviewer.domain.impact import ImpactFinding
from interviewer.domain.principles import PrincipleShown, principles_shown
from interviewer.domain.question import Question
from interviewer.domain.rewrite import Rewrite
from interviewer.domain.rubric import Signal
from interviewer.domain.star import StarShape
from interviewer.domain.usage import Fallback, Usage
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met, Quote

MAY_BE_GAMED = (
    "Low confidence: parts of this look written for the grader; the reasons are named below."
)
"""Shown where `may_be_gamed`; the hygiene findings are the reasons."""


class PointCritique(Value):
    """One point judged. `answers[answer][start:end] == quote` wherever there is a quote."""

    id: str
    statement: str
    signal: Signal
    weight: int
    met: Met | None
    quote: str | None
    answer: int | None = Field(description="Which answer of the exchange the quote is from.")
    start: int | None
    end: int | None
    observed: str | None = Field(
        default=None, description="What was measured, where running code is the evidence."
    )
    why: str
    probed: bool
    confidence: float
    citations: tuple[str, ...]


class CriterionCritique(Value):
    """A criterion's level, None when not assessed."""

    id: str
    signal: Signal
    level: int | None
    coverage: float | None


class FlagCritique(Value):
    """A red flag and the words that raised it."""

    id: str
    statement: str
    quote: str
    answer: int
    start: int
    end: int


class CurrencyCritique(Value):
    """A superseded rule that was cited."""

    cited: str
    status: str
    superseded_by: str | None
    on: date
    acknowledged: bool
    quote: str
    answer: int
    start: int
    end: int
    citation: str


class HygieneCritique(Value):
    """Something wrong with an answer as an answer."""

    kind: str
    why: str


class NextProbe(Value):
    """What the persona would ask next."""

    point: str | None
    text: str
    reason: str


class Critique(Value):
    """Everything found in the answers to one question, and what it comes to."""

    question: str
    text: str
    engine: str
    model: str | None
    overall: int | None
    score: float | None
    signals: dict[Signal, float | None]
    criteria: tuple[CriterionCritique, ...]
    points: tuple[PointCritique, ...]
    red_flags: tuple[FlagCritique, ...]
    currency: tuple[CurrencyCritique, ...]
    star: StarShape | None = Field(
        default=None, description="Of the first answer, where the question asks for a story."
    )
    impact: tuple[ImpactFinding, ...] = Field(
        default=(), description="What the first answer's result has and lacks; likewise."
    )
    principles: tuple[PrincipleShown, ...] = Field(
        default=(), description="Business Principles that the story is evidence of; no level."
    )
    hygiene: tuple[HygieneCritique, ...]
    rewrite: Rewrite | None = None
    next_probe: NextProbe | None = None
    confidence: float
    may_be_gamed: bool
    note: str | None = None
    fallback: Fallback | None = None
    usage: Usage
    answers: tuple[str, ...]


def critique(
    question: Question,
    assessment: Assessment,
    answers: tuple[str, ...],
    next_probe: NextProbe | None = None,
    *,
    star: StarShape | None = None,
    impact: tuple[ImpactFinding, ...] = (),
) -> tuple[Critique, QuestionGrade]:
    """Puts findings and their grade into one document."""
    grade = grade_question(question, assessment)
    statements = {flag.id: flag.statement for flag in question.red_flags}
    return (
        Critique(
            question=question.id,
            text=question.text,
            engine=assessment.engine,
            model=assessment.model,
            overall=grade.overall,
            score=None if grade.score is None else round(grade.score, 2),
            signals={s: None if v is None else round(v, 2) for s, v in grade.signals.items()},
            criteria=tuple(_criterion(c) for c in grade.criteria),
            points=_points(question, assessment),
            red_flags=tuple(
                FlagCritique(
                    id=flag.id, statement=statements.get(flag.id, flag.id), **_place(flag.quote)
                )
                for flag in assessment.red_flags
            ),
            currency=tuple(
                CurrencyCritique(
                    **flag.model_dump(include=set(_CURRENCY_FIELDS)), **_place(flag.quote)
                )
                for flag in assessment.currency
            ),
            hygiene=tuple(
                HygieneCritique(kind=flag.kind.value, why=flag.why) for flag in assessment.hygiene
            ),
            star=star,
            impact=impact,
            principles=principles_shown(question, assessment, answers),
            next_probe=next_probe,
            confidence=round(assessment.confidence, 2),
            may_be_gamed=assessment.may_be_gamed,
            note=question.note,
            fallback=assessment.fallback,
            usage=assessment.usage,
            answers=answers,
        ),
        grade,
    )


_CURRENCY_FIELDS = ("cited", "status", "superseded_by", "on", "acknowledged", "citation")


def _criterion(grade: CriterionGrade) -> CriterionCritique:
    covered = None if grade.coverage is None else round(grade.coverage, 3)
    return CriterionCritique(id=grade.id, signal=grade.signal, level=grade.level, coverage=covered)


def _points(question: Question, assessment: Assessment) -> tuple[PointCritique, ...]:
    found = []
    for point in question.points:
        verdict = assessment.verdict(point.id)
        place = _place(verdict.quote if verdict else None)
        found.append(
            PointCritique(
                id=point.id,
                statement=point.statement,
                signal=point.signal,
                weight=point.weight,
                met=verdict.met if verdict else None,
                observed=verdict.observed if verdict else None,
                why=verdict.why if verdict else "Not assessed.",
                probed=verdict.probed if verdict else False,
                confidence=round(verdict.confidence, 2) if verdict else 0.0,
                citations=verdict.citations if verdict else point.passages,
                **place,
            )
        )
    return tuple(found)


def _place(quote: Quote | None) -> dict[str, Any]:
    if quote is None:
        return {"quote": None, "answer": None, "start": None, "end": None}
    return {"quote": quote.text, "answer": quote.answer, "start": quote.start, "end": quote.end}
