"""The offline speaker: the persona's authored lines, the question verbatim, the authored probe.

The same interview always gets the same words: variants rotate from the interview's seed.
"""

from collections.abc import AsyncIterator, Sequence

from interviewer.domain.moves import Ask, Challenge, Move, Press, Probe, Redirect, Wrap
from interviewer.domain.question import Question
from interviewer.domain.rubric import Point
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
        case Challenge():
            quote = spoken_part(move.flag.quote, [move.flag.cited])
            return _pick(scene, lines.challenge).format(quote=quote, cited=move.flag.cited)
        case Redirect():
            return lines.redirect[move.hygiene.value]
        case Wrap():
            return _pick(scene, lines.wrap)


def question_text(scene: Scene) -> str:
    """The question that the scene is about, as authored."""
    return scene.question.text if scene.question else ""


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
    if current.turns[-1].passed:
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
