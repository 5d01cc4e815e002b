"""A valid instance of a JSON schema, the same one every time.

Not a full implementation: `pattern`, `not` and conditional schemas are ignored.
"""

import json
import re
from typing import Any

Json = dict[str, Any]

WORDS = (
    "The reply of a scripted server, long enough to be cut to any length that a schema asks for. "
)
INVENTED = "We tripled revenue in nine days with a quantum ledger."
_FORMATS = {
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "uri": "https://example.org/",
    "email": "someone@example.org",
}
_FENCED = re.compile(r"<(answer|exchange)[^>]*>\n(.*?)\n</\1>", re.DOTALL)


def instance_of(schema: Json, evidence: str = "", *, invent_quotes: bool = False) -> Any:
    """An instance of the schema.

    Args:
        schema: The root schema, with its `$defs`.
        evidence: What properties called `quote` are copied from; one sentence of it.
        invent_quotes: Fill `quote` with words that stand in no answer.
    """
    quote = INVENTED if invent_quotes else _first_sentence(evidence)
    return _value(schema, schema, "", quote)


def answers_in(messages: list[Json]) -> list[str]:
    """Every fenced answer in the messages, in order."""
    texts = [str(message.get("content") or "") for message in messages]
    return [match[2] for text in texts for match in _FENCED.finditer(text)]


def evidence_in(messages: list[Json]) -> str:
    """The last fenced answer in the messages, or the last user message."""
    texts = [str(message.get("content") or "") for message in messages]
    fenced = answers_in(messages)
    return fenced[-1] if fenced else (texts[-1] if texts else "")


def schema_in(messages: list[Json]) -> Json | None:
    """A JSON schema written out on a line of the messages, as prompts do without json_schema."""
    for message in messages:
        for line in str(message.get("content") or "").splitlines():
            if line.lstrip().startswith("{") and '"properties"' in line:
                try:
                    found = json.loads(line)
                except json.JSONDecodeError:
                    continue
                if isinstance(found, dict):
                    return found
    return None


def _first_sentence(text: str) -> str:
    sentence = re.split(r"(?<=[.!?])\s|\n", text.strip(), maxsplit=1)[0]
    return sentence[:200].strip()


def _value(schema: Any, root: Json, name: str, quote: str) -> Any:
    if not isinstance(schema, dict):
        return None
    if "$ref" in schema:
        target: Any = root
        for key in schema["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        return _value(target, root, name, quote)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if schema.get(key):
            return _value(schema[key][0], root, name, quote)
    return _typed(schema, root, name, quote)


def _typed(schema: Json, root: Json, name: str, quote: str) -> Any:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = kind[0]
    match kind:
        case "object":
            properties = schema.get("properties", {})
            return {key: _value(part, root, key, quote) for key, part in properties.items()}
        case "array":
            count = min(max(schema.get("minItems", 0), 1), schema.get("maxItems", 1))
            return [_value(schema.get("items", {}), root, name, quote) for _ in range(count)]
        case "integer" | "number":
            return _number(schema, kind)
        case "boolean":
            return True
        case "null":
            return None
        case _:
            return _text(schema, name, quote)


def _number(schema: Json, kind: str) -> float:
    low: float | None = schema.get("minimum", schema.get("exclusiveMinimum"))
    high: float | None = schema.get("maximum", schema.get("exclusiveMaximum"))
    step = 1 if kind == "integer" else 0.01
    if low is None and high is None:
        return 1
    if low is None:
        return min(1, high - step) if high is not None else 1
    return low + step if "exclusiveMinimum" in schema else low


def _text(schema: Json, name: str, quote: str) -> str:
    if "format" in schema:
        return _FORMATS.get(schema["format"], WORDS[:9])
    text = quote if "quote" in name and quote else WORDS[:40].strip()
    longest = schema.get("maxLength", len(text))
    shortest = schema.get("minLength", 0)
    while len(text) < shortest:
        text += " " + WORDS
    return text[: max(longest, shortest)]
