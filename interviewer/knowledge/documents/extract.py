"""Reads one file in a process of its own: `python -m interviewer.knowledge.documents.extract pdf`.

The file comes on standard input; one JSON document goes to standard output: `{"text", "pages"}` or
`{"refused"}`. A parser that crashes, hangs or eats memory takes only this process with it, so
nothing here catches what it does not understand. Without pydantic and numpy, for a quick start.
"""

import contextlib
import json
import sys

from interviewer.errors import DocumentRefused
from interviewer.knowledge.documents.limits import (
    ADDRESS_SPACE_BYTES,
    MOST_BYTES,
    MOST_CHARACTERS,
    TIME_LIMIT_S,
)


def extract(form: str, data: bytes) -> tuple[str, int | None]:
    """The text of a file and, of a PDF, the number of pages.

    Raises:
        DocumentRefused: It cannot be read safely; the message says why, not which file.
    """
    pages = None
    match form:
        case "pdf":
            from interviewer.knowledge.documents.pdf import read_pdf

            text, pages = read_pdf(data)
        case "docx":
            from interviewer.knowledge.documents.word import read_word

            text = read_word(data)
        case "html":
            from interviewer.knowledge.documents.page import read_page

            text = read_page(data)
        case "md":
            from interviewer.knowledge.documents.plain import read_markdown

            text = read_markdown(data)
        case _:
            from interviewer.knowledge.documents.plain import read_text

            text = read_text(data)
    if len(text) > MOST_CHARACTERS:
        raise DocumentRefused(
            f"over {MOST_CHARACTERS:,} characters of text: add the part that is needed"
        )
    return text, pages


def confine() -> None:
    """Limits this process: memory, processor time, no file to be written, no core dump.

    Where the system knows no such limits (Windows), the time limit of the parent is what is left.
    """
    try:
        import resource
    except ImportError:
        return
    seconds = int(TIME_LIMIT_S)
    for limit, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # macOS refuses to limit the address space.
        with contextlib.suppress(ValueError):
            resource.setrlimit(limit, (allowed, allowed))


def main(arguments: list[str]) -> int:
    """Reads the file on standard input as the format named first."""
    confine()
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    try:
        text, pages = extract(arguments[0], data)
    except DocumentRefused as refusal:
        result: dict[str, object] = {"refused": str(refusal)}
    else:
        result = {"text": text, "pages": pages}
    # Escaped: a lone surrogate, as broken fonts give, has no UTF-8 form.
    sys.stdout.write(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
