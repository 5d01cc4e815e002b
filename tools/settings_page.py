"""Writes docs/settings.md from the settings themselves; `--check` only compares."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from interviewer.settings import Settings, variables

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

_HEAD = """\
<!-- Written by `make generate` from interviewer/settings.py; do not edit. -->
# Settings

Settings are read once, from the environment and from a file `.env` in the current folder; the
environment wins. None is needed: the defaults start the product offline. A variable that begins
with `INTERVIEWER_` and is not in this table is refused, so that a typo is found. An empty value
counts as not given. `interviewer doctor` shows each setting in use and where it came from; secrets
are never shown.

| Variable | Default | Values | What it does |
|---|---|---|---|
"""


def settings_page() -> str:
    """The page as it should be, in Markdown."""
    rows = [
        f"| `{variable}` | {_default(field)} | {_values(field)} | {field.description} |"
        for variable, field in zip(
            variables().values(), Settings.model_fields.values(), strict=True
        )
    ]
    return _HEAD + "\n".join(rows) + "\n"


def _default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        # Only the home folder is computed, and where it lies differs between machines.
        return "the platform's data folder"
    return "not set" if field.default is None else f"`{field.default}`"


def _values(field: FieldInfo) -> str:
    kinds = _parts(field.annotation)
    if SecretStr in kinds:
        return "text, secret"
    if (choices := [part for part in kinds if isinstance(part, str)]) != []:
        return ", ".join(f"`{choice}`" for choice in choices)
    kind = next(part for part in kinds if part is not type(None))
    name = _NAMES[kind]
    limits = [
        text.format(getattr(limit, key))
        for limit in field.metadata
        for key, text in _LIMITS.items()
        if hasattr(limit, key)
    ]
    return ", ".join([name, *limits])


def _parts(annotation: Any) -> tuple[Any, ...]:
    """The members of a union, or the values of a Literal; else the type itself."""
    return get_args(annotation) if get_origin(annotation) is not None else (annotation,)


_NAMES = {str: "text", Path: "folder", int: "whole number", float: "number"}
_LIMITS = {"gt": "above {}", "ge": "from {}", "le": "to {}"}


def main(arguments: Sequence[str]) -> None:
    """Writes the page, or with `--check` exits with 1 if it is out of date."""
    if "--check" not in arguments:
        PAGE.write_text(settings_page(), encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != settings_page():
        sys.exit(f"{PAGE}: not up to date: run `make generate` and commit")


if __name__ == "__main__":
    main(sys.argv[1:])
