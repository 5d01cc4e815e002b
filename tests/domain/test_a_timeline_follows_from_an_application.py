"""The interview timeline: windows from a day of application, a fixed day, a moved round."""

import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from interviewer.domain.timeline import Timeline, TimelinePattern, planned
from interviewer.errors import InputError, UnknownId
from interviewer.paths import shipped

APPLIED = dt.date(2026, 12, 1)
PRODUCT, ENGINEER = TypeAdapter(list[TimelinePattern]).validate_python(
    yaml.safe_load((shipped("seeds") / "timelines.yaml").read_text(encoding="utf-8"))
)


def days(timeline: Timeline, step: str) -> tuple[int, int]:
    found = next(s for s in timeline.steps if s.id == step)
    return (found.earliest - APPLIED).days, (found.latest - APPLIED).days


def test_the_product_manager_s_offer_comes_after_45_to_60_days() -> None:
    timeline = planned(PRODUCT, APPLIED)
    assert days(timeline, "recruiter-screen") == (1, 5)
    assert days(timeline, "ml-fundamentals") == (8, 15)
    assert days(timeline, "product-sense") == (11, 18)
    assert days(timeline, "risk-governance") == (12, 25)
    assert days(timeline, "offer") == (45, 60)
    assert days(timeline, "negotiation") == (59, 74)


def test_a_moved_round_stretches_it_to_70_days_and_says_whose_figure_that_is() -> None:
    timeline = planned(PRODUCT, APPLIED, rescheduled=True)
    assert days(timeline, "recruiter-screen") == (1, 5)
    assert days(timeline, "offer") == (45, 70)
    assert timeline.reschedule is not None
    assert "guide" in timeline.reschedule


def test_the_engineer_s_seven_rounds_take_four_to_eight_weeks() -> None:
    timeline = planned(ENGINEER, APPLIED)
    assert sum(step.interview for step in timeline.steps) == 7
    assert days(timeline, "offer") == (28, 56)


def test_every_step_says_where_its_days_come_from() -> None:
    for pattern in (PRODUCT, ENGINEER):
        assert "vendor" in pattern.account
        assert "confirmed none" in pattern.account
        assert all(step.basis for step in planned(pattern, APPLIED).steps)


def test_a_fixed_day_is_taken_for_the_interview_it_lies_nearest_to() -> None:
    timeline = planned(PRODUCT, APPLIED, interview=APPLIED + dt.timedelta(days=14))
    assert [step.id for step in timeline.steps if step.fixed] == ["ml-fundamentals"]
    assert days(timeline, "ml-fundamentals") == (14, 14)
    assert days(timeline, "product-sense") == (17, 17)


def test_a_fixed_day_may_be_given_to_another_interview_and_nothing_before_it_comes_later() -> None:
    day = APPLIED + dt.timedelta(days=6)
    timeline = planned(PRODUCT, APPLIED, interview=day, step="product-sense")
    assert days(timeline, "product-sense") == (6, 6)
    assert all(step.latest <= day for step in timeline.steps[:2])


def test_after_a_fixed_day_the_round_that_moves_is_a_later_one() -> None:
    day = APPLIED + dt.timedelta(days=14)
    timeline = planned(PRODUCT, APPLIED, interview=day, rescheduled=True)
    assert days(timeline, "ml-fundamentals") == (14, 14)
    assert days(timeline, "product-sense") == (17, 27)


@pytest.mark.parametrize(
    ("wrong", "error", "says"),
    [
        ({"interview": dt.date(2026, 11, 30)}, InputError, "before the application"),
        ({"step": "offer"}, InputError, "--interview DATE"),
        ({"interview": APPLIED, "step": "offer"}, UnknownId, "no interview 'offer'"),
        ({"interview": dt.date(9999, 12, 31)}, InputError, "years 2000 to 2100"),
    ],
)
def test_what_cannot_be_planned_is_said(
    wrong: dict[str, object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        planned(PRODUCT, APPLIED, **wrong)  # type: ignore[arg-type]


@given(
    pattern=st.sampled_from([PRODUCT, ENGINEER]),
    applied=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    after=st.none() | st.integers(0, 200),
    rescheduled=st.booleans(),
)
def test_windows_are_in_order_whatever_is_given(
    pattern: TimelinePattern, applied: dt.date, after: int | None, rescheduled: bool
) -> None:
    interview = None if after is None else applied + dt.timedelta(days=after)
    steps = planned(pattern, applied, interview=interview, rescheduled=rescheduled).steps
    assert all(applied <= step.earliest <= step.latest for step in steps)
    assert [step.earliest for step in steps] == sorted(step.earliest for step in steps)
    assert [step.latest for step in steps] == sorted(step.latest for step in steps)
    assert all(s.prepare_from is None or applied <= s.prepare_from <= s.earliest for s in steps)
