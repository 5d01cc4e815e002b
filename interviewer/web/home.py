"""The first page: which rounds there are, and those that were begun."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.track import Round, Track
from interviewer.store.interview_rows import Listed
from interviewer.web.words import heading, paragraph

_MOST_LISTED = 10


async def show_home(product: Product, owner: str) -> None:
    """Draws the page.

    Raises:
        StoreError: The interviews of the owner cannot be listed.
    """
    heading("Practise the interview", 1, "title")
    paragraph(product.engine_line, "quiet")
    for track in product.catalog.tracks.values():
        heading(track.title, 2)
        if track.note:
            paragraph(track.note, "quiet")
        for round_ in track.rounds:
            _round(product, owner, track, round_)
    begun = await product.conductor.listing(owner)
    if begun:
        heading("Your rounds", 2)
        with ui.element("ul").classes("rounds"):
            for listed in begun[:_MOST_LISTED]:
                _listed(listed)


def _round(product: Product, owner: str, track: Track, round_: Round) -> None:
    async def begin() -> None:
        interview_id = await product.conductor.start(track.id, round_.id, owner=owner)
        ui.navigate.to(f"/interviews/{interview_id}")

    persona = product.catalog.persona(round_.personas[0])
    with ui.element("section").classes("card"):
        heading(f"{round_.title}, {round_.minutes} minutes", 3)
        paragraph(f"With {persona.name}, {persona.title}. {round_.filters_for}", "quiet")
        ui.button("Sit this round", on_click=begin, color=None).classes("primary").props(
            f'unelevated aria-label="Sit this round: {round_.title}"'
        ).mark(f"sit-{round_.id}")


def _listed(listed: Listed) -> None:
    is_over = listed.state == "over"
    target = f"/interviews/{listed.id}/scorecard" if is_over else f"/interviews/{listed.id}"
    with ui.element("li"):
        ui.link(f"{'Scorecard' if is_over else 'Go on'}: {listed.title}", target)
        ui.label(f"{listed.created_at:%d %B %Y, %H:%M} UTC").classes("quiet")
