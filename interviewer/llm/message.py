"""Messages to a model, and what LangChain's replies tell about their end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

Role = Literal["system", "user", "assistant"]

# How providers spell the three endings: OpenAI and Ollama, Anthropic, Google.
_CUT = frozenset({"length", "max_tokens", "model_length"})
_FILTERED = frozenset(
    {"content_filter", "refusal", "safety", "recitation", "blocklist", "prohibited_content", "spii"}
)
CUT = "the reply was cut at the limit of output tokens"
WITHHELD = "the reply was withheld"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a reply ended. `reason` is None if the server did not say."""

    reason: str | None

    @property
    def is_cut(self) -> bool:
        """The limit of output tokens was reached."""
        return self.reason in _CUT

    @property
    def is_filtered(self) -> bool:
        """The provider withheld the reply."""
        return self.reason in _FILTERED


def ending_of(metadata: Mapping[str, Any]) -> Ending:
    """The ending named in LangChain's `response_metadata`."""
    for key in ("finish_reason", "stop_reason", "done_reason"):
        if reason := metadata.get(key):
            return Ending(str(reason).lower())
    return Ending(None)


def text_of(message: "BaseMessage") -> str:
    """The text of a message or chunk; blocks that are not text (reasoning, tools) are left out."""
    if isinstance(message.content, str):
        return message.content
    return "".join(
        block if isinstance(block, str) else str(block.get("text", ""))
        for block in message.content
        if isinstance(block, str) or block.get("type") in ("text", "text_delta")
    )
