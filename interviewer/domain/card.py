"""Cards: questions that come back, and which of them is next.

A card is one question of one owner. What FSRS knows of it is its `memory`; when it is due is
computed in `practice.schedule`, which of the due is next is decided here.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Literal

from pydantic import AwareDatetime, Field

from interviewer.domain.rating import Rating
from interviewer.domain.value import Value

NEW_A_DAY = 3
"""New cards a day unless asked otherwise: with four follow-ups each about three quarters of an hour."""

AHEAD = dt.timedelta(minutes=20)
"""A card due within this time may come at once when nothing else is left, so that "again" comes
back in the same session. Source: Anki's learn-ahead limit has the same default."""

Phase = Literal["learning", "review", "relearning"]


class Memory(Value):
    """What the scheduler knows; the fields are FSRS's."""

    phase: Phase
    step: int | None
    stability: float = Field(description="Days until recall falls to 90 %.")
    difficulty: float = Field(ge=1, le=10)
    due: AwareDatetime
    last_review: AwareDatetime


class Card(Value):
    """One question that comes back."""

    question: str
    memory: Memory
    added: AwareDatetime
    reviews: int = Field(ge=1)
    gaps: tuple[str, ...] = Field(default=(), description="Points missed in the last drill.")
    asked: dict[str, int] = Field(
        default_factory=dict, description="By point: wordings of its probe used so far."
    )
    suspended: bool = False
    buried_until: AwareDatetime | None = None

    def is_out(self, now: dt.datetime) -> bool:
        """Whether it is suspended, or buried still."""
        return self.suspended or (self.buried_until is not None and self.buried_until > now)

    def is_due(self, now: dt.datetime) -> bool:
        """Whether it should be drilled at this moment."""
        return not self.is_out(now) and self.memory.due <= now


class Review(Value):
    """One line of the review log; never changed."""

    question: str
    drill: str
    at: AwareDatetime
    rating: Rating
    because: str
    score: float | None
    hints: int
    seconds: float = Field(description="The candidate's time, from question to last answer.")
    memory: Memory = Field(description="After the review.")


def due(cards: Iterable[Card], now: dt.datetime) -> list[Card]:
    """Cards that are due: those just forgotten first, then the longest due."""
    ready = [card for card in cards if card.is_due(now)]
    return sorted(ready, key=lambda c: (c.memory.phase == "review", c.memory.due, c.question))


def due_soon(cards: Iterable[Card], now: dt.datetime) -> list[Card]:
    """Cards in their first steps that fall due within `AHEAD`."""
    return [c for c in due(cards, now + AHEAD) if c.memory.phase != "review" and not c.is_out(now)]


def new_left(cards: Iterable[Card], now: dt.datetime, limit: int) -> int:
    """How many new cards today (UTC) still allows."""
    today = sum(card.added.astimezone(dt.UTC).date() == now.date() for card in cards)
    return max(0, limit - today)


def next_question(
    cards: Sequence[Card], fresh: Sequence[str], now: dt.datetime, new: int
) -> tuple[str, Card | None] | None:
    """What a session asks next: what is due, then something new, then what is due soon.

    Args:
        cards: The owner's.
        fresh: Questions without a card, the one wanted most first.
        now: Aware, in UTC.
        new: How many new cards may still come today (`new_left`).

    Returns:
        The question and its card, None for the card if it is new; None if nothing is left.
    """
    if ready := due(cards, now):
        return ready[0].question, ready[0]
    if fresh and new > 0:
        return fresh[0], None
    if soon := due_soon(cards, now):
        return soon[0].question, soon[0]
    return None


def tomorrow(now: dt.datetime) -> dt.datetime:
    """The next midnight, UTC: until then a buried card stays away."""
    day = now.astimezone(dt.UTC).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(), dt.UTC)
