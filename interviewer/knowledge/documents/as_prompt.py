"""How the text of a document may reach a model: as data inside a fence, and in no other way."""

from collections.abc import Iterable

from interviewer.knowledge.documents.document import OwnPassage
from interviewer.prompting.fence import fence

TAG = "candidates_document"


def as_prompt_text(passage: OwnPassage) -> str:
    """A passage as a prompt may show it; instructions in it stay text of a document."""
    heading = ", ".join(part for part in (passage.document, passage.section) if part)
    return fence(f"{heading}\n\n{passage.text}", TAG)


def lines_as_prompt_text(lines: Iterable[str]) -> str:
    """Lines of `DocumentStore.lines` as a prompt may show them, one below the other."""
    return fence("\n".join(lines), TAG)
