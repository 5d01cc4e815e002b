"""What a knowledge source holds: front matter, sections, and the passages made of them."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from interviewer.domain.rubric import Slug
from interviewer.domain.value import Value
from interviewer.knowledge.everyday import asked_as
from interviewer.knowledge.passages import Confidence, Passage, Status

PartialDate = Annotated[
    str, BeforeValidator(str), StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")
]
"""A day, a month or a year, as far as it is known."""

Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Text = Annotated[str, StringConstraints(min_length=3, max_length=400, strip_whitespace=True)]


class Kind(StrEnum):
    """What sort of document a source is."""

    LAW = "law"
    RULE = "rule"
    GUIDANCE = "guidance"
    PROPOSAL = "proposal"
    STANDARD = "standard"
    PRACTICE = "practice"
    FIRM = "firm"
    NOTE = "note"


class Document(Value):
    """A public document the facts were taken from; cited in a section as `[S1]`."""

    title: Text
    date: PartialDate | None = None
    read: PartialDate | None = Field(
        default=None, description="When it was read, for a page that bears no date of its own."
    )
    url: Url

    @property
    def dated(self) -> str:
        """Its date; for a page without one, when it was read."""
        return str(self.date) if self.date is not None else f"read {self.read}"


class Section(Value):
    """One section of a source."""

    anchor: Slug
    title: str
    text: str
    confidence: Confidence


class FrontMatter(Value):
    """What stands above the text of a source file."""

    id: Slug
    title: Text
    issuer: Text
    kind: Kind
    status: Status
    issued: dt.date | None = None
    effective: dt.date | None = None
    superseded_by: Slug | None = None
    superseded_on: dt.date | None = None
    governed_by: Slug | None = Field(
        default=None,
        description="Where nothing replaced it: the source in force that speaks to its subject now.",
    )
    as_of: dt.date
    review_by: dt.date
    url: Url | None = None
    cited_as: tuple[Text, ...] = ()
    compares: tuple[Slug, ...] = Field(
        default=(), description="A note that puts two sources side by side names them."
    )
    topics: tuple[Slug, ...] = Field(min_length=1)
    confidence: Confidence = Confidence.HIGH
    documents: dict[Annotated[str, StringConstraints(pattern=r"^S\d+$")], Document] = Field(
        default_factory=dict
    )


class Source(FrontMatter):
    """A knowledge source: one public document, practice or firm, described in our own words."""

    introduction: str
    sections: tuple[Section, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """One passage a section, in the order of the file."""
        return tuple(
            Passage(
                id=f"{self.id}#{section.anchor}",
                source=self.id,
                title=self.title,
                section=section.title,
                text=section.text,
                status=self.status,
                superseded_by=self.superseded_by,
                superseded_on=self.superseded_on,
                governed_by=self.governed_by,
                as_of=self.as_of,
                url=self.url,
                topics=self.topics,
                confidence=section.confidence,
                cited_as=self.cited_as,
                asked_as=asked_as(f"{self.id}#{section.anchor}"),
            )
            for section in self.sections
        )
