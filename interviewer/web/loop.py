"""A whole loop: its rounds in order, which is next, and the committee's debrief."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.bootstrap.loops import debriefs_of, loops_of
from interviewer.domain.committee.debrief import Position
from interviewer.domain.committee.remarks import Remark
from interviewer.interviews.debrief import Debrief
from interviewer.interviews.debrief_words import (
    HEADLINES,
    STATES,
    changes_shown,
    dissent_heading,
    leaning_words,
    remark_label,
    turning_words,
    where_of,
    wording_notes,
)
from interviewer.interviews.loop import LoopState, RoundState
from interviewer.web.controls import button, switch
from interviewer.web.frame import later
from interviewer.web.radar import radar
from interviewer.web.way_on import open_next
from interviewer.web.words import Words, heading, link, paragraph

_TONES = {"over": "advance", "open": "screened-out", "not-sat": "new", "gone": "new"}


async def begin_loop(product: Product, track: str, owner: str) -> None:
    """Fixes a loop of a track and shows it."""
    loop_id = await loops_of(product).start(track, owner=owner)
    ui.navigate.to(f"/loops/{loop_id}")


async def show_loop(loop_id: str, product: Product, owner: str) -> None:
    """Draws where a loop stands.

    Raises:
        UnknownId: There is no loop of that id and owner.
    """
    state = await loops_of(product).state(loop_id, owner=owner)
    heading(f"Loop: {state.title}", 1, "title")
    paragraph(
        "All rounds in order, each remembered by the next. After it a committee of the people you "
        "met talks about you, with your words in front of them.",
        "lead",
    )
    for notice in state.notices:
        paragraph(notice, "notice")
    with ui.element("ol").classes("timeline narrow"):
        for round_ in state.rounds:
            _round(product, round_)
    _actions(product, state, owner)


def _round(product: Product, round_: RoundState) -> None:
    known = product.catalog.personas
    names = [known[member].name for member in round_.members if member in known]
    with ui.element("li").classes(f"stop {_TONES[round_.state]}"):
        Words("p", f"{round_.minutes} min", "minutes")
        with ui.element("div"):
            heading(round_.title, 2)
            paragraph(f"With {', '.join(names)}; {STATES[round_.state]}.", "with")
            if round_.state == "over":
                link("Scorecard", f"/interviews/{round_.interview}/scorecard")


def _actions(product: Product, state: LoopState, owner: str) -> None:
    async def go_on() -> None:
        await open_next(product, owner, state.id)

    following = state.next_round
    with ui.element("div").classes("actions"):
        if following is not None:
            verb = "Go on with" if following.state == "open" else "Begin"
            button(f"{verb} {following.title}", go_on, "primary").mark("next-round")
        if any(round_.state in ("over", "open") for round_ in state.rounds):
            link("Debrief", f"/loops/{state.id}/debrief")


async def show_debrief(loop_id: str, product: Product, owner: str) -> None:
    """Draws the committee's document.

    Raises:
        UnknownId: There is no loop of that id and owner.
        RuleBroken: No round has been sat.
    """
    await loops_of(product).assert_sat(loop_id, owner=owner)

    async def draw() -> None:
        _debrief(await debriefs_of(product).debrief(loop_id, owner=owner))

    later("The committee is talking ...", draw)


def _debrief(debrief: Debrief) -> None:
    findings = debrief.findings
    overall = "" if findings.overall is None else f", {findings.overall:.1f} of 5"
    heading(f"Debrief, {debrief.title}: {HEADLINES[findings.decision]}{overall}", 1, "title")
    paragraph(findings.because, "lead")
    for notice in filter(None, (leaning_words(debrief), *debrief.notices)):
        paragraph(notice, "notice")
    with ui.element("div").classes("pair"):
        radar(findings.gates)
        _rounds(debrief)
    heading("In the room", 2)
    if not findings.positions:
        paragraph("Nobody has heard enough to vote.")
    for position in findings.positions:
        _position(debrief, position)
    _dissent(debrief)
    _contradictions(debrief)
    if findings.turning is not None:
        heading("What would have changed it", 2)
        for words in turning_words(findings.turning, "the decision"):
            paragraph(words)
        with ui.element("ul").classes("narrow"):
            for change in changes_shown(findings.turning):
                place = where_of(debrief, change.round, change.question)
                Words("li", f"{change.statement} ({change.signal.value}) [{place}]")
    paragraph(debrief.note, "quiet narrow")
    for note in (f"Words: {debrief.engine} engine.", *wording_notes(debrief)):
        paragraph(note, "quiet")
    with ui.element("div").classes("actions"):
        link("Back to the loop", f"/loops/{debrief.loop}")
        switch("Print this page", "print")


def _rounds(debrief: Debrief) -> None:
    scrolls = ui.element("div").classes("scrolls").props("tabindex=0 role=region aria-label=Rounds")
    with scrolls, ui.element("table").classes("signals"):
        with ui.element("thead"), ui.element("tr"):
            for title in ("Round", "Standing", "Overall"):
                Words("th", title).props("scope=col")
        with ui.element("tbody"):
            for standing in debrief.findings.rounds:
                score = standing.overall
                with ui.element("tr"):
                    Words("th", standing.title).props("scope=row")
                    Words("td", STATES[standing.state])
                    Words("td", "\u2013" if score is None else f"{score:.1f}")


def _position(debrief: Debrief, position: Position) -> None:
    ballot = position.ballot
    member = debrief.members[ballot.member]
    with ui.element("article").classes("turn interviewer narrow"):
        with ui.element("p").classes("who"):
            Words("span", f"{member.name}, {member.title}")
            Words("span", ballot.vote.spoken, "badge")
        paragraph(f"{ballot.because[:1].upper()}{ballot.because[1:]}.", "reason")
        paragraph(debrief.words.statements.get(ballot.member, ""), "said")
        with ui.element("ul"):
            for side, remarks in (("For", position.strongest), ("Against", position.weakest)):
                for remark in remarks:
                    _remark(debrief, remark, f"{side}: ")


def _remark(debrief: Debrief, remark: Remark, before: str = "") -> None:
    with ui.element("li"):
        Words("span", f"{before}{remark.statement} ({remark_label(remark)}) ")
        Words("span", where_of(debrief, remark.round, remark.question), "quiet")
        if remark.quote:
            Words("blockquote", remark.quote)


def _dissent(debrief: Debrief) -> None:
    title, dissent = dissent_heading(debrief), debrief.findings.dissent
    if title is None or dissent is None:
        return
    heading(title, 2)
    paragraph(debrief.words.dissent)
    with ui.element("ul").classes("narrow"):
        for remark in dissent.remarks:
            _remark(debrief, remark)


def _contradictions(debrief: Debrief) -> None:
    if not debrief.findings.contradictions:
        return
    heading("What does not fit together", 2)
    for found in debrief.findings.contradictions:
        paragraph(found.reason)
        for said in (found.earlier, found.later):
            Words("blockquote", said.quote.text)
            paragraph(where_of(debrief, said.round, said.question), "quiet")
    paragraph(
        "The committee shows this and does not count it: you may have an explanation.", "quiet"
    )
