"""What an artefact shows: which points of the rubric it makes, and which of its findings come first.

A point may name `checks`, kinds of findings that speak against it. The artefact is evidence for that
point then, beside the words: with such a finding on a board or page the words make it partly at most,
unless they mended it when asked; without one the artefact earns what the author says. An artefact counts only where what
was said or written in it speaks to the question, so that a form in good order about nothing earns
nothing.
"""

from collections.abc import Iterator

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.exchange import Exchange
from interviewer.domain.grade import LEVEL_FLOORS, coverage
from interviewer.domain.handed import ArtefactObservation, Handed
from interviewer.domain.moves import Examine
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import Met, Verdict

LEAST_ROWS = {"matrix": 3, "register": 3, "rav": 3, "go-to-market": 2, "sketch": 4}
"""Rows, or components, from which the absence of findings says something; with fewer a clean
artefact earns a partly at most (our own convention)."""

LEAST_COVERAGE = LEVEL_FLOORS[0]
"""Coverage by words, those in the artefact among them, from which its good order earns anything. The
names of columns alone come to .06 on the panel's register."""

_GAMED = (
    Hygiene.INSTRUCTIONS,
    Hygiene.STUFFING,
    Hygiene.COPIED,
    Hygiene.DISORDERED,
    Hygiene.DENIED,
)
_RANK = {Met.NO: 0, Met.PARTLY: 1, Met.YES: 2}


def observations(exchange: Exchange) -> tuple[ArtefactObservation, ...]:
    """What there is to ask about the artefact, one a kind, what the rubric weighs most first."""
    handed = exchange.artefact
    if handed is None:
        return ()
    weights = {
        finding.kind: _weight(exchange, finding.kind, finding.criterion)
        for finding in handed.findings
    }
    first = {finding.kind: finding for finding in reversed(handed.findings)}
    order = list(dict.fromkeys(finding.kind for finding in handed.findings))
    return tuple(
        ArtefactObservation(
            artefact=handed.kind,
            kind=kind,
            text=first[kind].sentence,
            ask=first[kind].probe,
            row=first[kind].row,
        )
        for kind in sorted(order, key=lambda kind: weights[kind], reverse=True)
    )


def _weight(exchange: Exchange, kind: str, criterion: str) -> tuple[int, int]:
    """By the heaviest point that names the kind, then by the heaviest of its criterion."""
    points = exchange.question.points
    named = max((p.weight for p in points if kind in p.checks), default=0)
    return named, max((p.weight for p in points if p.criterion == criterion), default=0)


def with_artefact(found: Assessment, exchange: Exchange) -> Assessment:
    """Findings on an exchange with what its artefact shows; applied twice it changes nothing more."""
    handed = exchange.artefact
    if handed is None:
        return found
    found = _without_noise(found, exchange)
    covered = coverage(exchange.question.points, {v.point: v for v in found.verdicts})
    speaks = (covered or 0.0) >= LEAST_COVERAGE
    points = {point.id: point for point in exchange.question.points if point.checks}
    verdicts = tuple(
        _shown(points[verdict.point], verdict, handed, exchange, speaks=speaks)
        if verdict.point in points
        else verdict
        for verdict in found.verdicts
    )
    # The chance of a gap was told from words alone.
    judged = {new.point for new, old in zip(verdicts, found.verdicts, strict=True) if new != old}
    gaps = found.gaps and {p: chance for p, chance in found.gaps.items() if p not in judged}
    return found.model_copy(update={"verdicts": verdicts, "gaps": gaps})


def _shown(
    point: Point, verdict: Verdict, handed: Handed, exchange: Exchange, *, speaks: bool
) -> Verdict:
    against = [finding for finding in handed.findings if finding.kind in point.checks]
    was_asked = any(kind in point.checks for kind in examined(exchange))
    if against:
        said = against[0].sentence
        # Of a sketch only names are known: what is missing there is a question and never a verdict.
        if verdict.met is not Met.YES or handed.kind == "sketch":
            return verdict.model_copy(update={"observed": said})
        if was_asked:
            return verdict.model_copy(update={"probed": True})
        return verdict.model_copy(update={"met": Met.PARTLY, "observed": said, "why": said})
    earned = Met.PARTLY if _is_short(handed) else Met(point.if_clean)
    if not speaks or (verdict.met is not None and _RANK[verdict.met] >= _RANK[earned]):
        return verdict
    size = handed.found.size if handed.found else ""
    said = f"{handed.title}, {size}: none of the checks behind this point stops at anything in it."
    return verdict.model_copy(
        update={"met": earned, "observed": said, "why": said, "probed": was_asked}
    )


def examined(exchange: Exchange) -> frozenset[str]:
    """Kinds of findings that were asked about."""
    return frozenset(
        move.observation.kind
        for move in exchange.moves
        if isinstance(move, Examine) and isinstance(move.observation, ArtefactObservation)
    )


def _is_short(handed: Handed) -> bool:
    rows = handed.found.rows if handed.found else 0
    return rows < LEAST_ROWS.get(handed.kind, 1)


def _without_noise(found: Assessment, exchange: Exchange) -> Assessment:
    """Without what is only true of speech: a cell is terse, claims nothing, and is not quoted back."""
    table = frozenset(silent_answers(exchange))
    hygiene = tuple(
        flag
        for flag in found.hygiene
        if flag.answer not in table or flag.kind is Hygiene.INSTRUCTIONS
    )
    return found.model_copy(
        update={
            "hygiene": hygiene,
            "claims": tuple(c for c in found.claims if c.quote.answer not in table),
            "checkable": tuple(c for c in found.checkable if c.quote.answer not in table),
            "contradictions": tuple(
                c for c in found.contradictions if c.later.quote.answer not in table
            ),
            "anchors": {p: q for p, q in found.anchors.items() if q.answer not in table},
            "may_be_gamed": found.may_be_gamed
            and (len(hygiene) == len(found.hygiene) or any(f.kind in _GAMED for f in hygiene)),
        }
    )


def silent_answers(exchange: Exchange) -> Iterator[int]:
    """Places among the answers of what was handed in and lies on the table."""
    said = (t for t in exchange.turns if t.speaker == "candidate" and not t.passed)
    return (place for place, turn in enumerate(said) if turn.is_silent)
