"""A debrief as Markdown: for the terminal and for files."""

from collections.abc import Iterator, Mapping

from interviewer.domain.committee.debrief import Position
from interviewer.domain.committee.remarks import Remark
from interviewer.domain.committee.turning import Change, Turning
from interviewer.interviews.debrief import Debrief, LoopReport
from interviewer.interviews.debrief_words import (
    HEADLINES,
    STATES,
    changes_shown,
    dissent_heading,
    gate_words,
    is_near,
    leaning_words,
    remark_label,
    turning_words,
    where_of,
    wording_notes,
)
from interviewer.interviews.report_markdown import Cited, report_markdown

_LONGEST_QUOTE = 220


def debrief_markdown(debrief: Debrief) -> str:
    """The committee's document."""
    return "\n".join(_lines(debrief)).strip() + "\n"


def loop_markdown(report: LoopReport, passages: Mapping[str, Cited]) -> str:
    """The debrief, followed by the report of every round that was sat."""
    parts = [debrief_markdown(report.debrief)]
    parts += [report_markdown(found, passages) for found in report.rounds]
    return "\n---\n\n".join(parts)


def _lines(debrief: Debrief) -> Iterator[str]:
    findings = debrief.findings
    overall = "" if findings.overall is None else f", {findings.overall:.1f} of 5"
    yield f"# Debrief, {debrief.title}: {HEADLINES[findings.decision]}{overall}"
    yield ""
    yield findings.because
    if (leaning := leaning_words(debrief)) is not None:
        yield ""
        yield leaning
    for notice in debrief.notices:
        yield ""
        yield f"**{notice}**"
    yield ""
    yield "## Over all rounds"
    yield ""
    for gate in findings.gates:
        yield f"- {gate.signal.value}: {gate_words(gate)}"
    yield ""
    yield from _rounds(debrief)
    yield from _votes(debrief)
    yield from _in_the_room(debrief)
    yield from _dissent(debrief)
    yield from _contradictions(debrief)
    yield from _turning(debrief)
    yield f"> {debrief.note}"
    yield ""
    yield f"Words: {debrief.engine} engine. Loop {debrief.loop}."
    yield from wording_notes(debrief)


def _rounds(debrief: Debrief) -> Iterator[str]:
    yield "| Round | Standing | Overall | Risk | Impact | Leadership |"
    yield "|---|---|---|---|---|---|"
    for standing in debrief.findings.rounds:
        scores = [
            "\u2013" if gate.score is None else f"{gate.score:.1f}" for gate in standing.gates
        ]
        overall = "\u2013" if standing.overall is None else f"{standing.overall:.1f}"
        state = STATES[standing.state]
        yield f"| {standing.title} | {state} | {overall} | {' | '.join(scores)} |"
    yield ""


def _votes(debrief: Debrief) -> Iterator[str]:
    yield "## Votes"
    yield ""
    if not debrief.findings.positions:
        yield "Nobody has heard enough to vote."
        yield ""
        return
    for position in debrief.findings.positions:
        ballot, member = position.ballot, debrief.members[position.ballot.member]
        weighs = ", ".join(f"{s.value} {w:.1f}" for s, w in ballot.lens.weighs.items())
        yield f"- **{member.name}**, {member.title}: **{ballot.vote.spoken}**; {ballot.because}."
        yield f"  Asks: {ballot.lens.asks} Weighs {weighs}."
    yield ""


def _in_the_room(debrief: Debrief) -> Iterator[str]:
    if not debrief.findings.positions:
        return
    yield "## In the room"
    yield ""
    for position in debrief.findings.positions:
        yield from _statement(debrief, position)


def _statement(debrief: Debrief, position: Position) -> Iterator[str]:
    member = position.ballot.member
    yield f"**{debrief.members[member].name}.** {debrief.words.statements.get(member, '')}"
    yield ""
    for title, remarks in (("For", position.strongest), ("Against", position.weakest)):
        for remark in remarks:
            yield f"- {title}: {_remark(debrief, remark)}"
    yield from _vote_turning(debrief, position.turning)
    yield ""


def _vote_turning(debrief: Debrief, turning: Turning | None) -> Iterator[str]:
    if turning is None or not is_near(turning):
        return
    for line in turning_words(turning.model_copy(update={"short_of": None}), "this vote"):
        yield f"- {line}"
    for change in turning.changes:
        yield f"  - {_change(debrief, change)}"


def _remark(debrief: Debrief, remark: Remark) -> str:
    said = f' "{_short(remark.quote)}"' if remark.quote else ""
    where = where_of(debrief, remark.round, remark.question)
    return f"{remark.statement} ({remark_label(remark)}){said} [{where}]"


def _dissent(debrief: Debrief) -> Iterator[str]:
    heading, dissent = dissent_heading(debrief), debrief.findings.dissent
    if heading is None or dissent is None:
        return
    yield f"## {heading}"
    yield ""
    yield debrief.words.dissent
    yield ""
    for remark in dissent.remarks:
        yield f"- {_remark(debrief, remark)}"
    yield ""


def _contradictions(debrief: Debrief) -> Iterator[str]:
    if not debrief.findings.contradictions:
        return
    yield "## What does not fit together"
    yield ""
    for found in debrief.findings.contradictions:
        yield f"- {found.reason}"
        for said in (found.earlier, found.later):
            yield f'  - "{_short(said.quote.text)}" [{where_of(debrief, said.round, said.question)}]'
    yield ""
    yield "The committee shows this and does not count it: you may have an explanation."
    yield ""


def _turning(debrief: Debrief) -> Iterator[str]:
    turning = debrief.findings.turning
    if turning is None:
        return
    yield "## What would have changed it"
    yield ""
    yield from turning_words(turning, "the decision")
    yield ""
    yield from (f"- {_change(debrief, change)}" for change in changes_shown(turning))
    yield ""


def _change(debrief: Debrief, change: Change) -> str:
    where = where_of(debrief, change.round, change.question)
    kind = f"{change.signal.value}, not raised" if change.red_flag else change.signal.value
    return f"{change.statement} ({kind}) [{where}]"


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}\u2026"
