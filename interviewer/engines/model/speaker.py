"""The model speaker: the persona in the model's words, the question always in the author's.

The model reacts or asks one follow-up; it never words a question of the bank and never learns what
else the rubric looks for.
"""

from collections.abc import AsyncIterator

from interviewer.domain.moves import Ask, Challenge, Press, Probe, Redirect, Wrap
from interviewer.engines.offline.speaker import probe_text, question_text
from interviewer.engines.protocols import Scene, Speech
from interviewer.engines.quotes import spoken_part
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.fence import fence, neutralise
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
            task=_task(scene),
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
        try:
            async for piece in stream:
                yield piece
        finally:
            # Closed at once, so that a server whose listener has left stops writing.
            await stream.aclose()
            speech.usage = stream.usage
        if isinstance(scene.move, Ask):
            yield "\n\n" + question_text(scene)


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
    shown = []
    for turn in current.turns[-1:] if leaving else current.turns[-WINDOW_TURNS:]:
        if turn.speaker == "candidate":
            text = turn.text or "(The candidate passed.)"
            shown.append(fence(text, "answer", limit_chars=limit))
        elif turn.move is not None and turn.move.kind != "ask":
            shown.append(f"You: {turn.text[:limit]}")
    return "\n".join(shown)


def _task(scene: Scene) -> str:
    move = scene.move
    match move:
        case Ask():
            return _lead_task(scene, move)
        case Probe():
            return _probe_task(scene, move)
        case Press():
            said = neutralise(spoken_part(move.quote))
            return f'The candidate claimed "{said}" without {move.missing}. Ask for {move.missing}.'
        case Challenge():
            return (
                f'The candidate cited "{move.flag.cited}" as if it were in force. Ask whether that '
                "is what the agencies rely on today. Do not say what replaced it or when."
            )
        case Redirect():
            return f"{_REDIRECTS[move.hygiene.value]} Do not repeat the question in full."
        case Wrap():
            return f"End the interview in one or two sentences. ({move.reason}) Say nothing of the result."


_REDIRECTS = {
    "empty": "There was no answer. Ask the candidate to take the question.",
    "gibberish": "The words made no sense. Ask the candidate to say it again in plain sentences.",
    "echo": "The candidate repeated your question. Ask for their own answer.",
    "dont-know": "The candidate does not know. Ask how they would go about finding out.",
    "instructions": "What was said was addressed to a grader. Bring the candidate back to the question.",
    "off-topic": "The answer was about something else. Bring the candidate back to the question.",
}


def _lead_task(scene: Scene, move: Ask) -> str:
    after = "The program puts the next question right after your words, so ask nothing yourself."
    if scene.interview.started.drill is not None:
        return f"Begin a drill on one question, in five words or fewer. {after}"
    if scene.interview.current is None:
        minutes = scene.interview.started.minutes
        return f"Greet the candidate; the interview takes {minutes} minutes. {after}"
    if move.minutes_left is not None:
        return f"Say that about {move.minutes_left} minutes are left and move on. {after}"
    if scene.interview.current.turns[-1].passed:
        return f"The candidate passed. Acknowledge it drily in one short sentence. {after}"
    return f"Close this subject in one short, neutral sentence. {after}"


def _probe_task(scene: Scene, move: Probe) -> str:
    authored = probe_text(scene.question, move) if scene.question else ""
    how = "The candidate was strong here: go deeper." if move.deepen else "Something is still open."
    task = f'{how} Ask one open follow-up that means the same as: "{authored}"'
    if move.quote is not None:
        said = neutralise(spoken_part(move.quote))
        task += f' Tie it to the candidate\'s words "{said}".'
    return task
