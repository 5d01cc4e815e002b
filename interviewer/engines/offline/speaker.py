"""The offline speaker: the persona's authored lines, the question verbatim, the authored probe.

The same interview always gets the same words: variants rotate from the interview's seed.
"""

from collections.abc import AsyncIterator, Sequence

from interviewer.domain.claims import RememberedClaim
from interviewer.domain.moves import (
    Ask,
    Challenge,
    Coaching,
    Curveball,
    Examine,
    HandOver,
    Inform,
    Interrupt,
    Move,
    Press,
    Probe,
    Recall,
    Redirect,
    Wrap,
)
from interviewer.domain.panel import name_of, speaks_for_the_first_time
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
from interviewer.engines.offline.claimed import told_part
from interviewer.engines.protocols import Scene, Speech
from interviewer.engines.quotes import spoken_part


class OfflineSpeaker:
    """Says moves without a model."""

    name = "offline"

    def say(self, scene: Scene) -> Speech:
        """Says the move at once."""
        return Speech(lambda _: _pieces(spoken(scene)))


async def _pieces(text: str) -> AsyncIterator[str]:
    for line in text.splitlines(keepends=True):
        for word in line.split(" "):
            yield word if word.endswith("\n") else f"{word} "


def spoken(scene: Scene) -> str:
    """The authored words for a move."""
    coaching = scene.move.coaching
    parts = (
        introduction(scene),
        "" if coaching is None else _coaching(scene, coaching),
        _move_words(scene),
    )
    return " ".join(part for part in parts if part)


def introduction(scene: Scene) -> str:
    """Who is speaking, where the candidate hears this member of a panel for the first time."""
    persona = scene.persona
    if not speaks_for_the_first_time(scene.interview, persona.id):
        return ""
    line = _pick(scene, persona.lines.introduces)
    return line.format(name=persona.name, title=persona.title)


def _move_words(scene: Scene) -> str:
    lines = scene.persona.lines
    move = scene.move
    match move:
        case Ask():
            return "\n\n".join(part for part in (_lead(scene, move), question_text(scene)) if part)
        case Probe():
            return _probe(scene, move)
        case Press():
            quote = spoken_part(move.quote)
            return _pick(scene, lines.press).format(quote=quote, missing=move.missing)
        case Recall():
            quote = told_part(move.remembered.claim)
            return _pick(scene, lines.recall).format(quote=quote, where=where_said(move.remembered))
        case Challenge():
            return _challenge(scene, move)
        case Interrupt():
            return _pick(scene, lines.interrupt).format(quote=spoken_part(move.quote))
        case Redirect():
            return lines.redirect[move.hygiene.value]
        case Wrap():
            return _pick(scene, lines.wrap)
        case Curveball() | Inform() | Examine() | HandOver():
            return " ".join(part for part in (lead_words(scene), told_words(move)) if part)


def lead_words(scene: Scene) -> str:
    """The persona's own words before what is said as it was written."""
    lines = scene.persona.lines
    match scene.move:
        case Curveball():
            return _pick(scene, lines.curveball)
        case Inform(facts=facts):
            return _pick(scene, lines.fact if facts else lines.no_fact)
        case Examine():
            return _pick(scene, lines.probe_plain)
        case HandOver(persona=persona):
            named = name_of(scene.interview, persona) or "My colleague"
            return _pick(scene, lines.hand_over).format(next=named)
        case _:
            return ""


def told_words(move: Move) -> str:
    """What is said as it was written, whoever speaks: a change of facts, a fact, a failing case."""
    match move:
        case Curveball():
            return move.change.text
        case Inform():
            return " ".join(fact.text for fact in move.facts)
        case Examine():
            return move.observation.ask
        case _:
            return ""


def where_said(remembered: RememberedClaim) -> str:
    """Where an earlier claim was made, as a persona says it."""
    return f'in the round "{remembered.title}"'


def _challenge(scene: Scene, move: Challenge) -> str:
    lines = scene.persona.lines
    if move.flag is not None:
        quote = spoken_part(move.flag.quote, [move.flag.cited])
        return _pick(scene, lines.challenge).format(quote=quote, cited=move.flag.cited)
    if move.contradiction is None:
        raise ValueError("a challenge is about a rule or a contradiction")
    found = move.contradiction
    where = f'in the round "{found.title}"' if found.title else "earlier in this conversation"
    return _pick(scene, lines.contradiction).format(
        quote=told_part(found.later), earlier=told_part(found.earlier), where=where
    )


def _coaching(scene: Scene, coaching: Coaching) -> str:
    lines = scene.persona.lines
    said = lines.half_time if coaching.cause == "half-time" else lines.long_answer
    return _pick(scene, said).format(minutes=coaching.minutes)


def question_text(scene: Scene) -> str:
    """The question that the scene is about, as authored; the brief of a case before its first."""
    if scene.question is None:
        return ""
    case = scene.interview.started.case
    if case is None or scene.interview.current is not None:
        return scene.question.text
    return f"{case.brief}\n\n{scene.question.text}"


def _lead(scene: Scene, move: Ask) -> str:
    """What is said before the question itself."""
    lines, interview = scene.persona.lines, scene.interview
    current = interview.current
    if interview.started.drill is not None:
        return ""
    if current is None:
        return _pick(scene, lines.opening).format(minutes=interview.started.minutes)
    if move.minutes_left is not None:
        return _pick(scene, lines.time).format(minutes=move.minutes_left)
    if current.was_declined:
        return _pick(scene, lines.passed)
    return _pick(scene, lines.bridge)


def _probe(scene: Scene, move: Probe) -> str:
    lines = scene.persona.lines
    if scene.question is None:
        raise ValueError("a probe belongs to a question")
    point = scene.question.point(move.point)
    authored = point.deepen if move.deepen else point.probes
    text = authored[move.nth % len(authored)]
    if move.quote is None:
        return f"{_pick(scene, lines.probe_plain)} {text}"
    said = spoken_part(move.quote, key_terms_of(point))
    lead = _pick(scene, lines.deepen if move.deepen else lines.probe).format(quote=said)
    return f"{lead} {text}"


def key_terms_of(point: Point) -> list[str]:
    """All of a point's terms, ungrouped."""
    return [term for group in point.key_terms for term in group]


def _pick(scene: Scene, variants: Sequence[str]) -> str:
    """Rotates through the variants by the interview's seed and how often the move was made."""
    turns = sum(len(exchange.moves) for exchange in scene.interview.exchanges)
    return variants[(scene.interview.started.seed + turns) % len(variants)]


def probe_text(question: Question, move: Move) -> str | None:
    """The authored follow-up that a probe would put, None for other moves."""
    if not isinstance(move, Probe):
        return None
    point = question.point(move.point)
    authored = point.deepen if move.deepen else point.probes
    return authored[move.nth % len(authored)]
