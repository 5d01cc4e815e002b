"""Rubrics: criteria, the observable points that belong to them, and red flags.

A rubric says what to look for. It does not say how an answer was judged (`verdict`) nor what the
judgement is worth (`grade`).
"""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from interviewer.domain.value import Value

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Lower-case words joined by hyphens; used in file names, URLs and logs."""

PassageId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+#[a-z0-9-]+$")]
"""A citation: `source#section`."""

Line = Annotated[str, StringConstraints(min_length=3, max_length=600, strip_whitespace=True)]
"""One authored sentence or two."""


AUTHORED_LEAST = {"counts": 2, "partly": 1, "does_not_count": 1, "probes": 2, "passages": 1}
"""How many entries of each an author owes a point of the bank. A candidate's own question may have
fewer: nobody can be made to write rubrics, and no passage is cited that was not checked."""


def _owed(field: str) -> dict[str, Any]:
    """For the schema that editors check seed files with."""
    return {"minItems": AUTHORED_LEAST[field]}


class Signal(StrEnum):
    """What a criterion tells the committee (the R-I-L matrix is the source article's own)."""

    RISK = "risk"
    IMPACT = "impact"
    LEADERSHIP = "leadership"


class Criterion(Value):
    """A group of points that is given a level from 1 to 5."""

    id: Slug
    title: Line
    signal: Signal
    description: Line = Field(description="What a good candidate shows here, in one sentence.")


class Point(Value):
    """One observable statement about an answer, judged yes, partly or no."""

    id: Slug
    statement: Line = Field(description="What the candidate does, observable in the words.")
    criterion: Slug
    signal: Signal
    weight: int = Field(ge=1, le=3, description="1 good to have, 2 expected, 3 decisive.")
    counts: tuple[Line, ...] = Field(
        min_length=1,
        max_length=6,
        description="Ways of saying it that earn a yes.",
        json_schema_extra=_owed("counts"),
    )
    partly: tuple[Line, ...] = Field(
        max_length=4, description="What earns a partly.", json_schema_extra=_owed("partly")
    )
    does_not_count: tuple[Line, ...] = Field(
        max_length=4,
        description="What sounds like it and earns a no.",
        json_schema_extra=_owed("does_not_count"),
    )
    key_terms: tuple[
        tuple[Annotated[str, StringConstraints(min_length=2, max_length=60)], ...], ...
    ] = Field(
        min_length=1,
        max_length=5,
        description="Groups of interchangeable terms; an answer that makes the point usually "
        "touches every group.",
    )
    probes: tuple[Line, ...] = Field(
        min_length=1,
        max_length=4,
        description="Follow-ups in the persona's voice; never the answer.",
        json_schema_extra=_owed("probes"),
    )
    deepen: tuple[Line, ...] = Field(
        default=(),
        max_length=3,
        description="Harder follow-ups for a candidate who made the point.",
    )
    passages: tuple[PassageId, ...] = Field(
        max_length=4,
        description="What supports the point.",
        json_schema_extra=_owed("passages"),
    )
    persona: Slug | None = Field(
        default=None,
        description="In a panel: whose concern the point is, and who therefore probes it; "
        "otherwise whoever has the floor.",
    )
    asks_for: Slug | None = Field(
        default=None,
        description="In the clarify stage of a case: the hidden fact that is asked for. The point "
        "is made by asking for it, and by nothing else.",
    )
    needs_fact: Slug | None = Field(
        default=None,
        description="In a later stage of a case: a hidden fact that the point rests on. It is "
        "probed only if that fact was told, since a probe would give the fact away.",
    )
    checks: tuple[Slug, ...] = Field(
        default=(),
        max_length=8,
        description="Kinds of findings on the question's artefact that speak against the point. "
        "With one of them, words alone make it partly at most.",
    )
    if_clean: Literal["yes", "partly"] = Field(
        default="yes",
        description="What an artefact earns at which none of the `checks` stops.",
    )
    measured: Literal["tests", "growth", "result", "work"] | None = Field(
        default=None,
        description="Judged by running the code or the query; the product adds these points to a "
        "question that names a problem.",
    )


class RedFlag(Value):
    """A statement that a risk officer could not let stand."""

    id: Slug
    statement: Line
    counts: tuple[Line, ...] = Field(min_length=1, max_length=5, description="How it sounds.")
    key_terms: tuple[
        tuple[Annotated[str, StringConstraints(min_length=2, max_length=60)], ...], ...
    ] = Field(min_length=1, max_length=5)
    cap: int | None = Field(
        default=None,
        ge=1,
        le=4,
        description="The level the question cannot exceed; none: minus one.",
    )
    passages: tuple[PassageId, ...] = ()
