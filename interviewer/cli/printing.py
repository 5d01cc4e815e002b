"""Printing: one JSON document on stdout, or text for people."""

import json
import sys
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


def print_markdown(text: str) -> None:
    """Prints Markdown: rendered in a terminal, as it is elsewhere."""
    if not sys.stdout.isatty():
        print(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, 100)).print(Markdown(text))
