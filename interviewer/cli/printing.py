"""Printing: one JSON document on stdout, or text for people."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


def print_json(document: Any) -> None:
    """Prints one JSON document and nothing else.

    Args:
        document: A pydantic model, or plain data.
    """
    if hasattr(document, "model_dump"):
        document = document.model_dump(mode="json")
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def note(message: str) -> None:
    """Prints a line for the person on stderr, so that stdout stays clean."""
    print(message, file=sys.stderr, flush=True)


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with the time left, on stderr; silent where that is no terminal.

    Gives a function that takes how much is done, and of how much.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None, start=False)

        def show(done: int, of: int) -> None:
            bar.start_task(task)
            bar.update(task, completed=done, total=of)

        yield show


def print_markdown(text: str) -> None:
    """Prints Markdown: rendered in a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(text))
