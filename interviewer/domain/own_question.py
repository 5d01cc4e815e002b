"""A question that a candidate brought along, with a rubric of theirs or a model's draft."""

from typing import Literal

from pydantic import Field

from interviewer.domain.question import Question
from interviewer.domain.value import Value

Origin = Literal["listed", "drafted"]


class OwnQuestion(Value):
    """An imported question. Its points cite nothing: no source was checked for them."""

    question: Question
    origin: Origin = Field(
        description="`listed`: the points are the owner's; `drafted`: a model's, to be checked."
    )
    drafted_by: str | None = Field(default=None, description="Model, and prompt with version.")
