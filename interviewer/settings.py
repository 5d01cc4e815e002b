"""All settings, read once from the environment and `.env`; defaults start the product offline.

The generated table is in docs/settings.md. A name that starts with INTERVIEWER_ and is not listed
here is an error, so that a typo is found.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from interviewer.errors import SettingError
from interviewer.paths import default_home

PREFIX = "INTERVIEWER_"

DEFAULT_MODEL = "openai:gpt-5.4-mini"


class Settings(BaseSettings):
    """The product's settings. Frozen; keys are secrets and never printed."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=default_home, description="Folder for the database, index and caches."
    )
    engine: Literal["auto", "offline", "model"] = Field(
        default="auto",
        description="`model` needs a key or base URL; `auto` uses it if there is one.",
    )
    model: str = Field(
        default=DEFAULT_MODEL, description="`provider:name` of the model that speaks and grades."
    )
    model_read_timeout_s: float = Field(
        default=30, gt=0, description="Longest silence within one reply, in seconds."
    )
    model_deadline_s: float = Field(
        default=60, gt=0, description="Longest time for one reply with retries, in seconds."
    )
    grading_votes: int = Field(
        default=1,
        ge=1,
        le=3,
        description="Readings of each answer by the model, 1 or 3: of three the middle verdict "
        "counts, their spread is shown as confidence, and the tokens are three times as many.",
    )
    spend_limit_tokens: int | None = Field(
        default=None, gt=0, description="Tokens this process may use before it goes offline."
    )
    embeddings: str = Field(
        default="local",
        pattern=r"^(local|off|openai:\S+)$",
        description="`local` is all-MiniLM-L6-v2; `openai:NAME` asks OpenAI, or OPENAI_BASE_URL, for "
        "the vectors of the shipped sources and of queries; `off` leaves word matching (BM25) only.",
    )
    embedding_threads: int = Field(default=2, ge=1, le=16, description="CPU threads to embed with.")
    code: Literal["auto", "plain", "off"] = Field(
        default="auto",
        description="`auto` runs candidates' code in a sandbox or not at all; `plain`, for one person "
        "on their own machine, runs it without one, as that person; `off` never does.",
    )
    tokens: SecretStr | None = Field(
        default=None,
        description="Access tokens `name:token,name:token`; required beyond loopback.",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_API_KEY"),
        description="Key for OpenAI or a compatible server.",
    )
    openai_base_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_BASE_URL"),
        description="Root of an OpenAI-compatible server (Ollama, vLLM, llama.cpp).",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL"),
        description="PostgreSQL instead of SQLite in the home folder.",
    )
    chroma_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("CHROMA_URL"),
        description="Chroma server instead of a local folder.",
    )

    @field_validator("grading_votes")
    @classmethod
    def _votes_have_a_majority(cls, votes: int) -> int:
        if votes == 2:
            raise ValueError("must be 1 or 3: two votes have no majority")
        return votes

    @property
    def uses_model(self) -> bool:
        """Whether the model engine is chosen: asked for, or possible under `auto`."""
        if self.engine == "auto":
            return bool(self.openai_api_key or self.openai_base_url)
        return self.engine == "model"

    @property
    def embedding_model(self) -> str | None:
        """`openai:NAME` if a server embeds sources and queries."""
        return self.embeddings if self.embeddings.startswith("openai:") else None

    @property
    def database(self) -> str:
        """The database URL, with its password."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home / 'interviewer.db'}"

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret's text, for redaction."""
        kept = (self.openai_api_key, self.tokens, self.database_url)
        return tuple(s.get_secret_value() for s in kept if s is not None)


def variables() -> dict[str, str]:
    """By setting: the name of its environment variable."""
    return {
        name: str(field.validation_alias.choices[0])
        if isinstance(field.validation_alias, AliasChoices)
        else PREFIX + name.upper()
        for name, field in Settings.model_fields.items()
    }


def read_settings() -> Settings:
    """Reads the settings.

    Raises:
        SettingError: A value is impossible or a name unknown; says which.
    """
    known = set(variables().values())
    from dotenv import dotenv_values

    try:
        given = {*os.environ, *dotenv_values(".env")}
    except (UnicodeDecodeError, OSError) as error:
        raise SettingError(f".env cannot be read as UTF-8 text: {error}") from None
    unknown = sorted(k for k in given if k.startswith(PREFIX) and k not in known | _TESTS)
    if unknown:
        raise SettingError(
            f"unknown setting {unknown[0]}; known: {', '.join(sorted(known))} (docs/settings.md)"
        )
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        variable = name if name.isupper() else PREFIX + name.upper()
        raise SettingError(f"{variable}: {first['msg']} (docs/settings.md)") from None


_TESTS = {"INTERVIEWER_TEST_POSTGRES"}
