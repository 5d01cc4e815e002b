"""A debrief as HTML: the committee's document to print, followed by the report of every round."""

from collections.abc import Iterator, Mapping, Sequence

from interviewer.domain.committee.debrief import Position
from interviewer.domain.committee.decision import Decision
from interviewer.domain.committee.remarks import Remark
from interviewer.domain.committee.turning import Change, Turning
from interviewer.domain.scorecard import Gate
from interviewer.interviews.debrief import Debrief, LoopReport
from interviewer.interviews.debrief_words import (
    HEADLINES,
    STATES,
    changes_shown,
    dissent_heading,
    is_near,
    leaning_words,
    remark_label,
    turning_words,
    where_of,
    wording_notes,
)
from interviewer.interviews.html import Html, el, joined
from interviewer.interviews.page import listed, page, quiet
from interviewer.interviews.radar import radar
from interviewer.interviews.report import LIMITATIONS
from interviewer.interviews.report_html import gates_table, round_part
from interviewer.interviews.report_markdown import Cited

_TONES = {
    Decision.HIRE: "yes",
    Decision.HOLD: "partly",
    Decision.NO_HIRE: "no",
    Decision.WITHHELD: "none",
}


def loop_html(report: LoopReport, passages: Mapping[str, Cited]) -> str:
    """The debrief and every round as one page to read or print."""
    debrief = report.debrief
    rounds = [
        joined(
            el("h2", found.title, class_="new-page"),
            round_part(found, passages, f"round-{number}"),
        )
        for number, found in enumerate(report.rounds, 1)
    ]
    return page(
        f"{debrief.title}: debrief of a practice loop",
        *_debrief(debrief),
        rounds,
        el("footer", [el("p", limitation) for limitation in LIMITATIONS]),
    )


def _debrief(debrief: Debrief) -> Iterator[Html | None]:
    findings = debrief.findings
    overall = "" if findings.overall is None else f" {findings.overall:.1f} of 5 over all rounds."
    stamp = f"stamp {_TONES[findings.decision]}"
    yield el("h1", f"Debrief: {debrief.title}")
    yield el("p", el("span", HEADLINES[findings.decision], class_=stamp), overall, class_="lead")
    yield el("p", findings.because)
    leaning = leaning_words(debrief)
    yield el("p", leaning) if leaning else None
    for notice in debrief.notices:
        yield el("p", notice, class_="notice")
    yield el("div", radar(findings.gates, "loop-radar"), gates_table(findings.gates), class_="pair")
    yield _rounds(debrief)
    yield el("p", debrief.note, class_="notice")
    yield from _votes(debrief)
    yield from _dissent(debrief)
    yield from _contradictions(debrief)
    yield from _turning(debrief)
    yield quiet(
        f"Words: {debrief.engine} engine. Begun {debrief.started_at:%d %B %Y}. Loop {debrief.loop}."
    )
    for line in wording_notes(debrief):
        yield quiet(line)


def _rounds(debrief: Debrief) -> Html:
    head = ["Round", "Standing", "Overall", "Risk", "Impact", "Leadership"]
    rows = []
    for standing in debrief.findings.rounds:
        overall = "\u2013" if standing.overall is None else f"{standing.overall:.1f}"
        rows.append(
            el(
                "tr",
                el("th", standing.title, scope="row"),
                el("td", STATES[standing.state]),
                el("td", overall, class_="number"),
                [el("td", _score(gate), class_="number") for gate in standing.gates],
            )
        )
    heads = [
        el("th", name, scope="col", class_="number" if place > 1 else None)
        for place, name in enumerate(head)
    ]
    caption = el("caption", "The rounds, each by its own questions; * is below the round's bar.")
    return el("table", caption, el("thead", el("tr", heads)), el("tbody", rows))


def _score(gate: Gate) -> str:
    if gate.score is None:
        return "\u2013"
    return f"{gate.score:.1f}{'*' if gate.passed is False else ''}"


def _votes(debrief: Debrief) -> Iterator[Html]:
    yield el("h2", "In the room")
    if not debrief.findings.positions:
        yield el("p", "Nobody has heard enough to vote.")
    for position in debrief.findings.positions:
        yield _member(debrief, position)


def _member(debrief: Debrief, position: Position) -> Html:
    ballot, member = position.ballot, debrief.members[position.ballot.member]
    tone = "yes" if ballot.vote.worth > 0 else "no" if ballot.vote.worth < 0 else "none"
    weighs = ", ".join(f"{signal.value} {w:.1f}" for signal, w in ballot.lens.weighs.items())
    return el(
        "section",
        el("h3", f"{member.name} ", el("span", ballot.vote.spoken, class_=f"stamp {tone}")),
        quiet(
            f"{member.title}. Asks: {ballot.lens.asks} Weighs {weighs}. Result: {ballot.because}."
        ),
        el("p", debrief.words.statements.get(ballot.member, ""), class_="said"),
        _evidence(debrief, "For", position.strongest),
        _evidence(debrief, "Against", position.weakest),
        _vote_turning(debrief, position.turning),
        class_="card",
    )


def _evidence(debrief: Debrief, title: str, remarks: Sequence[Remark]) -> Html | None:
    if not remarks:
        return None
    return joined(el("h4", title), listed(*(_remark(debrief, remark) for remark in remarks)))


def _remark(debrief: Debrief, remark: Remark) -> Html:
    return joined(
        f"{remark.statement} ",
        el(
            "span",
            f"({remark_label(remark)}; {where_of(debrief, remark.round, remark.question)})",
            class_="quiet",
        ),
        el("blockquote", remark.quote) if remark.quote else None,
    )


def _vote_turning(debrief: Debrief, turning: Turning | None) -> Html | None:
    if turning is None or not is_near(turning):
        return None
    words = turning_words(turning.model_copy(update={"short_of": None}), "this vote")
    return joined(
        el("h4", "What would have changed this vote"),
        [el("p", line) for line in words],
        listed(*(_change(debrief, change) for change in turning.changes)),
    )


def _dissent(debrief: Debrief) -> Iterator[Html]:
    heading, dissent = dissent_heading(debrief), debrief.findings.dissent
    if heading is None or dissent is None:
        return
    yield el("h2", heading)
    yield el("p", debrief.words.dissent, class_="said")
    yield listed(*(_remark(debrief, remark) for remark in dissent.remarks))


def _contradictions(debrief: Debrief) -> Iterator[Html]:
    if not debrief.findings.contradictions:
        return
    yield el("h2", "What does not fit together")
    for found in debrief.findings.contradictions:
        yield el("p", found.reason)
        for said in (found.earlier, found.later):
            yield el("blockquote", said.quote.text)
            yield quiet(where_of(debrief, said.round, said.question))
    yield el("p", "The committee shows this and does not count it: you may have an explanation.")


def _turning(debrief: Debrief) -> Iterator[Html]:
    turning = debrief.findings.turning
    if turning is None:
        return
    yield el("h2", "What would have changed it")
    for line in turning_words(turning, "the decision"):
        yield el("p", line)
    shown = changes_shown(turning)
    if shown:
        yield listed(*(_change(debrief, change) for change in shown))


def _change(debrief: Debrief, change: Change) -> Html:
    kind = f"{change.signal.value}, not raised" if change.red_flag else change.signal.value
    where = where_of(debrief, change.round, change.question)
    return joined(f"{change.statement} ", el("span", f"({kind}; {where})", class_="quiet"))
