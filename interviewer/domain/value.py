"""The one base class of every domain value: frozen, and closed to unknown fields."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value; an unknown field is an error, so a typo in a seed file is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")
