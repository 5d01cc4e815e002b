"""The engines' parts, real and without embeddings, and replies for a scripted model."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from interviewer.domain.currency import SupersededRule
from interviewer.engines.model.assessor import ModelAssessor
from interviewer.engines.model.speaker import ModelSpeaker
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.offline.lexicon import Lexicon
from interviewer.engines.offline.parameters import load_parameters, parameters_file
from interviewer.llm.chat import Chat
from interviewer.paths import shipped
from interviewer.prompting.library import PromptLibrary
from tests.builders import POINT_IDS

Json = dict[str, Any]


def a_reader(rules: Sequence[SupersededRule] = ()) -> OfflineAssessor:
    """The offline assessor on words alone; it knows every word, so gibberish is repetition only."""
    return OfflineAssessor(Lexicon([]), load_parameters(parameters_file()), None, rules)


def a_model_assessor(
    chat: Chat, rules: Sequence[SupersededRule] = (), *, votes: int = 1
) -> ModelAssessor:
    """The model assessor with the shipped prompts."""
    return ModelAssessor(chat, PromptLibrary(shipped("prompts")), a_reader(rules), votes=votes)


def a_model_speaker(chat: Chat) -> ModelSpeaker:
    """The model speaker with the shipped prompts."""
    return ModelSpeaker(chat, PromptLibrary(shipped("prompts")))


def verdicts_reply(
    by_point: Mapping[str, tuple[str, str]], flags: Sequence[tuple[str, str]] = ()
) -> str:
    """What a grading model replies: `point -> (met, quote)`, and red flags with their quotes."""
    return json.dumps(
        {
            "points": [
                {"point": point, "reason": f"About {point}.", "quote": quote, "met": met}
                for point, (met, quote) in by_point.items()
            ],
            "red_flags": [{"flag": flag, "quote": quote} for flag, quote in flags],
        }
    )


def all_points(met: str, quote: str) -> dict[str, tuple[str, str]]:
    """The same verdict and quote for every point of `a_question()`."""
    return dict.fromkeys(POINT_IDS, (met, quote))


def grades_with(reply: str, says: str = "Go on, then.") -> Callable[[Json], str]:
    """A responder that grades with one reply and says one line; turns are the streamed calls."""
    return lambda body: says if body.get("stream") else reply
