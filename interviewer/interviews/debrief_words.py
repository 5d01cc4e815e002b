"""The sentences of a debrief that every rendering of it shares."""

from collections.abc import Iterator, Sequence

from interviewer.domain.committee.decision import Decision
from interviewer.domain.committee.remarks import Remark
from interviewer.domain.committee.turning import MOST_CHANGES, Change, Turning
from interviewer.domain.scorecard import Gate
from interviewer.domain.verdict import Met
from interviewer.interviews.debrief import Debrief

HEADLINES = {
    Decision.HIRE: "hire",
    Decision.HOLD: "hold",
    Decision.NO_HIRE: "no hire",
    Decision.WITHHELD: "withheld",
}
STATES = {
    "over": "sat",
    "open": "not finished",
    "not-sat": "not sat",
    "gone": "no longer in the track",
}


def gate_words(gate: Gate) -> str:
    """One signal against its bar."""
    if gate.score is None:
        return "not assessed"
    verdict = "reached" if gate.passed else "below the bar"
    return f"{gate.score:.1f} (bar {gate.bar:.1f}): {verdict}"


def leaning_words(debrief: Debrief) -> str | None:
    """What a withheld decision leans to."""
    findings = debrief.findings
    if findings.decision is not Decision.WITHHELD or findings.leaning is None:
        return None
    return (
        f"What was sat so far would come to: {findings.leaning.spoken}. That is no decision; a "
        "round not sat is left out, never counted as a no."
    )


def where_of(debrief: Debrief, round_id: str, question: str) -> str:
    """Where something was said."""
    titles = {standing.round: standing.title for standing in debrief.findings.rounds}
    return f"{titles.get(round_id, round_id)}, {question}"


def remark_label(remark: Remark) -> str:
    """What a remark shows."""
    if remark.red_flag:
        return "red flag"
    if remark.met is Met.YES:
        return "made after a follow-up" if remark.probed else "made unasked"
    return "made in part" if remark.met is Met.PARTLY else "not made"


def dissent_heading(debrief: Debrief) -> str | None:
    """Who dissents; None where nobody could."""
    dissent = debrief.findings.dissent
    if dissent is None:
        return None
    name = debrief.members[dissent.member].name
    if dissent.voted_otherwise:
        return f"Dissent: {name}"
    return f"Nobody dissented; {name}, the least sure of the majority, puts the other side's case"


def turning_words(turning: Turning | None, what: str) -> Iterator[str]:
    """What would have changed a result, without the list of points.

    Args:
        turning: Of the decision or of a vote.
        what: Its subject, for example "the decision".
    """
    if turning is None:
        return
    if turning.short_of is not None:
        yield f"Short by {turning.short:.1f} on {turning.short_of.value}."
    count = len(turning.changes)
    things = "One thing" if count == 1 else f"{count} things"
    now, then = turning.now.replace("-", " "), (turning.then or "").replace("-", " ")
    if turning.then is None:
        if count:
            yield (
                f"No {MOST_CHANGES} points would have turned {what} ({now}): it did not hang on a "
                "single answer. The shortest way would have begun here:"
            )
        return
    verb = "said" if turning.changes[0].made else "left unsaid"
    yield f"{things} {verb} would have turned {what} from {now} to {then}:"


def wording_notes(debrief: Debrief) -> Iterator[str]:
    """Where the model's words were not used, and why."""
    words = debrief.words
    if words.fallback is not None:
        yield words.fallback.message
    for whose, why in words.refused.items():
        name = debrief.members[whose].name if whose in debrief.members else "the dissent"
        yield f"The model's words for {name} were not used ({why}); the offline ones stand."


def is_near(turning: Turning) -> bool:
    """Whether a vote hung on few enough points to list them with it."""
    return turning.then is not None and len(turning.changes) <= _FIRST_STEPS


def changes_shown(turning: Turning) -> Sequence[Change]:
    """The points to list: all of a way that leads there, the beginning of one that does not."""
    return turning.changes if turning.then is not None else turning.changes[:_FIRST_STEPS]


_FIRST_STEPS = 3
