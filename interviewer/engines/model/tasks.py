"""What a model is asked to say, move by move. No task holds what the rubric looks for.

Facts of a case and changes of facts are no part of a task: the program says them as they were
written, right after the model's lead.
"""

from interviewer.domain.artefacts.kinds import KINDS
from interviewer.domain.handed import ArtefactObservation
from interviewer.domain.moves import (
    Ask,
    Challenge,
    Coaching,
    Curveball,
    Examine,
    HandOver,
    Inform,
    Interrupt,
    Press,
    Probe,
    Recall,
    Redirect,
    Wrap,
)
from interviewer.domain.panel import name_of, speaks_for_the_first_time
from interviewer.engines.offline.claimed import told_part
from interviewer.engines.offline.speaker import probe_text, where_said
from interviewer.engines.protocols import Scene
from interviewer.engines.quotes import spoken_part
from interviewer.prompting.fence import neutralise

_WORK = {"sketch": "drawing", "page": "page"} | dict.fromkeys(KINDS, "board")
"""What was handed in, by kind; anything else is work, which may be code."""

_AFTER = (
    "The program says the rest right after your words, so ask nothing and add nothing yourself."
)


def task_of(scene: Scene) -> str:
    """The task for the scene's move."""
    coaching = scene.move.coaching
    task = _task(scene)
    if speaks_for_the_first_time(scene.interview, scene.persona.id):
        task = f"{task} You have just told your name and title: do not introduce yourself."
    return task if coaching is None else f"{_coaching_task(coaching)} Then: {task}"


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
            return _challenge_task(move)
        case Redirect():
            return f"{_REDIRECTS[move.hygiene.value]} Do not repeat the question in full."
        case Wrap():
            return f"End the interview in one or two sentences. ({move.reason}) Say nothing of the result."
        case Recall() | Interrupt() | Curveball() | Inform() | Examine() | HandOver():
            return _rarer_task(scene, move)


def _rarer_task(
    scene: Scene, move: Recall | Interrupt | Curveball | Inform | Examine | HandOver
) -> str:
    match move:
        case Recall():
            said = neutralise(told_part(move.remembered.claim))
            where = neutralise(where_said(move.remembered))
            return (
                f'The candidate claimed "{said}" {where}. Quote it, and ask what their own part was '
                "and how it was measured."
            )
        case Interrupt():
            said = neutralise(spoken_part(move.quote))
            return (
                f'The candidate is listing things. Cut in at "{said}" and ask what limits them. '
                "Name no limit, customer or risk yourself."
            )
        case Examine():
            seen = move.observation
            artefact = seen.artefact if isinstance(seen, ArtefactObservation) else ""
            what = f"their {_WORK[artefact]}" if artefact else "what they ran"
            return (
                f"Say in a few words that you have looked at {what} and have a question. {_AFTER}"
            )
        case Curveball():
            return f"Say in one short sentence that something has changed. {_AFTER}"
        case Inform():
            return (
                f"The candidate asked for a fact. Say in a few words that it can be told. {_AFTER}"
            )
        case HandOver():
            named = neutralise(name_of(scene.interview, move.persona) or "your colleague")
            return f"Give the floor to {named} in one short sentence. {_AFTER}"


def _challenge_task(move: Challenge) -> str:
    if move.flag is not None:
        return (
            f'The candidate cited "{move.flag.cited}" as if it were in force. Ask whether that '
            "is what the agencies rely on today. Do not say what replaced it or when."
        )
    found = move.contradiction
    if found is None:
        raise ValueError("a challenge is about a rule or a contradiction")
    later = neutralise(told_part(found.later))
    earlier = neutralise(told_part(found.earlier))
    where = f'in the round "{neutralise(found.title)}"' if found.title else "earlier"
    return (
        f'The candidate now says "{later}"; {where} it was "{earlier}". Say both quotes and ask how '
        "they go together. Accuse of nothing."
    )


def _coaching_task(coaching: Coaching) -> str:
    if coaching.cause == "half-time":
        return f"First say in a few words that about {coaching.minutes} minutes are left."
    return (
        f"First say in a few words that the last answer took about {coaching.minutes} minutes and "
        "that time counts. Say nothing about what was in it."
    )


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
    if scene.interview.current.was_declined:
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
