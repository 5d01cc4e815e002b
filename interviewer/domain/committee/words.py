"""The words of a debrief: what is said in the room, resting on the findings."""

from pydantic import Field

from interviewer.domain.committee.debrief import Findings
from interviewer.domain.usage import Fallback, PromptRef, Usage
from interviewer.domain.value import Value


class Member(Value):
    """Who sits on the committee."""

    id: str
    name: str
    title: str
    voice: str = ""


class Brief(Value):
    """All that whoever words a debrief may know."""

    track: str
    findings: Findings
    members: dict[str, Member]
    round_titles: dict[str, str]


class Words(Value):
    """What was said, by whom, and who put it into words."""

    statements: dict[str, str] = Field(description="By member.")
    dissent: str = Field(default="", description="Empty where there is no dissent.")
    engine: str
    model: str | None = None
    prompt: PromptRef | None = None
    usage: Usage = Usage()
    fallback: Fallback | None = None
    refused: dict[str, str] = Field(
        default_factory=dict,
        description="By member or `dissent`: why the model's words were not used.",
    )
