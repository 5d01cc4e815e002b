"""Time of a round: what has been used, and how long words take to say."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

Clock = Callable[[], datetime]
"""Gives the present moment, aware; passed in wherever time is needed."""

WORDS_PER_MINUTE = 150
"""Usual pace of a spoken answer; Source: star-method#timing in knowledge/."""

LONGEST_TURN = timedelta(minutes=10)
"""A longer silence between two events is a break: it does not count against the round. An
interview that is resumed the next day goes on with the minutes it had left."""


def active_time(moments: Sequence[datetime]) -> timedelta:
    """Time spent between successive events, each gap counted up to `LONGEST_TURN`.

    Args:
        moments: Aware times of the events, in order.
    """
    gaps = (later - earlier for earlier, later in pairwise(moments))
    return sum((min(max(gap, timedelta()), LONGEST_TURN) for gap in gaps), timedelta())


def speaking_seconds(text: str) -> float:
    """Estimated time to say a text, in seconds, at `WORDS_PER_MINUTE`.

    >>> speaking_seconds("word " * 150)
    60.0
    """
    return len(text.split()) * 60.0 / WORDS_PER_MINUTE
