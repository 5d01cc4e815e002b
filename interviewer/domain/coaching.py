"""Coaching: a word about the time along with a move. It says how the clock stands, nothing else."""

from datetime import datetime, timedelta

from interviewer.domain.interview import Interview
from interviewer.domain.moves import (
    Ask,
    Challenge,
    Coaching,
    Curveball,
    Move,
    Press,
    Probe,
    Recall,
)
from interviewer.domain.timing import speaking_seconds

SHORT_OF_TIME = timedelta(minutes=8)
"""With less than this left, the persona says so when asking the next question."""

_LEAST_ROUND_MINUTES = 20
"""A shorter round has no half time worth a word."""

LONGEST_ANSWER_S = 240.0
"""An answer that takes longer to say ran long, whatever was asked: twice what is advised for a
story (star-method#timing in knowledge/)."""


def coached(interview: Interview, move: Move, now: datetime) -> Move:
    """The move, with a word about the time if one is due; each kind of word once a round."""
    if not isinstance(move, Ask | Probe | Press | Recall | Challenge | Curveball):
        return move
    said = {made.coaching.cause for made in interview.moves if made.coaching is not None}
    coaching = None
    if "half-time" not in said:
        coaching = _half_time(interview, move, now)
    if coaching is None and "long-answer" not in said:
        coaching = _long_answer(interview)
    return move if coaching is None else move.model_copy(update={"coaching": coaching})


def _half_time(interview: Interview, move: Move, now: datetime) -> Coaching | None:
    whole = timedelta(minutes=interview.started.minutes)
    left = interview.time_left(now)
    told = isinstance(move, Ask) and move.minutes_left is not None
    if interview.current is None or told or interview.started.minutes < _LEAST_ROUND_MINUTES:
        return None
    if left > whole / 2 or left < SHORT_OF_TIME:
        return None
    return Coaching(cause="half-time", minutes=max(1, round(left.total_seconds() / 60)))


def _long_answer(interview: Interview) -> Coaching | None:
    current = interview.current
    last = current.last_word if current else None
    if current is None or last is None:
        return None
    took = speaking_seconds(last.text)
    if took <= min(LONGEST_ANSWER_S, 30.0 * current.question.minutes):
        return None
    return Coaching(cause="long-answer", minutes=max(1, round(took / 60)))
