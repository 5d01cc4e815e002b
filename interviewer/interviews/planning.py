"""Planning a round: which questions, in which order, and about which lines of one's own documents."""

import random
from collections.abc import Callable, Sequence

from interviewer.domain.events import PlannedQuestion
from interviewer.domain.question import Question
from interviewer.prompting.fence import neutralise

LONGEST_LINE_CHARACTERS = 240
MOST_LINES = 5
"""Lines to choose from: they come with those first that are worth asking about."""


def planned(
    questions: Sequence[Question], lines: Callable[[str], Sequence[str]], seed: int
) -> tuple[PlannedQuestion, ...]:
    """The plan of a round.

    Args:
        questions: Of the round, in the authored order.
        lines: Quotable lines of the candidate's documents, by kind.
        seed: 0 keeps the authored order and takes the first lines; others shuffle and choose.

    Returns:
        The questions in the order of asking, without those that need a document there is not.
    """
    chosen = list(questions)
    choice = random.Random(seed)  # noqa: S311 (variety, not secrecy)
    if seed:
        choice.shuffle(chosen)
    plan = []
    for question in chosen:
        line = None
        if question.fills is not None:
            usable = [text for text in map(_quotable, lines(question.fills)) if text]
            if not usable:
                continue
            line = choice.choice(usable[:MOST_LINES]) if seed else usable[0]
        plan.append(PlannedQuestion(id=question.id, minutes=question.minutes, line=line))
    return tuple(plan)


def _quotable(line: str) -> str:
    """One line of an untrusted document, safe to stand inside a question."""
    text = " ".join(neutralise(line, limit_chars=4 * LONGEST_LINE_CHARACTERS).split())
    if len(text) <= LONGEST_LINE_CHARACTERS:
        return text
    return text[:LONGEST_LINE_CHARACTERS].rsplit(" ", 1)[0]
