"""The quiz on the firm and the rules around it: dated facts, plausible wrong options, marks."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pydantic import Field, model_validator

from interviewer.domain.rubric import Line, PassageId, Slug
from interviewer.domain.value import Value
from interviewer.errors import UnknownId


class QuizItem(Value):
    """One question with one right option."""

    id: Slug
    topic: Slug
    question: Line
    right: Line
    wrong: tuple[Line, ...] = Field(
        min_length=2, max_length=4, description="What is said by people who half know it."
    )
    why: Line = Field(description="What is told after the answer.")
    passage: PassageId
    as_of: dt.date = Field(description="When the source of the passage was checked.")

    @model_validator(mode="after")
    def _options_differ(self) -> "QuizItem":
        options = [self.right, *self.wrong]
        if len({option.casefold() for option in options}) != len(options):
            raise ValueError("two options are the same")
        return self


class Asked(Value):
    """An item as it is put, without its answer."""

    id: Slug
    topic: Slug
    question: str
    options: tuple[str, ...]


class QuizAnswers(Value):
    """Answers to a quiz: by item, the text of the option; null passes."""

    answers: dict[str, str | None] = Field(min_length=1, max_length=200)


class Mark(Value):
    """How one item was answered."""

    id: Slug
    topic: Slug
    question: str
    answered: str | None
    right: str
    correct: bool
    why: str
    passage: PassageId
    as_of: dt.date


class Marks(Value):
    """A quiz that was answered. `as_of` is the oldest day on which a fact of it was checked."""

    correct: int
    of: int
    as_of: dt.date | None
    marks: tuple[Mark, ...]


def topics_of(items: Sequence[QuizItem]) -> tuple[str, ...]:
    """The topics, in the order in which they first appear."""
    return tuple(dict.fromkeys(item.topic for item in items))


def of_topic(items: Sequence[QuizItem], topic: str | None) -> tuple[QuizItem, ...]:
    """The items of a topic, or all.

    Raises:
        UnknownId: There is no such topic.
    """
    if topic is not None and topic not in topics_of(items):
        raise UnknownId(f"there is no topic {topic[:80]!r}; known: {', '.join(topics_of(items))}")
    return tuple(item for item in items if topic in (None, item.topic))


def marked(items: Sequence[QuizItem], answers: Mapping[str, str | None]) -> Marks:
    """Marks answers, given as the text of the option; None passes on the item.

    Raises:
        UnknownId: There is no such item.
    """
    by_id = {item.id: item for item in items}
    marks = []
    for item_id, answered in answers.items():
        if item_id not in by_id:
            raise UnknownId(f"there is no quiz item {item_id[:80]!r}")
        item = by_id[item_id]
        marks.append(
            Mark(
                id=item.id,
                topic=item.topic,
                question=item.question,
                answered=answered,
                right=item.right,
                correct=answered == item.right,
                why=item.why,
                passage=item.passage,
                as_of=item.as_of,
            )
        )
    return Marks(
        correct=sum(mark.correct for mark in marks),
        of=len(marks),
        as_of=min((mark.as_of for mark in marks), default=None),
        marks=tuple(marks),
    )
