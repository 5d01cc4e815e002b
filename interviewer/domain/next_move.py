"""The rules of a round: `next_move(interview, reading, now)` chooses what the interviewer does.

No model takes part. Every choice carries its reason, which the candidate reads after the round.
The rules, in order: a candidate who asks for facts of a case is answered; junk is brought back, not
followed up; a list without a constraint is cut off; what was observed in code or in an artefact is asked about; an
outdated rule or a contradiction is challenged; a planned change of facts is thrown in; the heaviest missing point is probed; a claim of
an earlier round is tested; a bare claim is pressed; a strong answer is pushed further; and the
budget of the question or the clock ends it. Who of a panel speaks is decided last (`panel`).
"""

from datetime import datetime, timedelta

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.clarifying import has_asked_enough, inform, is_clarifying, may_be_probed
from interviewer.domain.coaching import SHORT_OF_TIME, coached
from interviewer.domain.examining import examine, has_just_handed_in
from interviewer.domain.follow_ups import (
    ACCOUNT,
    RESULT,
    challenge,
    curveball,
    interrupt,
    press,
    recall,
)
from interviewer.domain.grade import LEVEL_FLOORS, coverage
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Ask, Move, Probe, Redirect, Wrap
from interviewer.domain.open_points import GOOD_COVERAGE, open_points, what_it_lacks
from interviewer.domain.panel import handed_over
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import Met

MOST_REDIRECTS = 2
"""After so many attempts to bring a candidate back, the question is closed as it stands."""

MOST_UNANSWERED = 3
"""After so many questions in a row without an answer to grade, passed or junk, the round ends."""

STRONG_COVERAGE = LEVEL_FLOORS[-1]
"""From here an answer is pushed further rather than probed for small gaps."""

LEAST_FOR_A_QUESTION = timedelta(minutes=2)
"""With less than this left, no further question is opened."""

_HEAVY = 2
"""A missing point of this weight or more is worth a probe even to a strong candidate."""


def next_move(interview: Interview, reading: Assessment | None, now: datetime) -> Move | None:
    """Chooses the next move; None while the candidate is to speak or the round is over.

    Args:
        interview: The state so far.
        reading: The instant reading of the current exchange, all answers so far; None where the
            candidate has not answered it yet.
        now: Aware time of the decision.
    """
    if interview.is_over or interview.awaits_candidate:
        return None
    move = handed_over(interview, _chosen(interview, reading, now))
    return coached(interview, move, now)


def _chosen(interview: Interview, reading: Assessment | None, now: datetime) -> Move:
    if interview.end_requested:
        return Wrap(cause="candidate", reason="You asked to end the round.")
    current = interview.current
    if current is None:
        return _next_question(interview, now, "The round begins.")
    if current.was_passed:
        reason = "You passed on the last question."
        if not current.was_declined:
            reason = "You had no further questions."
        return _next_question(interview, now, reason, unanswered=not current.answers)
    if reading is None:
        return _next_question(interview, now, "The answer could not be read.")
    if interview.time_left(now) <= timedelta():
        return Wrap(cause="time", reason=f"The {interview.started.minutes} minutes are used up.")
    return (
        _clarify(interview, current, reading, now)
        or _cut_in(interview, current, reading)
        or _redirect(interview, current, reading, now)
        or examine(current)
        or _follow_up(interview, current, reading, now)
    )


def _clarify(
    interview: Interview, current: Exchange, reading: Assessment, now: datetime
) -> Move | None:
    if not is_clarifying(interview, current):
        return None
    if has_asked_enough(current, now):
        return _next_question(interview, now, "The time for questions was used up.")
    answered = inform(interview, current, reading)
    has_asked = any(move.kind == "inform" for move in current.moves)
    if answered is not None or not has_asked:
        return answered
    if reading.junk_in(len(current.answers) - 1) is not None:
        return _next_question(interview, now, "You had no further questions.")
    return None


def _cut_in(interview: Interview, current: Exchange, reading: Assessment) -> Move | None:
    """An answer that was cut off is half an answer: whatever it looks like, it is no junk."""
    last = current.last_word
    has_budget = current.follow_ups_used < current.question.follow_ups
    cut_off = last is not None and last.cut_off
    return interrupt(interview, reading) if cut_off and has_budget else None


def _redirect(
    interview: Interview, current: Exchange, reading: Assessment, now: datetime
) -> Move | None:
    junk = reading.junk_in(len(current.answers) - 1)
    if junk is None or has_just_handed_in(current):
        return None
    redirects = sum(move.kind == "redirect" for move in current.moves)
    limit = 1 if junk.kind is Hygiene.DONT_KNOW else MOST_REDIRECTS
    if redirects < limit:
        return Redirect(hygiene=junk.kind, reason=_JUNK_REASONS[junk.kind])
    reason = "There was still no answer after being asked again."
    unanswered = all(reading.junk_in(i) for i in range(len(current.answers)))
    return _next_question(interview, now, reason, unanswered=unanswered)


_JUNK_REASONS = {
    Hygiene.EMPTY: "There was no answer to work with.",
    Hygiene.GIBBERISH: "The words did not make sentences.",
    Hygiene.ECHO: "The answer repeated the question.",
    Hygiene.DONT_KNOW: 'You said that you did not know; a "how I would find out" is worth more.',
    Hygiene.INSTRUCTIONS: "The answer addressed the grader instead of the question.",
    Hygiene.OFF_TOPIC: "The answer was about something else.",
}


def _follow_up(interview: Interview, current: Exchange, reading: Assessment, now: datetime) -> Move:
    question = current.question
    if current.follow_ups_used >= question.follow_ups:
        return _next_question(interview, now, "The follow-ups planned for the question are used.")
    covered = coverage(question.points, {v.point: v for v in reading.verdicts}) or 0.0
    gaps = [p for p in open_points(current, reading, covered) if may_be_probed(p, interview.told)]
    strong = covered >= (STRONG_COVERAGE if reading.gaps is None else GOOD_COVERAGE)
    decisive = _HEAVY + 1 if reading.gaps is None else _HEAVY
    move = (
        interrupt(interview, reading)
        or challenge(interview, current, reading)
        or curveball(interview, current)
        or _probe([p for p in gaps if p.weight >= decisive], reading)
        or recall(interview, current, reading.remembered)
        or press(current, reading, RESULT)
        or _probe([p for p in gaps if p.weight >= _HEAVY], reading)
        or press(current, reading, ACCOUNT)
        or (_deepen(current, reading) if strong else None)
        or _probe(gaps, reading)
        or recall(interview, current, interview.started.remembered)
    )
    if move is not None:
        return move
    why = "Nothing was missing" if strong else "Every open point had been asked about"
    return _next_question(interview, now, f"{why}: no follow-up was needed.")


def _probe(gaps: list[Point], reading: Assessment) -> Probe | None:
    if not gaps:
        return None
    point = gaps[0]
    return Probe(
        point=point.id,
        quote=reading.anchors.get(point.id),
        reason=f"{what_it_lacks(point, reading)}: {point.statement}",
    )


def _deepen(current: Exchange, reading: Assessment) -> Probe | None:
    if any(m.kind == "probe" and m.deepen for m in current.moves):
        return None
    made = [p for p in current.question.points if p.deepen and reading.met(p.id) is Met.YES]
    if not made:
        return None
    point = max(made, key=lambda p: p.weight)
    return Probe(
        point=point.id,
        deepen=True,
        quote=reading.anchors.get(point.id),
        reason=f"The answer was strong; pushed further on: {point.statement}",
    )


def _next_question(
    interview: Interview, now: datetime, reason: str, *, unanswered: bool = False
) -> Move:
    remaining = interview.remaining
    if not remaining:
        return Wrap(cause="all-asked", reason=f"{reason} All planned questions were asked.")
    if unanswered and _unanswered_before(interview) + 1 >= MOST_UNANSWERED:
        many = f"{MOST_UNANSWERED} questions in a row were left without an answer"
        return Wrap(cause="no-answers", reason=f"{reason} {many}: there was nothing to go on with.")
    left = interview.time_left(now)
    if interview.exchanges and left < LEAST_FOR_A_QUESTION:
        return Wrap(cause="time", reason=f"{reason} Too little time was left for another question.")
    short = bool(interview.exchanges) and left < SHORT_OF_TIME
    return Ask(
        question=remaining[0].id,
        last=len(remaining) == 1,
        minutes_left=max(1, int(left.total_seconds() // 60)) if short else None,
        unanswered=unanswered,
        reason=reason,
    )


def _unanswered_before(interview: Interview) -> int:
    """Questions just before the current one that were closed without an answer, in a row."""
    count = 0
    for exchange in reversed(interview.exchanges):
        ask = exchange.moves[0]
        if not (isinstance(ask, Ask) and ask.unanswered):
            break
        count += 1
    return count
