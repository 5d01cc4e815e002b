"""The lines of one file, read once and not kept: for a review of a résumé or a posting."""

from typing import NamedTuple

from interviewer.knowledge.documents.chunks import quotable
from interviewer.knowledge.documents.document import Kind
from interviewer.knowledge.documents.layout import blocks
from interviewer.knowledge.documents.sandbox import read_document


class ReadLines(NamedTuple):
    """Lines worth looking at, in the order of the document."""

    name: str
    lines: tuple[str, ...]


def read_lines(name: str, data: bytes) -> ReadLines:
    """Reads a file of any supported format in the sandbox.

    Args:
        name: With its ending, which tells the format.
        data: What is in it.

    Raises:
        DocumentRefused: It cannot be read safely.
    """
    cut = blocks(read_document(name, data).text)
    # As anything but a résumé: those put their best lines first.
    return ReadLines(name, tuple(quotable(Kind.JOB, cut)))
