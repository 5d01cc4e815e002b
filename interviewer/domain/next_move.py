"""The rules of a round: `next_move(interview, reading, now)` chooses what the interviewer does.

No model takes part. Every choice carries its reason, which the candidate reads after the round.
The rules, in order: junk is brought back, not followed up; an outdated rule is challenged; the
heaviest missing point is probed; a bare claim is pressed; a strong answer is pushed further; and
the budget of the question or the clock ends it.
"""

from datetime import datetime, timedelta

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.grade import LEVEL_FLOORS, coverage
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Ask, Challenge, Move, Press, Probe, Redirect, Wrap
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import Met

MOST_REDIRECTS = 2
"""After so many attempts to bring a candidate back, the question is closed as it stands."""

STRONG_COVERAGE = LEVEL_FLOORS[-1]
"""From here an answer is pushed further rather than probed for small gaps."""

GOOD_COVERAGE = 0.45
"""Likewise where the engine gives chances of what is missing: half way through level 3."""

LIKELY_GAP, POSSIBLE_GAP = 0.88, 0.50
"""Chances from which a point is asked for: at once, and once a good answer was pushed further. Chosen on
the calibration half so that nine full answers in ten are not asked for what they said."""

SHORT_OF_TIME = timedelta(minutes=8)
"""With less than this left, the persona says so when asking the next question."""

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
    if interview.end_requested:
        return Wrap(cause="candidate", reason="You asked to end the round.")
    current = interview.current
    if current is None:
        return _next_question(interview, now, "The round begins.")
    if current.turns[-1].passed:
        return _next_question(interview, now, "You passed on the last question.")
    if reading is None:
        return _next_question(interview, now, "The answer could not be read.")
    if _time_left(interview, now) <= timedelta():
        return Wrap(cause="time", reason=f"The {interview.started.minutes} minutes are used up.")
    return _redirect(interview, current, reading, now) or _follow_up(
        interview, current, reading, now
    )


def _redirect(
    interview: Interview, current: Exchange, reading: Assessment, now: datetime
) -> Move | None:
    junk = reading.junk_in(len(current.answers) - 1)
    if junk is None:
        return None
    redirects = sum(move.kind == "redirect" for move in current.moves)
    limit = 1 if junk.kind is Hygiene.DONT_KNOW else MOST_REDIRECTS
    if redirects < limit:
        return Redirect(hygiene=junk.kind, reason=_JUNK_REASONS[junk.kind])
    return _next_question(interview, now, "There was still no answer after being asked again.")


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
    gaps = _gaps(current, reading, covered)
    strong = covered >= (STRONG_COVERAGE if reading.gaps is None else GOOD_COVERAGE)
    decisive = _HEAVY + (reading.gaps is None)
    move = (
        _challenge(current, reading)
        or _probe([p for p in gaps if p.weight >= decisive], reading)
        or _press(current, reading)
        or _probe([p for p in gaps if p.weight >= _HEAVY], reading)
        or (_deepen(current, reading) if strong else None)
        or _probe(gaps, reading)
    )
    if move is not None:
        return move
    why = "Nothing was missing" if strong else "Every open point had been asked about"
    return _next_question(interview, now, f"{why}: no follow-up was needed.")


def _gaps(current: Exchange, reading: Assessment, covered: float) -> list[Point]:
    """Points not yet probed that lack something, the one to ask for first.

    By the verdicts that is the heaviest, a plain no before a partly; where the engine gives chances,
    the likeliest. A good answer is pushed further before a mere possibility is asked for.
    """
    asked = current.probed
    if (chances := reading.gaps) is not None:
        pushed = any(m.kind == "probe" and m.deepen for m in current.moves)
        least = LIKELY_GAP if covered >= GOOD_COVERAGE and not pushed else POSSIBLE_GAP
        likely = [
            point
            for point in current.question.points
            if point.id not in asked and chances.get(point.id, 0.0) >= least
        ]
        return sorted(likely, key=lambda p: -chances[p.id])
    open_points = [
        point
        for point in current.question.points
        if point.id not in asked and reading.met(point.id) in (Met.NO, Met.PARTLY)
    ]
    return sorted(open_points, key=lambda p: (-p.weight, reading.met(p.id) is Met.PARTLY))


def _probe(gaps: list[Point], reading: Assessment) -> Probe | None:
    if not gaps:
        return None
    point = gaps[0]
    part = _LACKS.get(reading.met(point.id) or Met.NO, "still missing")
    first = "The weightiest point" if reading.gaps is None else "The point most likely"
    return Probe(
        point=point.id,
        quote=reading.anchors.get(point.id),
        reason=f"{first} {part}: {point.statement}",
    )


_LACKS = {Met.PARTLY: "only partly made", Met.YES: "less clearly made than the others"}


def _challenge(current: Exchange, reading: Assessment) -> Challenge | None:
    if current.question.about_history or any(m.kind == "challenge" for m in current.moves):
        return None
    for flag in reading.currency:
        if not flag.acknowledged:
            return Challenge(
                flag=flag,
                reason=f"{flag.cited} was cited as if it were in force; it is {flag.status} "
                f"since {flag.on.isoformat()}.",
            )
    return None


def _press(current: Exchange, reading: Assessment) -> Press | None:
    if not reading.claims or any(m.kind == "press" for m in current.moves):
        return None
    claim = reading.claims[0]
    return Press(
        quote=claim.quote,
        missing=claim.missing,
        reason=f"A result was claimed without {claim.missing}.",
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


def _next_question(interview: Interview, now: datetime, reason: str) -> Move:
    remaining = interview.remaining
    if not remaining:
        return Wrap(cause="all-asked", reason=f"{reason} All planned questions were asked.")
    left = _time_left(interview, now)
    if interview.exchanges and left < LEAST_FOR_A_QUESTION:
        return Wrap(cause="time", reason=f"{reason} Too little time was left for another question.")
    short = bool(interview.exchanges) and left < SHORT_OF_TIME
    return Ask(
        question=remaining[0].id,
        last=len(remaining) == 1,
        minutes_left=max(1, int(left.total_seconds() // 60)) if short else None,
        reason=reason,
    )


def _time_left(interview: Interview, now: datetime) -> timedelta:
    return timedelta(minutes=interview.started.minutes) - interview.time_used(now)
