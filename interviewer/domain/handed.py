"""What a candidate handed in for an open question, and what was read in it.

It holds values only: what follows from them is in `handing` (the exchange after it), `examining`
(what is asked about it) and `shown` (which points it makes).
"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.value import Value

ArtefactKind = Literal[
    "matrix", "register", "four-p", "rav", "go-to-market", "star", "sketch", "page"
]
"""What a question may ask for: one of the boards, a sketch, or a page of prose."""

TITLES: dict[str, str] = {
    "matrix": "Model-risk matrix",
    "register": "Risk register",
    "four-p": "4-P sheet",
    "rav": "RAV curve",
    "go-to-market": "Go-to-market plan",
    "star": "STAR story",
    "sketch": "System sketch",
    "page": "Written page",
}
"""By kind, as a candidate reads it."""


class CheckedArtefact(Value):
    """What came of reading an artefact: its words and findings, or what must be corrected."""

    words: str = Field(default="", description="What it says, in sentences; empty if not read.")
    size: str = Field(default="", description="For the candidate: `5 rows`.")
    rows: int = Field(default=0, ge=0, description="Rows, components, or 1 for a page.")
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = Field(
        default=(), description="What must be corrected before it can be read, each with its place."
    )
    notices: tuple[str, ...] = Field(
        default=(), description="What was taken differently from how it was written."
    )


class Handed(Value):
    """One artefact that was handed in. `found` is None until it has been read."""

    kind: str
    content: str
    at: datetime
    place: int = Field(description="How many turns of the exchange had been taken before it.")
    found: CheckedArtefact | None = None

    @property
    def title(self) -> str:
        """The kind as a candidate reads it."""
        return TITLES.get(self.kind, self.kind)

    @property
    def is_read(self) -> bool:
        """Whether it could be read."""
        return self.found is not None and not self.found.problems

    @property
    def problems(self) -> tuple[str, ...]:
        """What must be corrected before it can be read."""
        return self.found.problems if self.found else ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What somebody who reads such artefacts for a living would stop at."""
        return self.found.findings if self.found else ()


class ArtefactObservation(Value):
    """A finding as the interviewer comes to speak of it. `ask` is the question, `text` the reason."""

    artefact: str = Field(description="The kind it was seen in.")
    kind: str = Field(description="Of the finding.")
    text: str
    ask: str
    row: int | None = None
