"""JSON found in whatever a model wrote around it."""

import json
import re
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)

_THINKING = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_CODE_BLOCK = re.compile(r"```[a-zA-Z]*\s*\n(.*?)```", re.DOTALL)
_OBJECTS_TRIED = 20
"""Places in prose where an object may begin; bounded, since each failed try may read to the end."""
_PROBLEMS_NAMED = 6


class Parsed(NamedTuple):
    """What could be made of a reply."""

    value: Any
    """An instance of the schema, or None."""
    problem: str
    """Why there is none, for the model to correct; never quotes what it wrote."""
    is_bare: bool
    """The reply was one JSON document and nothing else, as any server that enforces a format sends
    it."""


def parse_reply(text: str, schema: type[BaseModel]) -> Parsed:
    """The first object in the reply that fits the schema, or the reason there is none."""
    text = _THINKING.sub("", text).strip()
    whole, is_bare = _document(text)
    candidates = [whole] if is_bare else _objects_in(text)
    problem = "it holds no complete JSON object"
    for candidate in candidates:
        try:
            # Through JSON again: its rules for dates, tuples and enums differ from Python's.
            value = schema.model_validate_json(json.dumps(candidate))
        except ValidationError as exc:
            problem = _said(exc)
        except RecursionError:
            problem = "it is nested too deeply"
        else:
            return Parsed(value, "", is_bare)
    return Parsed(None, problem, is_bare)


def _document(text: str) -> tuple[Any, bool]:
    try:
        return json.loads(text), True
    except (ValueError, RecursionError):
        return None, False


def _objects_in(text: str) -> list[Any]:
    found = []
    for block in _CODE_BLOCK.findall(text):
        document, complete = _document(block)
        if complete:
            found.append(document)
    decoder = json.JSONDecoder()
    at, tried = text.find("{"), 0
    while at >= 0 and tried < _OBJECTS_TRIED:
        tried += 1
        try:
            document, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at = text.find("{", at + 1)
        else:
            found.append(document)
            at = text.find("{", end)
    return found


def _said(exc: ValidationError) -> str:
    errors = exc.errors(include_url=False, include_input=False, include_context=False)
    named = [
        f"{'.'.join(map(str, error['loc'])) or 'the object'}: {error['msg']}"
        for error in errors[:_PROBLEMS_NAMED]
    ]
    if len(errors) > _PROBLEMS_NAMED:
        named.append(f"and {len(errors) - _PROBLEMS_NAMED} more")
    return "; ".join(named)
