"""What is needed to reach one model."""

import re
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

PROVIDERS = frozenset(
    {
        "anthropic",
        "azure_openai",
        "bedrock",
        "bedrock_converse",
        "cohere",
        "deepseek",
        "fireworks",
        "google_genai",
        "google_vertexai",
        "groq",
        "huggingface",
        "mistralai",
        "nvidia",
        "ollama",
        "openai",
        "openrouter",
        "perplexity",
        "together",
        "xai",
    }
)
"""Names that may stand before the colon of `provider:name`; the rest of a name may hold colons too,
as in `llama3.1:8b`."""


class Prices(BaseModel):
    """US dollars for a million tokens, as the provider lists them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt_usd: float = Field(ge=0)
    cached_usd: float | None = Field(default=None, ge=0, description="None: as `prompt_usd`.")
    completion_usd: float = Field(ge=0)


class ChatSettings(BaseModel):
    """One model, how to reach it, and how long to wait for it."""

    # An error must not print what was put into the wrong field, which may be the key.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    model: str = Field(min_length=1, description="`provider:name`; without a provider, OpenAI's.")
    base_url: str | None = Field(
        default=None, description="Of an OpenAI-compatible server, `/v1` included."
    )
    api_key: SecretStr | None = Field(
        default=None, description="None: the provider's own variable, or none with `base_url`."
    )
    read_timeout_s: float = Field(
        default=20, gt=0, description="Longest silence within a streamed reply, in seconds."
    )
    deadline_s: float = Field(
        default=60, gt=0, description="Longest time for a reply, retries included, in seconds."
    )
    tries: int = Field(default=3, ge=1, le=10, description="Requests for one reply, at most.")
    temperature: float | None = Field(
        default=None, ge=0, le=2, description="None: not sent, as reasoning models demand."
    )
    max_output_tokens: int | None = Field(default=None, gt=0)
    prices: Prices | None = Field(default=None, description="None: the cost stays unknown.")

    @property
    def provider(self) -> str:
        """LangChain's name of the provider."""
        before, colon, _ = self.model.partition(":")
        return before if colon and before in PROVIDERS else "openai"

    @property
    def name(self) -> str:
        """The model's name at its provider."""
        before, colon, after = self.model.partition(":")
        return after if colon and before in PROVIDERS else self.model

    @property
    def where(self) -> str:
        """The model and its server, for messages; never the key."""
        server = self.base_url or self.provider
        return f"model {self.name!r} at {server}"

    @field_validator("base_url")
    @classmethod
    def _an_address_without_secrets(cls, base_url: str | None) -> str | None:
        if base_url is None:
            return None
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http or https address such as http://127.0.0.1:8080/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("must not hold a user, a password or a query: give the key as api_key")
        return re.sub(r"/+$", "", base_url)

    @model_validator(mode="after")
    def _a_name_remains(self) -> Self:
        if not self.name:
            raise ValueError("model names a provider but no model: write provider:name")
        return self
