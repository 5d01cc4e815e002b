"""`plan`: the interview timeline from the day of an application."""

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from interviewer.cli.printing import note, print_json, print_markdown


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(plan)


def plan(
    applied: Annotated[str, typer.Option(help="Day of the application, for example 2026-12-01.")],
    interview: Annotated[
        str | None, typer.Option(help="A day that has been fixed for an interview.")
    ] = None,
    step: Annotated[
        str | None,
        typer.Option(help="Which interview that is; left out, the one that lies nearest."),
    ] = None,
    track: Annotated[
        str | None, typer.Option(help="Id of the track (`interviewer tracks`).")
    ] = None,
    reschedule: Annotated[
        bool, typer.Option("--reschedule", help="An interview after the first is moved.")
    ] = False,
    ics: Annotated[Path | None, typer.Option(help="Write a calendar file (.ics).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Plan the interviews from an application: windows, rehearsals, a calendar file."""
    from interviewer.bootstrap import catalog, now
    from interviewer.bootstrap.preparation import preparation
    from interviewer.cli.filled_in import write_result
    from interviewer.domain.timeline import planned
    from interviewer.practice.calendar_file import calendar_file
    from interviewer.practice.preparation_markdown import timeline_markdown

    known = catalog()
    content = preparation(known)
    timeline = planned(
        content.timeline(track or content.timelines[0].track),
        _day(applied, "--applied"),
        interview=None if interview is None else _day(interview, "--interview"),
        step=step,
        rescheduled=reschedule,
    )
    rounds = frozenset(round_.id for round_ in known.track(timeline.track).rounds)
    if ics is not None:
        write_result(ics, calendar_file(timeline, rounds, now()))
        note(f"Written: {ics}. Importing a changed plan moves the events.")
    if as_json:
        print_json(timeline)
    else:
        print_markdown(timeline_markdown(timeline, rounds))


def _day(text: str, option: str) -> dt.date:
    from interviewer.errors import InputError

    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        message = f"{option} wants a day such as 2026-12-01, not {text[:40]!r}"
        raise InputError(message) from None
