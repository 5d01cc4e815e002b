"""What the owner of a document should know about how it was taken in."""

import re
from collections.abc import Callable, Iterator

from interviewer.knowledge.documents.format import SUFFIXES, suffix_of

LEFT_OUT = "what runs, embeds or hides in the page was left out"
GIVES_ORDERS = "it holds text that gives orders to whoever reads it: kept as text, never followed and never quoted"
_RUNS = re.compile(
    rb"<(?:script|iframe|object|embed|applet|template|noscript)\b|\bdisplay\s{0,9}:\s{0,9}none|"
    rb"\bvisibility\s{0,9}:\s{0,9}hidden|<[^<>]{1,500}\shidden\b",
    re.IGNORECASE,
)


def notes_on(name: str, data: bytes, text: str, is_order: Callable[[str], bool]) -> Iterator[str]:
    """What to tell about a file that was added.

    Args:
        name: With its ending, which tells the format.
        data: What is in it.
        text: What was taken from it.
        is_order: Whether a line gives orders to whoever reads it.
    """
    if SUFFIXES.get(suffix_of(name)) == "html" and _RUNS.search(data):
        yield LEFT_OUT
    if any(is_order(line) for line in text.splitlines()):
        yield GIVES_ORDERS
