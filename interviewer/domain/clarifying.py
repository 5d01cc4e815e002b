"""The clarify stage of a case: the candidate asks, the panel answers what was asked and no more.

It is limited by the question's minutes, not by its follow-ups. Nothing here names a fact that the
candidate did not ask for.
"""

from datetime import datetime

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.case import Case, Enquiry, Fact, HiddenFact, Stage
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Inform
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.domain.timing import active_time
from interviewer.domain.verdict import Met, Verdict

MOST_ENQUIRIES = 20
"""Turns in which the panel answers, at most: whatever the clock says, the stage ends."""

_ASKED_AWRY = (Hygiene.OFF_TOPIC, Hygiene.ECHO, Hygiene.DONT_KNOW)
"""What a question may look like to one who expects an answer."""


def is_clarifying(interview: Interview, current: Exchange) -> bool:
    """Whether the candidate is to ask rather than to answer."""
    return interview.started.case is not None and current.question.stage is Stage.CLARIFY


def inform(interview: Interview, current: Exchange, reading: Assessment) -> Inform | None:
    """Answers the questions of the last answer; None if there were none, or only noise."""
    case = interview.started.case
    if case is None or current.question.stage is not Stage.CLARIFY:
        return None
    last = len(current.answers) - 1
    asked = [enquiry for enquiry in reading.enquiries if enquiry.quote.answer == last]
    if not asked:
        return None
    pending = _pending(case, asked, _told_since(current))
    if not pending:
        junk = reading.junk_in(last)
        return None if junk is not None and junk.kind not in _ASKED_AWRY else _nothing(asked[0])
    who = pending[0][1].persona
    told = [(enquiry, fact) for enquiry, fact in pending if fact.persona == who]
    return Inform(
        facts=tuple(Fact(id=f.id, text=f.text, quote=e.quote) for e, f in told),
        persona=who,
        quote=told[0][0].quote,
        more=len(told) < len(pending),
        reason="You asked for it.",
    )


def has_asked_enough(current: Exchange, now: datetime) -> bool:
    """Whether the minutes for questions are used up."""
    informs = sum(move.kind == "inform" for move in current.moves)
    moments = (*(turn.at for turn in current.turns), now)
    used = active_time(moments).total_seconds() / 60
    return informs >= MOST_ENQUIRIES or used > current.question.minutes


def may_be_probed(point: Point, told: tuple[str, ...]) -> bool:
    """Whether a probe at the point would give no hidden fact away."""
    return point.asks_for is None and (point.needs_fact is None or point.needs_fact in told)


def with_facts_asked(question: Question, found: Assessment, exchange: Exchange) -> Assessment:
    """Findings in which the points about asking are judged by what was told, not by words."""
    if all(point.asks_for is None for point in question.points):
        return found
    told = {
        fact.id: fact
        for move in exchange.moves
        if isinstance(move, Inform)
        for fact in move.facts
        if fact.quote is not None
    }
    verdicts = []
    for verdict in found.verdicts:
        point = next((p for p in question.points if p.id == verdict.point), None)
        if point is None or point.asks_for is None or verdict.met is None:
            verdicts.append(verdict)
        else:
            verdicts.append(_on_asking(point, told.get(point.asks_for)))
    return found.model_copy(update={"verdicts": tuple(verdicts)})


def _on_asking(point: Point, fact: Fact | None) -> Verdict:
    if fact is None:
        why = "You did not ask for it."
        return Verdict(point=point.id, met=Met.NO, why=why, citations=point.passages)
    return Verdict(
        point=point.id,
        met=Met.YES,
        quote=fact.quote,
        why="You asked, and were told.",
        citations=point.passages,
    )


def _pending(case: Case, asked: list[Enquiry], told: set[str]) -> list[tuple[Enquiry, HiddenFact]]:
    pending: dict[str, tuple[Enquiry, HiddenFact]] = {}
    for enquiry in asked:
        fact = case.fact(enquiry.fact) if enquiry.fact else None
        if fact is not None and fact.id not in told:
            pending.setdefault(fact.id, (enquiry, fact))
    return list(pending.values())


def _told_since(current: Exchange) -> set[str]:
    """Facts told after the candidate's last words."""
    told: set[str] = set()
    for turn in reversed(current.turns):
        if turn.speaker == "candidate":
            break
        if isinstance(turn.move, Inform):
            told |= {fact.id for fact in turn.move.facts}
    return told


def _nothing(enquiry: Enquiry) -> Inform:
    return Inform(
        quote=enquiry.quote, reason="What you asked is not among the facts that the panel has."
    )
