"""Follow-ups that aim at what was said rather than at a point: each returns a move or None.

`next_move` puts them in order and keeps the question's budget. Probes, which aim at the rubric,
stand there too.
"""

from collections.abc import Collection

from interviewer.domain.assessment import Assessment
from interviewer.domain.claims import RememberedClaim
from interviewer.domain.clarifying import is_clarifying
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Challenge, Curveball, Interrupt, Press, Recall
from interviewer.domain.panel import floor_of

RESULT = ("a number", "a baseline")
"""Without these a claimed result says nothing: pressed for before expected points are probed."""

ACCOUNT = ("an owner", "a time frame")
"""Without these it says little: pressed for once the expected points were asked about."""

MOST_RECALLS = 2
"""Claims of earlier rounds that one round tests."""

MOST_CONTRADICTIONS = 2
"""Contradictions put to the candidate in one round: after that it is an interrogation."""


def interrupt(interview: Interview, reading: Assessment) -> Interrupt | None:
    """Cuts in on a list without a constraint, where the persona is one who does."""
    found = reading.feature_list
    if found is None or not _may_interrupt(interview):
        return None
    trigger = f"a list of {found.items} things and no constraint"
    return Interrupt(
        trigger=trigger,
        quote=found.quote,
        reason=f"You were giving {trigger}, customer or limit; this interviewer cuts in on that "
        "once a round.",
    )


def may_be_cut_off(interview: Interview) -> bool:
    """Whether the candidate, who is still typing, may be cut off at all."""
    current = interview.current
    if current is None or not interview.awaits_candidate or is_clarifying(interview, current):
        return False
    has_budget = current.follow_ups_used < current.question.follow_ups
    return has_budget and _may_interrupt(interview)


def _may_interrupt(interview: Interview) -> bool:
    floor = floor_of(interview)
    may = any(member.id == floor and member.interrupts for member in interview.started.panel)
    return may and not any(move.kind == "interrupt" for move in interview.moves)


def challenge(interview: Interview, current: Exchange, reading: Assessment) -> Challenge | None:
    """Questions an outdated rule, or else two claims that disagree."""
    return _outdated(current, reading) or _contradicted(interview, current, reading)


def _outdated(current: Exchange, reading: Assessment) -> Challenge | None:
    if current.question.about_history or any(_is_about_a_rule(m) for m in current.moves):
        return None
    for flag in reading.currency:
        if not flag.acknowledged:
            return Challenge(
                flag=flag,
                reason=f"{flag.cited} was cited as if it were in force; it is {flag.status} "
                f"since {flag.on.isoformat()}.",
            )
    return None


def _is_about_a_rule(move: object) -> bool:
    return isinstance(move, Challenge) and move.flag is not None


def _contradicted(interview: Interview, current: Exchange, reading: Assessment) -> Challenge | None:
    put = [m for m in interview.moves if isinstance(m, Challenge) and m.contradiction is not None]
    if len(put) >= MOST_CONTRADICTIONS or any(m in put for m in current.moves):
        return None
    known = {m.contradiction.earlier.quote.text for m in put if m.contradiction}
    for found in reading.contradictions:
        if found.earlier.quote.text in known:
            continue
        where = f'in the round "{found.title}"' if found.title else "earlier in this round"
        return Challenge(
            contradiction=found,
            reason=f'{found.reason} You said "{found.later.quote.text}", and {where} '
            f'"{found.earlier.quote.text}".',
        )
    return None


def curveball(interview: Interview, current: Exchange) -> Curveball | None:
    """Throws in the change of facts that the seed chose for this question."""
    planned = next((q for q in interview.started.plan if q.id == current.question.id), None)
    if planned is None or planned.curveball is None:
        return None
    if any(move.kind == "curveball" for move in interview.moves):
        return None
    return Curveball(
        change=planned.curveball,
        reason="A change of facts, chosen for this round before it began: it shows what of a plan "
        "stands when the ground moves.",
    )


def press(current: Exchange, reading: Assessment, missing: Collection[str]) -> Press | None:
    """Asks for what a claimed result lacks, if it is one of the things named."""
    if any(move.kind == "press" for move in current.moves):
        return None
    claim = next((c for c in reading.claims if c.missing in missing), None)
    if claim is None:
        return None
    return Press(
        quote=claim.quote,
        missing=claim.missing,
        reason=f"A result was claimed without {claim.missing}.",
    )


def recall(
    interview: Interview, current: Exchange, candidates: Collection[RememberedClaim]
) -> Recall | None:
    """Tests the first of these claims of earlier rounds that was not tested yet."""
    made = [m for m in interview.moves if isinstance(m, Recall)]
    if len(made) >= MOST_RECALLS or any(m in made for m in current.moves):
        return None
    tested = {m.remembered.claim.quote.text for m in made}
    found = next((r for r in candidates if r.claim.quote.text not in tested), None)
    if found is None:
        return None
    return Recall(
        remembered=found,
        reason=f'You claimed this in the round "{found.title}"; a later interviewer tests it.',
    )
