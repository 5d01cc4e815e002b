"""A question as its owner wrote it down, before anything is made of it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from interviewer.domain.rubric import Slug
from interviewer.engines.text import words

Text = Annotated[str, StringConstraints(min_length=3, max_length=600, strip_whitespace=True)]


class ListedPoint(BaseModel):
    """A point as its owner wrote it down."""

    model_config = ConfigDict(extra="forbid")

    statement: Text
    weight: int = Field(default=2, ge=1, le=3)
    criterion: Slug | None = None
    signal: Literal["risk", "impact", "leadership"] | None = None
    counts: tuple[Text, ...] = Field(default=(), max_length=5)
    probes: tuple[Text, ...] = Field(default=(), max_length=4)


class ListedQuestion(BaseModel):
    """A question as its owner wrote it down. Without points its rubric has to be drafted."""

    model_config = ConfigDict(extra="forbid")

    question: Annotated[
        str, StringConstraints(min_length=20, max_length=900, strip_whitespace=True)
    ]
    id: Slug | None = None
    points: tuple[ListedPoint, ...] = Field(default=(), max_length=9)
    criterion: Slug | None = None
    signal: Literal["risk", "impact", "leadership"] | None = None
    persona: Slug | None = None
    track: Slug | None = None
    round: Slug | None = None
    minutes: int = Field(default=8, ge=2, le=30)

    @field_validator("question", mode="after")
    @classmethod
    def _is_prose(cls, text: str) -> str:
        if len(words(text)) < 3:
            raise ValueError("is no question in words")
        return text
