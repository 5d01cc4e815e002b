"""A round's clock: what counts, what does not, and that it never runs backwards."""

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from interviewer.domain.timing import LONGEST_TURN, active_time, speaking_seconds
from tests.builders import NOON, at

MOMENTS = st.timedeltas(timedelta(), timedelta(days=400)).map(lambda later: NOON + later)


def test_short_gaps_count_in_full() -> None:
    assert active_time([at(0), at(3), at(4.5)]) == timedelta(minutes=4.5)


def test_a_night_between_two_turns_counts_ten_minutes() -> None:
    assert active_time([at(0), at(2), at(2 + 14 * 60), at(3 + 14 * 60)]) == timedelta(minutes=13)


def test_nothing_or_one_moment_takes_no_time() -> None:
    assert active_time([]) == active_time([at(5)]) == timedelta()


def test_a_clock_that_was_set_back_takes_nothing_away() -> None:
    assert active_time([at(0), at(5), at(1), at(2)]) == timedelta(minutes=6)


def test_moments_in_different_zones_are_compared_as_moments() -> None:
    elsewhere = (NOON + timedelta(minutes=4)).astimezone(timezone(timedelta(hours=9)))
    assert active_time([NOON, elsewhere]) == timedelta(minutes=4)


@given(st.lists(MOMENTS, max_size=30))
def test_time_is_never_negative_nor_more_than_ten_minutes_a_gap(moments: list[datetime]) -> None:
    used = active_time(moments)
    assert timedelta() <= used <= LONGEST_TURN * max(0, len(moments) - 1)


@given(st.lists(MOMENTS, max_size=30), MOMENTS)
def test_time_never_runs_backwards(moments: list[datetime], another: datetime) -> None:
    assert active_time([*moments, another]) >= active_time(moments)


def test_two_words_a_second_and_a_half_is_a_usual_pace() -> None:
    assert speaking_seconds("word " * 225) == 90.0
    assert speaking_seconds("") == 0.0
