"""What an engine must do: read an exchange (`Assessor`) and say a move (`Speaker`)."""

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Move
from interviewer.domain.question import Question
from interviewer.domain.track import Persona
from interviewer.domain.usage import PromptRef, Usage
from interviewer.domain.value import Value


class Scene(Value):
    """All that a speaker may know when it says a move."""

    interview: Interview
    persona: Persona
    move: Move
    question: Question | None
    """The question that an Ask puts; else the one being discussed."""


class Speech:
    """A line being said: iterate for its text, then read what it cost.

    `pieces` is given the speech, to report its usage on.

    Attributes:
        usage: Tokens used so far; final after the iteration.
        prompt: The prompt that was sent, None offline.
        model: Name of the model, None offline.
    """

    def __init__(
        self,
        pieces: "Callable[[Speech], AsyncIterator[str]]",
        *,
        prompt: PromptRef | None = None,
        model: str | None = None,
    ) -> None:
        self._pieces = pieces(self)
        self.usage = Usage()
        self.prompt = prompt
        self.model = model

    def __aiter__(self) -> AsyncIterator[str]:
        return self._pieces


class Speaker(Protocol):
    """Says a move in the persona's voice."""

    name: str

    def say(self, scene: Scene) -> Speech:
        """Starts saying the move.

        Iterating the speech raises `ModelError` if the model fails, also after some text.
        """
        ...


class Assessor(Protocol):
    """Reads the answers to one question against its rubric."""

    name: str

    async def assess(self, exchange: Exchange) -> Assessment:
        """Assesses all answers of the exchange together.

        Raises:
            ModelError: No usable reply; the caller falls back to the offline assessor.
        """
        ...
