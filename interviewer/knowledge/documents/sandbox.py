"""Runs the extraction in a child process and believes nothing it says without looking."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import BaseModel, Field, ValidationError

import interviewer
from interviewer.errors import DocumentRefused
from interviewer.knowledge.documents.format import format_of
from interviewer.knowledge.documents.layout import visible
from interviewer.knowledge.documents.limits import (
    MOST_BYTES,
    MOST_CHARACTERS,
    MOST_PAGES,
    READ_AT_ONCE,
    TIME_LIMIT_S,
)

MODULE = "interviewer.knowledge.documents.extract"

_slots = threading.BoundedSemaphore(READ_AT_ONCE)


class Extracted(NamedTuple):
    """What was read from a file; `pages` is None for what has none."""

    text: str
    pages: int | None


class _Reply(BaseModel):
    text: Annotated[str, Field(max_length=MOST_CHARACTERS)] | None = None
    pages: Annotated[int, Field(ge=0, le=MOST_PAGES)] | None = None
    refused: Annotated[str, Field(max_length=1000)] | None = None


def read_document(name: str, data: bytes, *, limit_s: float = TIME_LIMIT_S) -> Extracted:
    """The visible text of a document.

    Args:
        name: File name; its ending and the content must agree.
        data: The whole file.
        limit_s: Longest time, in seconds; not counted while other files are being read.

    Raises:
        DocumentRefused: It cannot be read safely; the message says why and what to do, without
            the name.
    """
    if len(data) > MOST_BYTES:
        raise DocumentRefused(f"over {MOST_BYTES // 1_000_000} MB")
    form = format_of(name, data)
    with _slots:
        output = _run(form, data, limit_s)
    try:
        reply = _Reply.model_validate_json(output)
    except ValidationError:
        raise DocumentRefused(_damaged(form)) from None
    if reply.refused is not None or reply.text is None:
        reason = " ".join(visible(reply.refused or "").split())
        raise DocumentRefused(reason or _damaged(form))
    text = visible(reply.text)
    if not any(character.isalnum() for character in text):
        scan = ", only pictures: export it from where it was written" if form == "pdf" else ""
        raise DocumentRefused(f"no text in it{scan}")
    return Extracted(text, reply.pages)


def _run(form: str, data: bytes, limit_s: float) -> bytes:
    try:
        child = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", MODULE, form],
            input=data,
            capture_output=True,
            timeout=limit_s,
            check=False,
            env=_environment(),
        )
    except subprocess.TimeoutExpired:
        raise DocumentRefused(
            f"reading it took over {limit_s:g} s: export it anew or as plain text"
        ) from None
    if child.returncode != 0:
        raise DocumentRefused(_damaged(form))
    return child.stdout


def _damaged(form: str) -> str:
    return f"damaged, or unlike any {form.upper()} that can be read: export it anew"


def _environment() -> dict[str, str]:
    """Where to import from, and nothing else: no key, no token, no proxy."""
    places = [str(Path(interviewer.__file__).parents[1]), *filter(None, sys.path)]
    kept = {"PYTHONPATH": os.pathsep.join(places), "PYTHONDONTWRITEBYTECODE": "1"}
    if "SYSTEMROOT" in os.environ:  # without it Python does not start on Windows
        kept["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return kept
