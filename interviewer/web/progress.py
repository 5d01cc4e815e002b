"""Progress: levels by day with how sure they are, criterion by round, what is missed, what is due."""

import asyncio
import itertools
from collections.abc import Mapping

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.catalog import Catalog
from interviewer.domain.grade import level_of, score_at
from interviewer.domain.heat import HeatCell
from interviewer.domain.missed import Missed
from interviewer.domain.names import name_from
from interviewer.domain.progress import Strength
from interviewer.practice.choosing import Wish
from interviewer.practice.progress import ProgressReport
from interviewer.web.cards import show_cards
from interviewer.web.controls import button, choice, form, unfolding
from interviewer.web.drill import begin_drill
from interviewer.web.strength_picture import Days, strength_picture
from interviewer.web.tables import table
from interviewer.web.words import Words, heading, link, paragraph

_KINDS = {"signal": "By signal", "criterion": "By criterion", "skill": "By skill"}
_SHOWN_FIRST = 6
"""Pictures of a kind that stand open; the rest is drawn when it is asked for."""
_TRENDS = {"up": "rising", "down": "falling", "steady": "steady", "unclear": ""}


async def show_progress(track: str, product: Product, owner: str) -> None:
    """Draws the page.

    Args:
        track: Id; empty for all.
        product: With what was practised.
        owner: Whose progress.

    Raises:
        UnknownId: There is no such track.
    """
    await product.practice.drills.close_all(owner=owner)
    report = await product.practice.progress.report(owner, track=track or None)
    heading("Progress", 1, "title")
    paragraph(
        "Where you stand on each criterion, how sure that is, and what you miss most.", "lead"
    )
    with form("/progress"):
        tracks = {it.id: it.title for it in product.catalog.tracks.values()}
        choice("Track", {"": "All", **tracks}, track, name="track")
    if not report.strengths:
        _nothing()
        return
    _told(report)
    skills = (await asyncio.to_thread(lambda: product.practice.preparation)).skills.skills
    names = {kind: {it.id: it.title for it in product.catalog.criteria.values()} for kind in _KINDS}
    names["skill"] = {skill.id: skill.title for skill in skills}
    for kind, title in _KINDS.items():
        found = [s for s in report.strengths if s.kind == kind]
        _strengths(title, found, {s.id: _name(s.id, names[kind]) for s in found})
    _heat(report, product.catalog)
    _missed(product, report, owner)
    await show_cards(product, owner)
    paragraph(report.how, "quiet")


def _nothing() -> None:
    paragraph("Nothing has been judged yet.")
    with ui.element("div").classes("actions"):
        link("Sit a round", "/", "as-button")
        link("Drill a question", "/practice")


def _told(report: ProgressReport) -> None:
    counted = ", ".join(f"{n} in {where}s" for where, n in sorted(report.exchanges.items()))
    paragraph(f"Judged answers: {counted}.", "quiet")
    times = {
        "First answers": report.first_answers,
        "Answers to follow-ups": report.follow_up_answers,
    }
    for name, time in times.items():
        if time.words is not None and time.spoken_seconds is not None:
            paragraph(
                f"{name}: {time.words:.0f} words on the median, about {time.spoken_seconds:.0f} "
                "seconds aloud.",
                "quiet",
            )


def _strengths(title: str, strengths: list[Strength], names: Mapping[str, str]) -> None:
    if not strengths:
        return
    moments = list(itertools.chain.from_iterable(s.history for s in strengths))
    days = Days(min(m.date for m in moments), max(m.date for m in moments))
    heading(f"{title}, the weakest first", 2)
    _pictures(strengths[:_SHOWN_FIRST], days, names)
    rest = strengths[_SHOWN_FIRST:]
    if rest:
        unfolding(f"{title}: {len(rest)} more", lambda: _pictures(rest, days, names))


def _pictures(strengths: list[Strength], days: Days, names: Mapping[str, str]) -> None:
    with ui.element("div").classes("trends"):
        for strength in strengths:
            _strength(names[strength.id], strength, days)


def _strength(name: str, strength: Strength, days: Days) -> None:
    trend = _TRENDS[strength.trend]
    often = "1 answer" if strength.exchanges == 1 else f"{strength.exchanges} answers"
    low, high = score_at(strength.low), score_at(strength.high)
    with ui.element("figure").classes("figure"):
        with ui.element("figcaption"):
            heading(name, 3)
            level = f"Level {strength.score:.1f} ({low:.1f} to {high:.1f}); {often}"
            paragraph(f"{level}{', ' if trend else ''}{trend}", "quiet")
        picture_id = f"{strength.kind}-{strength.id}"
        # Numbers of ours and titles of the seeds, escaped; sanitised all the same.
        ui.html(strength_picture(name, strength.history, days, picture_id), sanitize=True)
        _days(name, strength)


def _days(name: str, strength: Strength) -> None:
    """The numbers of the picture."""

    def draw() -> None:
        rows = [
            (
                f"{m.date:%d %b %Y}",
                f"{score_at(m.strength):.1f}",
                f"{score_at(m.low):.1f} to {score_at(m.high):.1f}",
            )
            for m in strength.history
        ]
        table(name, ("Day", "Level", "Nine in ten"), rows)

    unfolding("As a table", draw, label=f"{name} as a table").classes("quiet")


def _heat(report: ProgressReport, catalog: Catalog) -> None:
    heading("Criterion by round", 2)
    paragraph("Levels from 1 to 5; in brackets how many answers they rest on.", "quiet")
    places = list(dict.fromkeys((cell.track, cell.round) for cell in report.heat))
    cells = {(cell.criterion, cell.track, cell.round): cell for cell in report.heat}
    criteria = [s.id for s in report.strengths if s.kind == "criterion"]
    titles = {it.id: it.title for it in catalog.criteria.values()}
    region = ui.element("div").classes("scrolls")
    region.props('tabindex=0 role=region aria-label="Criterion by round"')
    with region, ui.element("table").classes("signals heat"):
        with ui.element("thead"), ui.element("tr"):
            Words("th", "Criterion").props("scope=col")
            for track, round_ in places:
                Words("th", _round_name(catalog, track, round_)).props("scope=col")
        with ui.element("tbody"):
            for criterion in criteria:
                with ui.element("tr"):
                    Words("th", _name(criterion, titles)).props("scope=row")
                    for track, round_ in places:
                        _cell(cells.get((criterion, track, round_)))


def _cell(cell: HeatCell | None) -> None:
    if cell is None:
        Words("td", "\u2013", "quiet")
    else:
        Words("td", f"{cell.score:.1f} ({cell.exchanges})", f"l{level_of(cell.score)}")


def _missed(product: Product, report: ProgressReport, owner: str) -> None:
    if not report.most_missed:
        return
    heading("Missed most", 2)
    with ui.element("ul").classes("plain-list narrow"):
        for missed in report.most_missed:
            _one_missed(product, missed, owner)


def _one_missed(product: Product, missed: Missed, owner: str) -> None:
    async def begin() -> None:
        await begin_drill(product, owner, Wish(question=missed.question))

    name = missed.question.replace("-", " ")
    with ui.element("li"):
        with ui.element("span").classes("grow"):
            Words("span", missed.statement)
            Words("p", f"{name}: missed {missed.missed} of {missed.judged} times", "quiet")
        button("Drill", begin, "plain").props["aria-label"] = f"Drill {name}"


def _name(group: str, titles: Mapping[str, str]) -> str:
    return titles.get(group) or name_from(group)


def _round_name(catalog: Catalog, track: str, round_: str) -> str:
    known = catalog.tracks.get(track)
    titles = {it.id: it.title for it in known.rounds} if known else {}
    return titles.get(round_) or name_from(round_) or "No round"
