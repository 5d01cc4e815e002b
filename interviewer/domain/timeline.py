"""The interview timeline: from the day of an application to the windows of the steps that follow.

How many days lie between the steps is one vendor's account (`seeds/timelines.yaml`), which the
firm has not confirmed; every step carries its basis.
"""

import datetime as dt
from collections.abc import Sequence

from pydantic import Field, model_validator

from interviewer.domain.rubric import Line, Slug
from interviewer.domain.value import Value
from interviewer.errors import InputError, UnknownId

PREPARE_DAYS = 3
"""How long before the first possible day of an interview a rehearsal is put; convention."""


_YEARS = (2000, 2100)
"""Years that are planned for; far from both ends of the calendar that Python knows."""


class StepPattern(Value):
    """How one step follows the one before it."""

    id: Slug = Field(description="Of the round, if it is one of the track's.")
    title: Line
    after: tuple[int, int] = Field(description="Fewest and most days after the step before.")
    interview: bool = Field(default=False, description="Whether the candidate is interviewed.")
    basis: Line = Field(description="Where the days come from.")

    @model_validator(mode="after")
    def _fewest_before_most(self) -> "StepPattern":
        fewest, most = self.after
        if not 0 <= fewest <= most <= 120:
            raise ValueError("after: [fewest, most] must be 0 <= fewest <= most <= 120 days")
        return self


class TimelinePattern(Value):
    """A track's steps as somebody described them."""

    track: Slug
    account: Line = Field(description="Whose account it is and what is doubtful about it.")
    to_offer: Line
    reschedule_days: int = Field(ge=0, le=60)
    reschedule_basis: Line
    steps: tuple[StepPattern, ...] = Field(min_length=2)


class TimelineStep(Value):
    """A step with its window, both days included."""

    id: Slug
    title: str
    earliest: dt.date
    latest: dt.date
    interview: bool
    fixed: bool = Field(default=False, description="Whether the candidate gave its day.")
    prepare_from: dt.date | None = Field(
        default=None, description="From when to rehearse; for interviews."
    )
    basis: str


class Timeline(Value):
    """The plan from one application."""

    track: Slug
    applied: dt.date
    reschedule: str | None = Field(
        description="By how much the latest days move, and whose figure that is; None: unmoved."
    )
    account: str
    to_offer: str
    steps: tuple[TimelineStep, ...]


def planned(
    pattern: TimelinePattern,
    applied: dt.date,
    *,
    interview: dt.date | None = None,
    step: str | None = None,
    rescheduled: bool = False,
) -> Timeline:
    """The windows of all steps.

    Args:
        pattern: The track's.
        applied: The day of the application.
        interview: A day that has been fixed for an interview; the steps after it follow from it.
        step: Which interview that is; left out, the one whose window lies nearest.
        rescheduled: Whether one interview after the first is moved: the windows after that widen.

    Raises:
        InputError: The interview lies before the application, or a step is named without a day.
        UnknownId: There is no such interview.
    """
    if step is not None and interview is None:
        raise InputError("--step says which interview a day is for: give the day, --interview DATE")
    if interview is not None and interview < applied:
        raise InputError(f"the interview ({interview}) lies before the application ({applied})")
    for day in (applied, interview or applied):
        if not _YEARS[0] <= day.year <= _YEARS[1]:
            raise InputError(f"{day} is no day to plan for: years {_YEARS[0]} to {_YEARS[1]}")
    extra = pattern.reschedule_days if rescheduled else 0
    chosen = None
    if interview is not None:
        chosen = step or _nearest(pattern, _windows(pattern, applied, 0, None, None), interview)
        _require_interview(pattern, chosen)
    windows = _windows(pattern, applied, extra, chosen, interview)
    return Timeline(
        track=pattern.track,
        applied=applied,
        reschedule=_moved(pattern) if rescheduled else None,
        account=pattern.account,
        to_offer=pattern.to_offer,
        steps=tuple(
            _step(p, first, last, fixed=p.id == chosen, applied=applied)
            for p, (first, last) in zip(pattern.steps, windows, strict=True)
        ),
    )


def _windows(
    pattern: TimelinePattern, applied: dt.date, extra: int, chosen: str | None, day: dt.date | None
) -> list[tuple[dt.date, dt.date]]:
    first = last = applied
    windows = []
    at = None if chosen is None else [step.id for step in pattern.steps].index(chosen)
    # Any round after the first may be the one that is moved, and none whose day is fixed.
    moved = 1 if at is None else max(1, at + 1)
    for number, step in enumerate(pattern.steps):
        fewest, most = step.after
        late = extra if number == moved else 0
        first += dt.timedelta(days=fewest)
        last += dt.timedelta(days=most + late)
        if number == at and day is not None:
            first = last = day
        windows.append((first, last))
    if day is not None:
        # What comes before a fixed day must have happened by then.
        windows[:at] = [(min(first, day), min(last, day)) for first, last in windows[:at]]
    return windows


def _nearest(
    pattern: TimelinePattern, windows: Sequence[tuple[dt.date, dt.date]], day: dt.date
) -> str:
    """The interview whose window holds the day or lies nearest to it; of two, the earlier."""

    def distance(at: int) -> int:
        first, last = windows[at]
        return max((first - day).days, (day - last).days, 0)

    interviews = [at for at, step in enumerate(pattern.steps) if step.interview]
    return pattern.steps[min(interviews, key=distance)].id


def _require_interview(pattern: TimelinePattern, step: str) -> None:
    known = [s.id for s in pattern.steps if s.interview]
    if step not in known:
        raise UnknownId(
            f"there is no interview {step[:80]!r} in {pattern.track}; known: {', '.join(known)}"
        )


def _moved(pattern: TimelinePattern) -> str:
    return f"The latest days lie {pattern.reschedule_days} later. {pattern.reschedule_basis}"


def _step(
    pattern: StepPattern, first: dt.date, last: dt.date, *, fixed: bool, applied: dt.date
) -> TimelineStep:
    prepare = None
    if pattern.interview:
        prepare = max(applied, first - dt.timedelta(days=PREPARE_DAYS))
    return TimelineStep(
        id=pattern.id,
        title=pattern.title,
        earliest=first,
        latest=last,
        interview=pattern.interview,
        fixed=fixed,
        prepare_from=prepare,
        basis="The day you gave." if fixed else pattern.basis,
    )
