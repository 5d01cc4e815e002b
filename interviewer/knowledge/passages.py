"""A passage: one section of one source, the unit that is embedded, searched and cited."""

import datetime as dt
import re
from enum import StrEnum

from pydantic import Field

from interviewer.domain.rubric import PassageId, Slug
from interviewer.domain.value import Value

CHUNKER = "section/2"
"""How sources become passages; raise the number when `Passage.plain` or the cut changes."""

_DOCUMENT_MARK = re.compile(r"\s*\[S\d+[^\]]*\]")
_BLANKS = re.compile(r"\s+")


class Status(StrEnum):
    """Whether a source binds anybody today."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    PROPOSED = "proposed"
    PRACTICE = "practice"
    FIRM = "firm"


class Confidence(StrEnum):
    """How sure the authors are of the facts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Passage(Value):
    """One section with what a reader must know about the source it belongs to."""

    id: PassageId = Field(description="How it is cited: `source#section`.")
    source: Slug
    title: str = Field(description="Title of the source.")
    section: str = Field(description="Heading of the section.")
    text: str = Field(description="The section as written, in Markdown.")
    status: Status
    superseded_by: Slug | None = None
    superseded_on: dt.date | None = None
    governed_by: Slug | None = None
    as_of: dt.date = Field(description="When the facts were last checked.")
    url: str | None = Field(default=None, description="The primary document.")
    topics: tuple[Slug, ...] = ()
    confidence: Confidence = Confidence.HIGH
    cited_as: tuple[str, ...] = Field(default=(), description="How people name the source.")
    asked_as: tuple[str, ...] = Field(
        default=(), description="Questions in everyday words that it answers."
    )

    @property
    def plain(self) -> str:
        """What is compared by words: title, heading, everyday questions and text."""
        return " ".join((*self.asked_as, self.as_written))

    @property
    def unmarked(self) -> str:
        """The text without document marks (`[S1]`)."""
        return _DOCUMENT_MARK.sub("", self.text)

    @property
    def as_written(self) -> str:
        """Title, heading and text, without document marks: what is embedded beside the questions."""
        parts = (self.title, self.section, self.unmarked)
        return ". ".join(_BLANKS.sub(" ", part).strip().rstrip(".") for part in parts)
