"""Printing: one JSON document on stdout, or text for people."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


def print_json(document: Any) -> None:
    """Prints one JSON document and nothing else.

    Args:
        document: A pydantic model, or plain data.
    """
    if hasattr(document, "model_dump"):
        document = document.model_dump(mode="json")
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def standing(status: str, superseded_by: str | None) -> str:
    """A source's status in words, with what replaced it.

    >>> standing("in_force", None), standing("superseded", "sr-26-2")
    ('in force', 'superseded by sr-26-2')
    """
    said = status.replace("_", " ")
    return f"{said} by {superseded_by}" if superseded_by else said


def note(message: str) -> None:
    """Prints a line for the person on stderr, so that stdout stays clean."""
    print(message, file=sys.stderr, flush=True)


class Shows(Protocol):
    """Takes how much is done, of how much, and what was spent so far, in words."""

    def __call__(self, done: int, of: int, spent: str = "") -> None: ...  # noqa: D102


@contextmanager
def progress_bar(label: str) -> Iterator[Shows]:
    """A bar with the time left, on stderr; silent where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, of, spent="": None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[spent]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, start=False, spent="")

        def show(done: int, of: int, spent: str = "") -> None:
            bar.start_task(task)
            bar.update(task, completed=done, total=of, spent=spent)

        yield show


def print_markdown(text: str) -> None:
    """Prints Markdown: rendered in a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(text))
