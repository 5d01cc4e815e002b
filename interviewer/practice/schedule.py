"""When a card comes back: FSRS, through its own library, so that its intervals are the library's.

Fuzz is off: the same reviews always give the same dates. Retention is the library's default of 90 %,
learning steps are one and ten minutes, relearning ten minutes. Source: py-fsrs 6
(github.com/open-spaced-repetition/py-fsrs).
"""

import datetime as dt

from fsrs import Card as FsrsCard
from fsrs import Rating as FsrsRating
from fsrs import Scheduler, State

from interviewer.domain.card import Card, Memory, Phase, Review
from interviewer.domain.rating import Rating

_RATINGS = {
    Rating.AGAIN: FsrsRating.Again,
    Rating.HARD: FsrsRating.Hard,
    Rating.GOOD: FsrsRating.Good,
    Rating.EASY: FsrsRating.Easy,
}
_STATES: dict[Phase, State] = {
    "learning": State.Learning,
    "review": State.Review,
    "relearning": State.Relearning,
}
_PHASES: dict[State, Phase] = {state: phase for phase, state in _STATES.items()}

_SCHEDULER = Scheduler(enable_fuzzing=False)


def remembered(memory: Memory | None, rating: Rating, at: dt.datetime) -> Memory:
    """What is known of a card after a review.

    Args:
        memory: Before it; None for a new card.
        rating: How it was recalled.
        at: When; aware.
    """
    moment = at.astimezone(dt.UTC)
    # An id of our own: the library would wait a millisecond to draw one.
    card = FsrsCard(card_id=0, due=moment)
    if memory is not None:
        card = FsrsCard(
            card_id=0,
            state=_STATES[memory.phase],
            step=memory.step,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=memory.due.astimezone(dt.UTC),
            last_review=memory.last_review.astimezone(dt.UTC),
        )
    after, _ = _SCHEDULER.review_card(card, _RATINGS[rating], moment)
    if after.stability is None or after.difficulty is None:
        raise RuntimeError("FSRS reviewed a card and knows nothing of it")
    return Memory(
        phase=_PHASES[after.state],
        step=after.step,
        stability=after.stability,
        difficulty=after.difficulty,
        due=after.due,
        last_review=moment,
    )


def retrievability(memory: Memory, now: dt.datetime) -> float:
    """The chance, in [0, 1], that the card would be recalled now."""
    card = FsrsCard(card_id=0, stability=memory.stability, last_review=memory.last_review)
    return float(_SCHEDULER.get_card_retrievability(card, now.astimezone(dt.UTC)))


def after_review(
    card: Card | None, review: Review, gaps: tuple[str, ...], asked: dict[str, int]
) -> Card:
    """The card after a review whose memory is already computed.

    Args:
        card: Before it; None if this is the first.
        review: The review.
        gaps: Points missed in it.
        asked: By point: wordings used so far.
    """
    if card is None:
        return Card(
            question=review.question,
            memory=review.memory,
            added=review.at,
            reviews=1,
            gaps=gaps,
            asked=asked,
        )
    return card.model_copy(
        update={
            "memory": review.memory,
            "reviews": card.reviews + 1,
            "gaps": gaps,
            "asked": asked,
            # Whoever drills a card wants it back.
            "suspended": False,
            "buried_until": None,
        }
    )
