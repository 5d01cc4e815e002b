"""Drafting a rubric for a question that a candidate brought along.

A draft is marked as one and cites nothing: a model may phrase what a good answer says, but it is no
source. Code drops a point whose text names a rule or a document all the same.
"""

import re
from collections.abc import Collection, Sequence
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewer.domain.rubric import Criterion
from interviewer.domain.usage import PromptRef, Usage
from interviewer.errors import ModelOutputInvalid
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.fence import fence
from interviewer.prompting.library import PromptLibrary

Sentence = Annotated[str, StringConstraints(min_length=3, max_length=300, strip_whitespace=True)]

LEAST_POINTS = 3
_CITES = re.compile(
    r"""\b(?:SR|OCC|SS|Bulletin|Circular|Regulation|Reg|Article|Section|Title|Directive|Act)\s*[-.]?\s*
        (?:No\.?\s*)?\d | \b\d+\s*(?:CFR|U\.?S\.?C)\b | https?:// | §""",
    re.IGNORECASE | re.VERBOSE,
)


class DraftedPoint(BaseModel):
    """One point as the model drafted it."""

    model_config = ConfigDict(extra="forbid")

    statement: Sentence
    criterion: Annotated[str, StringConstraints(max_length=60)]
    weight: int = Field(ge=1, le=3)
    counts: list[Sentence] = Field(min_length=1, max_length=3)
    probes: list[Sentence] = Field(min_length=1, max_length=3)


class RubricDraft(BaseModel):
    """What the model replies."""

    model_config = ConfigDict(extra="forbid")

    points: list[DraftedPoint] = Field(min_length=1, max_length=9)


class Drafted(NamedTuple):
    """A draft that code has checked."""

    points: tuple[DraftedPoint, ...]
    dropped: int
    model: str
    prompt: PromptRef
    usage: Usage


class RubricDrafter:
    """Drafts rubrics with a chat model."""

    def __init__(self, chat: Chat, prompts: PromptLibrary) -> None:
        """Takes its parts.

        Args:
            chat: The model.
            prompts: Where `practice/rubric` is found.
        """
        self._chat = chat
        self._prompts = prompts

    async def draft(self, question: str, criteria: Sequence[Criterion]) -> Drafted:
        """Drafts a rubric.

        Args:
            question: Untrusted text.
            criteria: To choose from; a point of an unknown one is dropped.

        Raises:
            ModelError: No usable reply, or too few points were left after checking.
        """
        prompt = self._prompts.render(
            "practice/rubric",
            question=fence(question, "question"),
            criteria=[c.model_dump(include={"id", "title", "description"}) for c in criteria],
        )
        messages = [Message("system", prompt.stable), Message("user", prompt.turn)]
        reply = await self._chat.structured(messages, RubricDraft)
        kept = _kept(reply.value.points, {criterion.id for criterion in criteria})
        if len(kept) < LEAST_POINTS:
            raise ModelOutputInvalid(
                f"the model drafted {len(kept)} usable points; a rubric needs {LEAST_POINTS}",
                kind="thin_draft",
            )
        return Drafted(
            points=kept,
            dropped=len(reply.value.points) - len(kept),
            model=self._chat.settings.name,
            prompt=prompt.ref,
            usage=reply.usage,
        )


def _kept(points: Sequence[DraftedPoint], criteria: Collection[str]) -> tuple[DraftedPoint, ...]:
    """Points of a known criterion that cite nothing, each statement once."""
    kept: dict[str, DraftedPoint] = {}
    for point in points:
        said = " ".join([point.statement, *point.counts, *point.probes])
        if point.criterion in criteria and not _CITES.search(said):
            kept.setdefault(point.statement.casefold(), point)
    return tuple(kept.values())
