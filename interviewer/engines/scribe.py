"""What an engine must do for a debrief: put the findings into the members' words (`Scribe`)."""

from typing import Protocol

from interviewer.domain.committee.words import Brief, Words


class Scribe(Protocol):
    """Words what the members say; decides nothing."""

    name: str

    async def word(self, brief: Brief) -> Words:
        """The words for a debrief.

        Raises:
            ModelError: No usable reply; the caller falls back to the offline scribe.
        """
        ...
