"""The interview timeline as an iCalendar file (RFC 5545) of all-day events."""

import datetime as dt
import uuid

from icalendar import Calendar, Event

from interviewer.domain.timeline import Timeline, TimelineStep

_NAMESPACE = uuid.UUID("5b0f6c1e-3b0c-5f43-9c5e-0d6a0c6f7d11")
"""Of the events of this product; never changed, or calendars would keep every event twice."""


def calendar_file(timeline: Timeline, rounds: frozenset[str], now: dt.datetime) -> bytes:
    """The timeline's windows as events.

    An event keeps its UID as long as track, day of application and step are the same, so that
    importing a changed plan moves events instead of doubling them.

    Args:
        timeline: The plan.
        rounds: Ids of the track's rounds that can be practised here.
        now: Stamped on the events.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//interviewer//interview timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Interviews: {timeline.track}")
    for step in timeline.steps:
        calendar.add_component(_event(timeline, step, rounds, now))
    return bytes(calendar.to_ical())


def _event(
    timeline: Timeline, step: TimelineStep, rounds: frozenset[str], now: dt.datetime
) -> Event:
    event = Event()
    name = f"{timeline.track}/{timeline.applied}/{step.id}"
    event.add("uid", f"{uuid.uuid5(_NAMESPACE, name)}@interviewer")
    event.add("dtstamp", now)
    event.add("summary", _summary(step))
    event.add("dtstart", step.earliest)
    # The end of an all-day event is the first day after it.
    event.add("dtend", step.latest + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("description", _description(timeline, step, rounds))
    return event


def _summary(step: TimelineStep) -> str:
    return step.title if step.earliest == step.latest else f"{step.title} (some day in this window)"


def _description(timeline: Timeline, step: TimelineStep, rounds: frozenset[str]) -> str:
    lines = [step.basis]
    if step.prepare_from is not None and step.id in rounds:
        lines.append(
            f"Rehearse from {step.prepare_from}: "
            f"interviewer chat --track {timeline.track} --round {step.id}"
        )
    lines += filter(None, [timeline.reschedule, timeline.account])
    return "\n".join(lines)
