"""The model speaker: the persona in the model's words, the question always in the author's.

The model reacts or asks one follow-up; it never words a question of the bank and never learns what
else the rubric looks for.
"""

from collections.abc import AsyncIterator

from interviewer.domain.interview import Turn
from interviewer.domain.moves import Ask, HandOver, Wrap
from interviewer.domain.panel import name_of
from interviewer.engines.model.tasks import task_of
from interviewer.engines.offline.speaker import introduction, question_text, told_words
from interviewer.engines.protocols import Scene, Speech
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.fence import fence
from interviewer.prompting.library import PromptLibrary

WINDOW_TURNS = 2
"""Turns that the model sees: the follow-up, if there was one, and the answer it reacts to."""

WINDOW_CHARACTERS = 1_200
"""Longest turn shown when the model follows up, in characters: about 200 words."""

LEAVING_CHARACTERS = 240
"""The same when it leaves the subject and needs the tone only."""

_TRAITS = 3
"""How many of a persona's likes, dislikes and prohibitions go into each prompt."""


class ModelSpeaker:
    """Says moves with a chat model."""

    name = "model"

    def __init__(self, chat: Chat, prompts: PromptLibrary) -> None:
        self._chat = chat
        self._prompts = prompts

    def say(self, scene: Scene) -> Speech:
        """Starts one streamed call; an Ask ends with the authored question, verbatim."""
        prompt = self._prompts.render(
            "interviewer/turn",
            name=scene.persona.name,
            title=scene.persona.title,
            voice=scene.persona.voice,
            cares_about=scene.persona.cares_about[:_TRAITS],
            irritated_by=scene.persona.irritated_by[:_TRAITS],
            never=scene.persona.never[:_TRAITS],
            round=scene.interview.started.title,
            question=_discussed(scene),
            dialogue=_dialogue(scene),
            task=task_of(scene),
        )
        messages = [Message("system", prompt.stable), Message("user", prompt.turn)]
        return Speech(
            lambda speech: self._stream(messages, scene, speech),
            prompt=prompt.ref,
            model=self._chat.settings.name,
        )

    async def _stream(
        self, messages: list[Message], scene: Scene, speech: Speech
    ) -> AsyncIterator[str]:
        stream = self._chat.stream(messages)
        # With the first piece, not before: a turn that fails unheard is said anew, from its start.
        introduced = introduction(scene)
        try:
            async for piece in stream:
                yield f"{introduced} {piece}" if introduced else piece
                introduced = ""
        finally:
            # Closed at once, so that a server whose listener has left stops writing.
            await stream.aclose()
            speech.usage = stream.usage
        if isinstance(scene.move, Ask):
            yield "\n\n" + question_text(scene)
        elif told := told_words(scene.move):
            yield " " + told


def _discussed(scene: Scene) -> str:
    current = scene.interview.current
    leaving = isinstance(scene.move, Ask | Wrap)
    return "" if current is None or leaving else current.question.text


def _dialogue(scene: Scene) -> str:
    current = scene.interview.current
    if current is None:
        return ""
    leaving = isinstance(scene.move, Ask | Wrap)
    limit = LEAVING_CHARACTERS if leaving else WINDOW_CHARACTERS
    # A hand-over is between interviewers: it would push the answer out of the window, and so would
    # a board, of which the program asks in words of its own.
    turns = [
        turn for turn in current.turns if not isinstance(turn.move, HandOver) and not turn.is_silent
    ]
    shown = []
    for turn in turns[-1:] if leaving else turns[-WINDOW_TURNS:]:
        if turn.speaker == "candidate":
            text = turn.text or "(The candidate passed.)"
            shown.append(fence(text, "answer", limit_chars=limit))
        elif turn.move is not None and turn.move.kind != "ask":
            shown.append(f"{_named(scene, turn)}: {turn.text[:limit]}")
    return "\n".join(shown)


def _named(scene: Scene, turn: Turn) -> str:
    """Who of the panel spoke, as seen by who speaks now."""
    if turn.persona in ("", scene.persona.id):
        return "You"
    return name_of(scene.interview, turn.persona) or "Your colleague"
