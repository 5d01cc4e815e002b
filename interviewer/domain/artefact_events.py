"""What happens to an artefact in a round: it is handed in, and then it is read."""

from typing import Literal

from pydantic import AwareDatetime, Field

from interviewer.domain.handed import CheckedArtefact
from interviewer.domain.value import Value


class ArtefactHandedIn(Value):
    """The candidate handed something in; stored before anything reads it."""

    type: Literal["artefact_handed_in"] = "artefact_handed_in"
    at: AwareDatetime
    question: str
    kind: str
    content: str = Field(description="As it was sent.")


class ArtefactChecked(Value):
    """What was handed in was read, or could not be, and why."""

    type: Literal["artefact_checked"] = "artefact_checked"
    at: AwareDatetime
    question: str
    number: int = Field(ge=1, description="Which of the artefacts handed in for the question.")
    found: CheckedArtefact
