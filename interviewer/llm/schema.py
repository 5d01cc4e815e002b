"""A Pydantic model as the JSON schema that `response_format` wants."""

import json
import re
from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]

# Not part of OpenAI's subset for strict schemas; Pydantic checks them afterwards.
_UNKNOWN_TO_OPENAI = frozenset({"minLength", "maxLength"})
_NOISE = frozenset({"default", "title", "discriminator", "examples"})


def response_format(schema: type[BaseModel], *, bounds: bool) -> Json:
    """The `response_format` that asks for `schema`, strictly.

    Args:
        schema: The reply's model. Give every text and list a longest length: a weak model fills
            what has no bound.
        bounds: Keep the length bounds of texts: a local server turns them into its grammar, OpenAI
            refuses them.
    """
    name = re.sub(r"[^A-Za-z0-9_-]", "_", schema.__name__)[:64]
    strict = strict_schema(schema.model_json_schema(), bounds=bounds)
    return {"type": "json_schema", "json_schema": {"name": name, "schema": strict, "strict": True}}


def strict_schema(schema: Json, *, bounds: bool) -> Json:
    """The schema with every object closed and every property required, as strict mode demands."""
    cleaned = _strict(schema, bounds=bounds)
    assert isinstance(cleaned, dict)  # noqa: S101
    return cleaned


def schema_text(schema: type[BaseModel]) -> str:
    """The schema on one line, for the prompt of a model that takes no `response_format`."""
    return json.dumps(strict_schema(schema.model_json_schema(), bounds=True), ensure_ascii=False)


def _strict(node: Any, *, bounds: bool) -> Any:
    if isinstance(node, list):
        return [_strict(item, bounds=bounds) for item in node]
    if not isinstance(node, dict):
        return node
    # Only keywords: the names of properties, `title` among them, pass through `_strict_properties`.
    dropped = _NOISE if bounds else _NOISE | _UNKNOWN_TO_OPENAI
    kept: Json = {
        key: _strict_properties(value, bounds=bounds)
        if key in ("properties", "$defs")
        else _strict(value, bounds=bounds)
        for key, value in node.items()
        if key not in dropped
    }
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if "oneOf" in kept:
        kept["anyOf"] = kept.pop("oneOf")
    if "$ref" in kept and len(kept) > 1:
        # Strict mode allows nothing beside `$ref`.
        kept["anyOf"] = [{"$ref": kept.pop("$ref")}]
    if "properties" in kept:
        kept["required"] = list(kept["properties"])
        kept["additionalProperties"] = False
    return kept


def _strict_properties(properties: Json, *, bounds: bool) -> Json:
    return {name: _strict(schema, bounds=bounds) for name, schema in properties.items()}
