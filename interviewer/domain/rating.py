"""Ratings: how well a card was recalled, from the grade of its drill.

Source: the four ratings and their meaning are those of FSRS (again: forgotten; hard: recalled with
much effort; good: after some thought; easy: at once). Which grade is which rating is the project's
own convention, stated here and in docs/practice.md.
"""

from enum import StrEnum

from interviewer.domain.grade import QuestionGrade, level_of
from interviewer.domain.value import Value
from interviewer.domain.verdict import Met, Verdict

MOST_HINTED = 0.5
"""Above this share of made points that came only after a follow-up, an answer was hard work."""


class Rating(StrEnum):
    """How a card was recalled."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


class Recall(Value):
    """A rating and its reason. `rating` is None where there was nothing to rate."""

    rating: Rating | None
    because: str
    hints: int = 0


def hinted(verdicts: tuple[Verdict, ...]) -> int:
    """Points made only after the first answer: after a follow-up, or after a critique was read."""
    return sum(v.quote is not None and v.quote.answer > 0 and v.met is not Met.NO for v in verdicts)


def recall(grade: QuestionGrade, verdicts: tuple[Verdict, ...]) -> Recall:
    """Rates one drill.

    Args:
        grade: Of the whole exchange; a point made after a probe at it counts three quarters there.
        verdicts: On its points.
    """
    level = level_of(grade.score)
    made = sum(v.met in (Met.YES, Met.PARTLY) for v in verdicts)
    hints = hinted(verdicts)
    if level is None:
        return Recall(rating=None, because="Nothing could be assessed; the card stays as it was.")
    text = f"level {level}"
    if hints:
        text += f", {hints} of {made} points only after a follow-up"
    if level <= _FORGOTTEN:
        return Recall(rating=Rating.AGAIN, because=f"Not there yet: {text}.", hints=hints)
    if grade.penalty:
        return Recall(rating=Rating.HARD, because=f"A red flag: {text}.", hints=hints)
    if level == _HARD or (made and hints / made > MOST_HINTED):
        return Recall(rating=Rating.HARD, because=f"With effort: {text}.", hints=hints)
    if level == _BEST and not hints:
        return Recall(rating=Rating.EASY, because=f"At once: {text}, no follow-up needed.")
    return Recall(rating=Rating.GOOD, because=f"Recalled: {text}.", hints=hints)


_FORGOTTEN, _HARD, _BEST = 2, 3, 5
