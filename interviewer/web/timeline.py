"""The timeline: from the day of an application to the windows of the interviews, and a calendar."""

import asyncio
import datetime as dt
from typing import NamedTuple

from nicegui import ui

from interviewer.bootstrap import Product, now
from interviewer.domain.preparation import Preparation
from interviewer.domain.timeline import Timeline, planned
from interviewer.errors import InputError, InterviewerError
from interviewer.practice.calendar_file import calendar_file
from interviewer.web.controls import button, choice, date_field, form, submit, tick
from interviewer.web.tables import table
from interviewer.web.words import heading, link, paragraph


class Wanted(NamedTuple):
    """What the form sent, as it was typed."""

    track: str = ""
    applied: str = ""
    interview: str = ""
    step: str = ""
    reschedule: str = ""


async def show_timeline(wanted: Wanted, product: Product, _owner: str) -> None:
    """Draws the page; what cannot be planned is said below the form.

    Raises:
        UnknownId: There is no timeline for this track.
    """
    content = await asyncio.to_thread(lambda: product.practice.preparation)
    wanted = wanted._replace(track=wanted.track or content.timelines[0].track)
    heading("Timeline", 1, "title")
    paragraph(
        "When the steps of the process would fall after an application, and from when to rehearse.",
        "lead",
    )
    _form(wanted, content, product)
    if not wanted.applied:
        paragraph("Give the day of the application, past or to come.", "quiet")
        return
    try:
        _timeline(product, _planned(wanted, content))
    except InterviewerError as error:
        paragraph(str(error), "notice")


def _form(wanted: Wanted, content: Preparation, product: Product) -> None:
    steps = content.timeline(wanted.track).steps
    tracks = {it.track: product.catalog.track(it.track).title for it in content.timelines}
    interviews = {step.id: step.title for step in steps if step.interview}
    with form("/timeline"):
        choice("Track", tracks, wanted.track, name="track")
        date_field("Day of the application", "applied", wanted.applied)
        date_field("Interview fixed for (if any)", "interview", wanted.interview)
        choice("Which interview", {"": "The nearest", **interviews}, wanted.step, name="step")
        tick("One interview is moved", "reschedule", ticked=bool(wanted.reschedule))
        submit("Plan")


def _planned(wanted: Wanted, content: Preparation) -> Timeline:
    interview = _day(wanted.interview) if wanted.interview else None
    pattern = content.timeline(wanted.track)
    known = [step.id for step in pattern.steps]
    # A step of the track that was chosen before does not stand in the way of this one's.
    step = wanted.step if interview is not None and wanted.step in known else None
    return planned(
        pattern,
        _day(wanted.applied),
        interview=interview,
        step=step,
        rescheduled=bool(wanted.reschedule),
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text[:40]!r} is no date: write it as 2027-01-31") from None


def _timeline(product: Product, timeline: Timeline) -> None:
    rounds = frozenset(round_.id for round_ in product.catalog.track(timeline.track).rounds)

    def fetch() -> None:
        ui.download.content(
            calendar_file(timeline, rounds, now()), "interviews.ics", "text/calendar"
        )

    heading(f"From {timeline.applied:%d %B %Y}: {timeline.to_offer} to an offer", 2)
    paragraph(timeline.account, "notice")
    if timeline.reschedule is not None:
        paragraph(timeline.reschedule, "quiet")
    rows = [
        (
            f"{step.title} (the day you gave)" if step.fixed else step.title,
            _shown(step.earliest),
            _shown(step.latest),
            "\u2013" if step.prepare_from is None else _shown(step.prepare_from),
            step.basis,
        )
        for step in timeline.steps
    ]
    titles = ("Step", "Earliest", "Latest", "Rehearse from", "Where the days come from")
    table("Timeline", titles, rows, kind="dated")
    paragraph("Calendar days; nobody is interviewed on a Sunday or a holiday.", "quiet")
    with ui.element("div").classes("actions"):
        button("Download for your calendar (.ics)", fetch, "primary").mark("ics")
        link("Sit a round", "/")
        link("A plan by the day", "/practice")
    paragraph("Importing a changed plan moves the events instead of doubling them.", "quiet")


def _shown(day: dt.date) -> str:
    return f"{day:%a %d %b %Y}"
