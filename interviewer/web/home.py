"""The first page: the tracks as timelines of rounds, and where one left off."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.bootstrap.loops import loops_begun, loops_of
from interviewer.domain.track import Round, Track
from interviewer.interviews.report import RoundReport, round_report
from interviewer.store.interview_rows import Listed
from interviewer.web.controls import button
from interviewer.web.loop import begin_loop
from interviewer.web.way_on import show_next
from interviewer.web.words import OUTCOMES, Words, heading, link, paragraph

_MOST_LISTED = 10
_MOST_OPENED = 3
"""Loops of which it is said how far they have come."""

Results = Mapping[tuple[str, str], RoundReport]
"""The last report of each round that was sat to its end, by track and round."""


async def show_home(product: Product, owner: str) -> None:
    """Draws the page.

    Raises:
        StoreError: The interviews of the owner cannot be listed.
    """
    begun = await product.conductor.listing(owner)
    results = await _results(product, owner, begun)
    heading("Practise the interview", 1, "title")
    paragraph(
        "Sit a round with an interviewer who follows up. Afterwards every point is shown with "
        "your own words as evidence, or it does not count.",
        "lead",
    )
    paragraph(product.engine_line, "quiet engine")
    _resume(begun)
    with ui.element("div").classes("tracks"):
        for track in product.catalog.tracks.values():
            with ui.element("section"):
                _track(product, owner, track, results)
    await _loops(product, owner)
    if begun:
        heading("Your rounds", 2)
        with ui.element("ul").classes("plain-list"):
            for listed in begun[:_MOST_LISTED]:
                _listed(listed)


async def _results(product: Product, owner: str, begun: Sequence[Listed]) -> Results:
    found: dict[tuple[str, str], RoundReport] = {}
    for listed in begun:
        place = (listed.track, listed.round)
        if listed.state == "over" and place not in found:
            interview = await product.conductor.load(listed.id, owner=owner)
            if interview.started.drill is None:
                found[place] = round_report(listed.id, interview)
    return found


def _resume(begun: Sequence[Listed]) -> None:
    """The round touched last, if it is still open."""
    if not begun or begun[0].state == "over":
        return
    last = begun[0]
    with ui.element("section").classes("card resume"):
        with ui.element("div"):
            heading("Where you left off", 2)
            paragraph(f"{last.title}, last touched {last.updated_at:%d %B, %H:%M} UTC.", "quiet")
        link("Continue", f"/interviews/{last.id}", "as-button").mark("continue")


def _track(product: Product, owner: str, track: Track, results: Results) -> None:
    heading(track.title, 2, "track")
    hours, minutes = divmod(sum(round_.minutes for round_ in track.rounds), 60)
    long = f"{hours} h {minutes} min" if minutes else f"{hours} h"
    paragraph(f"{len(track.rounds)} rounds, {long} in all. {track.summary}", "quiet")
    with ui.element("ol").classes("timeline"):
        for round_ in track.rounds:
            _round(product, owner, track, round_, results.get((track.id, round_.id)))

    async def begin() -> None:
        await begin_loop(product, track.id, owner)

    with ui.element("div").classes("actions"):
        button("Sit the whole loop", begin, "plain").mark(f"loop-{track.id}").props(
            f'aria-label="Sit the whole loop: {track.title}"'
        )
    if track.note:
        paragraph(track.note, "quiet")


def _round(
    product: Product, owner: str, track: Track, round_: Round, last: RoundReport | None
) -> None:
    async def begin() -> None:
        interview_id = await product.conductor.start(track.id, round_.id, owner=owner)
        ui.navigate.to(f"/interviews/{interview_id}")

    people = [product.catalog.persona(persona) for persona in round_.personas]
    with ui.element("li").classes(f"stop {last.outcome.value if last else 'new'}"):
        Words("p", f"{round_.minutes} min", "minutes")
        with ui.element("div"):
            heading(round_.title, 3)
            paragraph(
                "With " + "; ".join(f"{who.name}, {who.title}" for who in people) + ".", "with"
            )
            paragraph(round_.filters_for, "quiet")
            if last:
                _last(last)
            again = "Sit it again" if last else "Sit this round"
            ui.button(again, on_click=begin, color=None).classes("plain").props(
                f'flat aria-label="{again}: {round_.title}"'
            ).mark(f"sit-{round_.id}")


def _last(report: RoundReport) -> None:
    score = "not assessed" if report.overall is None else f"{report.overall:.1f} of 5"
    with ui.element("p").classes("last"):
        Words("span", f"Last time {score}: you {OUTCOMES[report.outcome.value]}. ")
        link("Scorecard", f"/interviews/{report.interview}/scorecard")


async def _loops(product: Product, owner: str) -> None:
    begun = await loops_begun(product, owner)
    if not begun:
        return
    heading("Your loops", 2)
    with ui.element("ul").classes("plain-list narrow"):
        for number, loop in enumerate(begun[:_MOST_LISTED]):
            track = product.catalog.tracks.get(loop.track)
            with ui.element("li"):
                with ui.element("span").classes("grow"):
                    link(f"Loop: {track.title if track else loop.track}", f"/loops/{loop.id}")
                    Words("p", f"{loop.created_at:%d %B %Y, %H:%M} UTC", "quiet")
                if number < _MOST_OPENED:
                    # Each costs a reading of all its rounds.
                    state = await loops_of(product).state(loop.id, owner=owner)
                    sat = sum(round_.state == "over" for round_ in state.rounds)
                    Words("span", f"{sat} of {len(state.rounds)} rounds sat", "quiet")
                    show_next(product, owner, state)


def _listed(listed: Listed) -> None:
    is_over = listed.state == "over"
    target = f"/interviews/{listed.id}/scorecard" if is_over else f"/interviews/{listed.id}"
    with ui.element("li"):
        link(f"{'Scorecard' if is_over else 'Go on'}: {listed.title}", target)
        Words("span", f"{listed.created_at:%d %B %Y, %H:%M} UTC", "quiet")
