"""Remarks: what a member points at, always a verdict and, where there is one, the words behind it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pydantic import Field

from interviewer.domain.committee.marks import Mark
from interviewer.domain.committee.votes import Lens
from interviewer.domain.rubric import Point, Signal
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met, Verdict


class Remark(Value):
    """A point as the committee speaks of it."""

    round: str
    question: str
    point: str
    statement: str
    signal: Signal
    weight: int
    met: Met
    probed: bool = False
    quote: str | None = Field(
        default=None, description="Verbatim; for a no, the candidate's words nearest to the point."
    )
    red_flag: bool = Field(default=False, description="`point` and `statement` are a red flag's.")


def strongest(marks: Sequence[Mark], lens: Lens, most: int) -> tuple[Remark, ...]:
    """The points that count most for the candidate, at most one a question.

    A point made unasked comes before one that took a follow-up.
    """
    made = [remark for mark in marks for remark in _points(mark) if remark.met is Met.YES]
    return _first_of_each(made, lambda r: (_felt(r, lens), not r.probed), most)


def weakest(marks: Sequence[Mark], lens: Lens, most: int) -> tuple[Remark, ...]:
    """What counts most against: red flags first, then the heaviest points not made."""
    flags = [remark for mark in marks for remark in _flags(mark)]
    gaps = [remark for mark in marks for remark in _points(mark) if remark.met is not Met.YES]
    found = _first_of_each(gaps, lambda r: (_felt(r, lens), r.met is Met.NO, bool(r.quote)), most)
    return (*flags, *found)[:most]


def _felt(remark: Remark, lens: Lens) -> float:
    """How much a point matters to a member."""
    return remark.weight * lens.weighs[remark.signal]


def _first_of_each(
    remarks: Iterable[Remark], key: Callable[[Remark], Any], most: int
) -> tuple[Remark, ...]:
    chosen: dict[tuple[str, str], Remark] = {}
    # A stable sort: of equals the one heard first comes first.
    for remark in sorted(remarks, key=key, reverse=True):
        chosen.setdefault((remark.round, remark.question), remark)
    return tuple(chosen.values())[:most]


def _points(mark: Mark) -> Iterable[Remark]:
    for point in mark.question.points:
        verdict = mark.assessment.verdict(point.id)
        if verdict is not None and verdict.met is not None:
            yield _remark(mark, point, verdict, verdict.met)


def _remark(mark: Mark, point: Point, verdict: Verdict, met: Met) -> Remark:
    said = verdict.quote or mark.assessment.anchors.get(point.id)
    return Remark(
        round=mark.round,
        question=mark.question.id,
        point=point.id,
        statement=point.statement,
        signal=point.signal,
        weight=point.weight,
        met=met,
        probed=verdict.probed,
        quote=said.text if said else None,
    )


def _flags(mark: Mark) -> Iterable[Remark]:
    statements = {flag.id: flag.statement for flag in mark.question.red_flags}
    for flag in mark.assessment.red_flags:
        yield Remark(
            round=mark.round,
            question=mark.question.id,
            point=flag.id,
            statement=statements.get(flag.id, flag.id),
            signal=Signal.RISK,
            weight=3,
            met=Met.NO,
            quote=flag.quote.text,
            red_flag=True,
        )
