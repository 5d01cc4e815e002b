"""The calendar file: all-day events that a calendar can read, and recognise when they change."""

import datetime as dt

import yaml
from icalendar import Calendar
from pydantic import TypeAdapter

from interviewer.domain.timeline import Timeline, TimelinePattern, planned
from interviewer.paths import shipped
from interviewer.practice.calendar_file import calendar_file

NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
APPLIED = dt.date(2026, 12, 1)
PATTERN = TypeAdapter(list[TimelinePattern]).validate_python(
    yaml.safe_load((shipped("seeds") / "timelines.yaml").read_text(encoding="utf-8"))
)[0]


def events(timeline: Timeline) -> list[dict[str, object]]:
    calendar = Calendar.from_ical(calendar_file(timeline, frozenset({"risk-governance"}), NOW))
    return [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "start": event.decoded("dtstart"),
            "end": event.decoded("dtend"),
            "text": str(event["DESCRIPTION"]),
        }
        for event in calendar.walk("VEVENT")
    ]


def test_every_step_is_an_all_day_event_that_ends_the_day_after_its_last() -> None:
    timeline = planned(PATTERN, APPLIED)
    for event, step in zip(events(timeline), timeline.steps, strict=True):
        assert type(event["start"]) is dt.date
        assert event["start"] == step.earliest
        assert event["end"] == step.latest + dt.timedelta(days=1)


def test_an_event_keeps_its_uid_when_the_plan_changes() -> None:
    first = events(planned(PATTERN, APPLIED))
    second = events(planned(PATTERN, APPLIED, interview=dt.date(2026, 12, 14), rescheduled=True))
    assert [event["uid"] for event in first] == [event["uid"] for event in second]
    assert len({event["uid"] for event in first}) == len(first)
    other = events(planned(PATTERN, dt.date(2026, 12, 2)))
    assert not {event["uid"] for event in first} & {event["uid"] for event in other}


def test_an_event_says_whose_account_it_is_and_how_to_rehearse() -> None:
    by_summary = {
        str(event["summary"]): str(event["text"]) for event in events(planned(PATTERN, APPLIED))
    }
    assert all("vendor's account" in text for text in by_summary.values())
    risk = next(text for summary, text in by_summary.items() if summary.startswith("Risk"))
    assert "interviewer chat --track jpmorgan-ai-pm --round risk-governance" in risk
    onsite = next(text for summary, text in by_summary.items() if summary.startswith("Onsite"))
    assert "interviewer chat" not in onsite
