"""A rewrite: the candidate's own sentences put in an order, with gaps where something is missing.

The frame is STAR for a story and 4-P for anything else. Nothing is added but gaps in brackets: a
figure the candidate did not give stays a gap.

Source: star-method#parts; 4-P (problem, provenance, performance, policy) is one interview-preparation
vendor's mnemonic (vendor-mnemonics in knowledge/), and is shown under that label.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import Field

from interviewer.domain.assessment import Assessment
from interviewer.domain.gaps import GAP, gap
from interviewer.domain.impact import ImpactFinding, ImpactPart
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point, Signal
from interviewer.domain.star import Sentence, StarShape
from interviewer.domain.star_cues import Part
from interviewer.domain.usage import PromptRef
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met

MOST_GAPS = 3
"""Points named as missing in one part, heaviest first; more would be a list and no advice."""
VENDOR_NOTE = "4-P is one interview-preparation vendor's mnemonic, not a bank's."


class RewrittenPart(Value):
    """One part of the frame."""

    name: str
    asks: str = Field(description="What belongs here.")
    text: str = Field(description="The candidate's words; empty if they said nothing of it.")
    gaps: tuple[str, ...] = Field(default=(), description="What is still to say, in brackets.")


class Rewrite(Value):
    """A stronger order for the same answer."""

    frame: Literal["STAR", "4-P"]
    engine: str = Field(description="`offline`: own sentences, placed; `model`: a draft, checked.")
    note: str
    parts: tuple[RewrittenPart, ...]
    left_out: tuple[str, ...] = Field(
        default=(), description="Sentences that belong to no part: keep them or cut them."
    )
    prompt: PromptRef | None = None


class _P(Value):
    """One P and the criteria whose points belong to it."""

    name: str
    asks: str
    criteria: frozenset[str]
    signal: Signal | None = None
    """Where a criterion is named nowhere, its signal decides."""


_FOUR_P = (
    _P(
        name="Problem",
        asks="Whose pain it is, what it costs, and what would be different.",
        criteria=frozenset(
            {
                "business-impact",
                "decision-quality",
                "product-judgement",
                "business-knowledge",
                "motivation",
            }
        ),
        signal=Signal.IMPACT,
    ),
    _P(
        name="Provenance",
        asks="Where the data comes from, who may use it, and what is wrong with it.",
        criteria=frozenset({"data-judgement", "third-party"}),
    ),
    _P(
        name="Performance",
        asks="Which measure, against which threshold, and how it is watched.",
        criteria=frozenset(
            {"model-evaluation", "monitoring", "ml-reasoning", "reliability", "system-architecture"}
        ),
    ),
    _P(
        name="Policy",
        asks="Which rule binds, who approves, who may stop it, and what is on file.",
        criteria=frozenset(),
        signal=Signal.RISK,
    ),
)
_STAR_ASKS = {
    Part.SITUATION: "Where and when, and why it mattered, in two sentences.",
    Part.TASK: "What was yours to achieve.",
    Part.ACTION: "What you decided and did, and what you decided against.",
    Part.RESULT: "What changed, compared with what, and what you do since.",
}
_IMPACT_GAPS = {
    ImpactPart.AMOUNT: (Part.RESULT, GAP),
    ImpactPart.BASELINE: (Part.RESULT, "[compared with what]"),
    ImpactPart.TIME_FRAME: (Part.RESULT, "[over what time]"),
    ImpactPart.OWN_PART: (Part.ACTION, "[what you yourself decided]"),
    ImpactPart.RISK_CONTROL: (Part.ACTION, "[what kept the risk in hand]"),
}
_POINT_PART = {Signal.RISK: Part.ACTION, Signal.IMPACT: Part.RESULT, Signal.LEADERSHIP: Part.ACTION}


def scaffold(
    question: Question,
    assessment: Assessment,
    answer: str,
    sentences: Sequence[Sentence],
    star: StarShape | None,
    impact: Sequence[ImpactFinding],
) -> Rewrite | None:
    """Places the candidate's sentences; None where the words are no answer, or could not be assessed.

    Args:
        question: With its rubric.
        assessment: Of this answer alone.
        answer: As it was given.
        sentences: Where its sentences stand.
        star: Its shape, if it is a story: then the frame is STAR.
        impact: What its result has and lacks, likewise.
    """
    if (
        assessment.junk_in(0)
        or not sentences
        or all(verdict.met is None for verdict in assessment.verdicts)
    ):
        return None
    missing = _missing(question, assessment)
    if star is not None:
        return _as_star(answer, star, impact, missing)
    return _as_four_p(question, assessment, answer, sentences, missing)


def _missing(question: Question, assessment: Assessment) -> list[Point]:
    """Points not made, heaviest first."""
    return sorted(
        (p for p in question.points if assessment.met(p.id) in (Met.NO, Met.PARTLY)),
        key=lambda point: (-point.weight, assessment.met(point.id) is Met.PARTLY),
    )


def _as_star(
    answer: str, star: StarShape, impact: Sequence[ImpactFinding], missing: Iterable[Point]
) -> Rewrite:
    said: dict[Part, list[str]] = {part: [] for part in Part}
    for segment in star.segments:
        said[segment.part].append(answer[segment.start : segment.end])
    gaps: dict[Part, list[str]] = {part: [] for part in Part}
    for finding in impact:
        if finding.quote is None:
            part, open_gap = _IMPACT_GAPS[finding.part]
            gaps[part].append(open_gap)
    for point in missing:
        gaps[_POINT_PART[point.signal]].append(gap(point))
    return Rewrite(
        frame="STAR",
        engine="offline",
        note="Your own sentences, divided by cue words; move what stands in the wrong part.",
        parts=tuple(
            _part(
                part.value.capitalize(),
                _STAR_ASKS[part],
                said[part],
                gaps[part][: MOST_GAPS + 2],
            )
            for part in Part
        ),
    )


def _as_four_p(
    question: Question,
    assessment: Assessment,
    answer: str,
    sentences: Sequence[Sentence],
    missing: Iterable[Point],
) -> Rewrite:
    places: dict[Sentence, int] = {}
    for point in sorted(question.points, key=lambda point: -point.weight):
        verdict = assessment.verdict(point.id)
        if verdict is None or verdict.quote is None:
            continue
        for sentence in sentences:
            if sentence[0] < verdict.quote.end and verdict.quote.start < sentence[1]:
                places.setdefault(sentence, _p_of(point))
    gaps: list[list[str]] = [[] for _ in _FOUR_P]
    for point in missing:
        gaps[_p_of(point)].append(gap(point))
    return Rewrite(
        frame="4-P",
        engine="offline",
        note=f"Your own sentences, placed by the points they make. {VENDOR_NOTE}",
        parts=tuple(
            _part(
                p.name,
                p.asks,
                [answer[s:e] for s, e in sentences if places.get((s, e)) == number],
                gaps[number][:MOST_GAPS],
            )
            for number, p in enumerate(_FOUR_P)
        ),
        left_out=tuple(answer[s:e] for s, e in sentences if (s, e) not in places),
    )


def _part(name: str, asks: str, said: Sequence[str], gaps: Sequence[str]) -> RewrittenPart:
    nothing = () if said or gaps else ("[nothing said of this yet]",)
    return RewrittenPart(name=name, asks=asks, text="\n".join(said), gaps=(*gaps, *nothing))


def _p_of(point: Point) -> int:
    for number, p in enumerate(_FOUR_P):
        if point.criterion in p.criteria:
            return number
    for number, p in enumerate(_FOUR_P):
        if p.signal is point.signal:
            return number
    return len(_FOUR_P) - 1
