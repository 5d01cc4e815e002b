"""Drawing a quiz: which items, in which order, with the options shuffled."""

import random
from collections.abc import Sequence

from interviewer.domain.quiz import Asked, QuizItem, of_topic

MOST = 100
"""Items of one quiz at most."""


def drawn(
    items: Sequence[QuizItem], *, n: int, seed: int, topic: str | None = None
) -> tuple[Asked, ...]:
    """A quiz of up to `n` items; the same seed and items give the same quiz.

    Raises:
        UnknownId: There is no such topic.
    """
    choice = random.Random(seed)  # noqa: S311 (variety, not secrecy)
    among = list(of_topic(items, topic))
    choice.shuffle(among)
    asked = []
    for item in among[:n]:
        options = [item.right, *item.wrong]
        choice.shuffle(options)
        asked.append(
            Asked(id=item.id, topic=item.topic, question=item.question, options=tuple(options))
        )
    return tuple(asked)
