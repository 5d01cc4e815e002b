"""The model's rewrite of an answer: a draft in a given frame, with only the candidate's own figures.

The offline scaffold decides frame, parts and gaps. The model words them; code turns every amount that
the answer does not hold into a gap.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewer.domain.gaps import with_own_amounts_only
from interviewer.domain.question import Question
from interviewer.domain.rewrite import VENDOR_NOTE, Rewrite
from interviewer.domain.usage import Usage
from interviewer.errors import ModelOutputInvalid
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.fence import fence
from interviewer.prompting.library import PromptLibrary


class DraftedPart(BaseModel):
    """One part as the model worded it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(max_length=40)]
    text: Annotated[str, StringConstraints(max_length=3_000)]


class RewriteDraft(BaseModel):
    """What the model replies."""

    model_config = ConfigDict(extra="forbid")

    parts: list[DraftedPart] = Field(max_length=6)


class ModelRewriter:
    """Words rewrites with a chat model."""

    def __init__(self, chat: Chat, prompts: PromptLibrary) -> None:
        self._chat = chat
        self._prompts = prompts

    async def rewrite(
        self, question: Question, answer: str, plan: Rewrite
    ) -> tuple[Rewrite, Usage]:
        """The draft in the plan's frame, and what it cost.

        Raises:
            ModelError: No usable reply; `ModelOutputInvalid` if the parts are not those of the plan.
        """
        prompt = self._prompts.render(
            "critique/rewrite",
            question=question.text,
            frame=plan.frame,
            parts=[{"name": p.name, "asks": p.asks, "missing": p.gaps} for p in plan.parts],
            answer=fence(answer, "answer"),
        )
        reply = await self._chat.structured(
            [Message("system", prompt.stable), Message("user", prompt.turn)], RewriteDraft
        )
        drafted = {part.name.strip().lower(): part.text.strip() for part in reply.value.parts}
        if drafted.keys() != {part.name.lower() for part in plan.parts}:
            raise ModelOutputInvalid(
                f"the rewrite has the parts {sorted(drafted)}, not those it was asked for"
            )
        checked = {name: with_own_amounts_only(text, answer) for name, text in drafted.items()}
        replaced = sum(count for _, count in checked.values())
        note = "A draft by the language model: check every word of it against what happened."
        if replaced:
            note += f" {replaced} figure{'s' * (replaced > 1)} you did not give became a gap."
        parts = tuple(
            part.model_copy(update={"text": checked[part.name.lower()][0]}) for part in plan.parts
        )
        rewritten = plan.model_copy(
            update={
                "engine": "model", "note": f"{note}{_label(plan)}", "parts": parts, "left_out": (),
                "prompt": prompt.ref,
            }
        )  # fmt: skip
        return rewritten, reply.usage


def _label(plan: Rewrite) -> str:
    return f" {VENDOR_NOTE}" if plan.frame == "4-P" else ""
