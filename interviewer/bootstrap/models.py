"""Language models: chats to speak and to grade with, embeddings over the network, one limit."""

from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.settings import Settings

if TYPE_CHECKING:
    from interviewer.llm.chat import Chat
    from interviewer.llm.embedding import OpenAIEmbedder
    from interviewer.llm.settings import ChatSettings
    from interviewer.llm.usage import SpendLimit

_SPOKEN_TOKENS, _GRADING_TOKENS = 800, 4_000
"""Longest replies of a turn and of a grading, with room for a reasoning model's thoughts."""


class Models:
    """Clients of language models, made when first used."""

    def __init__(self, chosen: Settings) -> None:
        self.settings = chosen

    @cached_property
    def speaking(self) -> "Chat":
        """Phrases turns."""
        return self._chat(_SPOKEN_TOKENS)

    @cached_property
    def grading(self) -> "Chat":
        """Grades exchanges."""
        return self._chat(_GRADING_TOKENS)

    @cached_property
    def embedder(self) -> "OpenAIEmbedder | None":
        """The server that embeds sources and queries, if one was chosen."""
        name = self.settings.embedding_model
        if name is None:
            return None
        from interviewer.llm.embedding import OpenAIEmbedder

        return OpenAIEmbedder(self._access(name), self._limit)

    async def close(self) -> None:
        """Ends the connections of what was made."""
        made = self.__dict__
        if made.get("embedder") is not None:
            made["embedder"].close()
        for name in ("speaking", "grading"):
            if name in made:
                await made[name].aclose()

    @cached_property
    def _limit(self) -> "SpendLimit":
        from interviewer.llm.usage import SpendLimit

        return SpendLimit(max_tokens=self.settings.spend_limit_tokens)

    def _chat(self, most_tokens: int) -> "Chat":
        from interviewer.llm.chat import Chat

        return Chat(self._access(self.settings.model, most_tokens), self._limit)

    def _access(self, model: str, most_tokens: int | None = None) -> "ChatSettings":
        from interviewer.llm.settings import ChatSettings

        chosen = self.settings
        # Another provider must not be handed OpenAI's key; it reads its own variable.
        is_openai = ChatSettings(model=model).provider == "openai"
        return ChatSettings(
            model=model,
            base_url=chosen.openai_base_url if is_openai else None,
            api_key=chosen.openai_api_key if is_openai else None,
            read_timeout_s=chosen.model_read_timeout_s,
            deadline_s=chosen.model_deadline_s,
            max_output_tokens=most_tokens,
        )
