"""Performing a move: the model phrases it, and the offline speaker stands in when it fails."""

import logging
from collections.abc import AsyncIterator
from typing import NamedTuple

from interviewer.domain.moves import HandOver, Inform, Move
from interviewer.domain.usage import Fallback, PromptRef, Usage
from interviewer.engines.protocols import Assessor, Scene, Speaker
from interviewer.errors import ModelError
from interviewer.interviews.updates import Notice, Token

logger = logging.getLogger(__name__)


class Engine(NamedTuple):
    """Who speaks and who grades."""

    name: str
    speaker: Speaker
    assessor: Assessor
    hears_claims: bool = False
    """The assessor lists claims beside its verdicts; otherwise code finds them."""


class Spoken(NamedTuple):
    """A turn after it was said, with what the log keeps about it."""

    text: str
    engine: str
    model: str | None = None
    prompt: PromptRef | None = None
    usage: Usage = Usage()
    fallback: Fallback | None = None


async def perform(
    scene: Scene, engine: Engine, offline: Engine
) -> AsyncIterator[Token | Notice | Spoken]:
    """Says the move piece by piece and ends with the whole turn.

    After a `Notice` the pieces before it are void: the offline speaker says the turn anew.
    """
    fallback: Fallback | None = None
    spent = Usage()
    if engine.name != offline.name and not _is_authored(scene.move):
        said = ""
        speech = engine.speaker.say(scene)
        try:
            async for piece in speech:
                said += piece
                yield Token(text=piece)
        except ModelError as error:
            fallback = fallback_for(error, "speaking")
        else:
            if said.strip():
                yield Spoken(said.strip(), engine.name, speech.model, speech.prompt, speech.usage)
                return
            fallback = fallback_for(ModelError("it said nothing", kind="empty"), "speaking")
        spent = speech.usage
        yield Notice(message=fallback.message)
    said = ""
    async for piece in offline.speaker.say(scene):
        said += piece
        yield Token(text=piece)
    yield Spoken(said.strip(), offline.name, usage=spent, fallback=fallback)


def _is_authored(move: Move) -> bool:
    """Whether no model is asked.

    A hand-over is no turn to wait for, and where there is no fact to give, a model might invent one.
    """
    return isinstance(move, HandOver) or (isinstance(move, Inform) and not move.facts)


def fallback_for(error: ModelError, doing: str) -> Fallback:
    """The reason for the log and the candidate; also logs a warning."""
    logger.warning("the model failed while %s: %s (%s)", doing, error, error.kind)
    return Fallback.of(error)
