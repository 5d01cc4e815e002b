"""JSON files that a person filled in, read with errors that say where; and results written out."""

import sys
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from interviewer.errors import InputError, NotText, StoreUnwritable

M = TypeVar("M", bound=BaseModel)

_MOST_BYTES = 1_000_000


def read_filled_in(file: Path, model: type[M]) -> M:
    """A JSON file as a model.

    Raises:
        InputError: It cannot be read or does not fit; says in which field.
        NotText: It is not UTF-8.
    """
    try:
        with file.open("rb") as handle:
            raw = handle.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from None
    if len(raw) > _MOST_BYTES:
        raise InputError(f"{file} is larger than {_MOST_BYTES:,} bytes: that is no answers file")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(f"{file} is not UTF-8 text") from None
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        issue = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in issue["loc"]) or "the document"
        raise InputError(f"{file}: {field}: {issue['msg']}") from None


def write_result(file: Path, content: str | bytes) -> None:
    """Writes a result that the person asked for.

    Raises:
        StoreUnwritable: It cannot be written.
    """
    try:
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            file.write_text(content, encoding="utf-8")
    except OSError as error:
        raise StoreUnwritable(f"cannot write {file}: {error.strerror}") from None


def require_terminal(instead: str) -> None:
    """Refuses to ask where nobody can answer.

    Raises:
        InputError: Standard input is no terminal.
    """
    if not sys.stdin.isatty():
        raise InputError(f"this asks questions and needs a terminal; instead: {instead}")
