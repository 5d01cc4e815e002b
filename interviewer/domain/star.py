"""STAR: how a told experience divides into situation, task, action and result.

Each sentence is given to one part. The parts come in that order, so the division is the best of
all that keep it: every sentence has a score for every part from the words in it, and a short
dynamic programme finds the borders. It reads cues, not meaning: a story told backwards, or one
without first person or past tense, is divided badly, and `confidence` says so.

Source of the parts and proportions: star-method#parts, star-method#timing and star-method#own-part
in knowledge/. The proportions are one vendor's convention, not research.
"""

import re
from collections.abc import Sequence

from pydantic import Field

from interviewer.domain.star_cues import CUES, NUMBER, Part
from interviewer.domain.timing import WORDS_PER_MINUTE, speaking_seconds
from interviewer.domain.value import Value

SECONDS = (90, 120)
"""Between these an answer is neither thin nor long."""
SHORT_SECONDS = 60
"""Below this an answer is called short; strong examples of the bank take 100."""
MOST_SETUP = 0.4
"""Share of situation and task from which the finding is made. The convention is a fifth; the division
is by cues, and strong examples of the bank come out at up to 0.35."""
LEAST_OWN = 0.5
"""Share of "I" among "I" and "we" below which it is unclear who did it."""
_LEAST_SPOKEN = 4
"""With fewer first persons nothing is said about their balance."""

Sentence = tuple[int, int]
"""Where a sentence stands: `text[start:end]`."""


class Segment(Value):
    """Neighbouring sentences of one part: `text[start:end]`."""

    part: Part
    start: int
    end: int
    words: int


class Figure(Value):
    """An amount in the answer, and whether what it is measured against stands beside it."""

    start: int
    end: int
    text: str
    has_base: bool = Field(description="A denominator, a comparison, or from ... to ...")


class StarShape(Value):
    """The shape of one told experience."""

    segments: tuple[Segment, ...]
    shares: dict[Part, float] = Field(description="Of the words, in [0, 1]; together 1.")
    setup_share: float = Field(description="Situation and task together, in [0, 1].")
    words: int
    seconds: float = Field(description="Estimated time to say it, at 150 words a minute.")
    own: int = Field(description='How often "I" acts.')
    shared: int = Field(description='How often "we" acts.')
    figures: tuple[Figure, ...]
    findings: tuple[str, ...] = Field(description="What to mend, in words; empty if nothing.")
    confidence: float = Field(ge=0, le=1, description="Share of sentences with a cue at all.")


_ORDER = tuple(Part)
_PRIOR = 0.35
"""What a sentence's place in the answer is worth beside a cue, which is worth 1."""
_CENTRES = {Part.SITUATION: 0.05, Part.TASK: 0.2, Part.ACTION: 0.5, Part.RESULT: 0.92}

_OWN = re.compile(r"\b(?:I|I'(?:ve|d|m)|I\u2019(?:ve|d|m)|my)\b")
_SHARED = re.compile(r"\b(?:we|our|us)(?:'(?:ve|d|re)|\u2019(?:ve|d|re))?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d$")
_BASE = re.compile(
    r"\b(?:from|of|out of|per|a (?:day|week|month|year|quarter)|against|versus|compared|than|before|"
    r"baseline|control|instead of|every|each)\b",
    re.IGNORECASE,
)


def star_shape(text: str, sentences: Sequence[Sentence]) -> StarShape | None:
    """Divides an answer; None if it has no words.

    Args:
        text: The answer.
        sentences: Where its sentences stand, in order.
    """
    total = len(text.split())
    if not sentences or not total:
        return None
    scores = [
        _scores(text[start:end], i, len(sentences)) for i, (start, end) in enumerate(sentences)
    ]
    segments = _segments(text, sentences, _divided(scores))
    counted = sum(segment.words for segment in segments) or 1
    shares = {
        part: round(sum(s.words for s in segments if s.part is part) / counted, 3) for part in Part
    }
    cued = sum(
        any(cue.search(text[s:e]) for cues in CUES.values() for cue in cues) for s, e in sentences
    )
    shape = StarShape(
        segments=segments,
        shares=shares,
        setup_share=round(shares[Part.SITUATION] + shares[Part.TASK], 3),
        words=total,
        seconds=round(speaking_seconds(text)),
        own=len(_OWN.findall(text)),
        shared=len(_SHARED.findall(text)),
        figures=tuple(_figures(text, sentences)),
        findings=(),
        confidence=round(cued / len(sentences), 2),
    )
    return shape.model_copy(update={"findings": tuple(_findings(shape))})


def _scores(sentence: str, index: int, of: int) -> list[float]:
    """How well a sentence fits each part: its cues, and a little its place."""
    place = (index + 0.5) / of
    return [
        sum(bool(cue.search(sentence)) for cue in CUES[part])
        - _PRIOR * abs(place - _CENTRES[part]) * 2
        for part in _ORDER
    ]


def _divided(scores: Sequence[Sequence[float]]) -> list[int]:
    """For each sentence the number of its part, never falling, with the highest sum."""
    parts = len(_ORDER)
    best = [list(scores[0])]
    came: list[list[int]] = []
    for row in scores[1:]:
        previous = best[-1]
        origin = [max(range(part + 1), key=previous.__getitem__) for part in range(parts)]
        came.append(origin)
        best.append([row[part] + previous[origin[part]] for part in range(parts)])
    path = [max(range(parts), key=best[-1].__getitem__)]
    for origin in reversed(came):
        path.append(origin[path[-1]])
    return path[::-1]


def _segments(
    text: str, sentences: Sequence[Sentence], parts: Sequence[int]
) -> tuple[Segment, ...]:
    found: list[Segment] = []
    for (start, end), number in zip(sentences, parts, strict=True):
        part, words = _ORDER[number], len(text[start:end].split())
        if found and found[-1].part is part:
            last = found.pop()
            start, words = last.start, last.words + words
        found.append(Segment(part=part, start=start, end=end, words=words))
    return tuple(found)


def _figures(text: str, sentences: Sequence[Sentence]) -> list[Figure]:
    found = []
    for start, end in sentences:
        for match in NUMBER.finditer(text, start, end):
            if _YEAR.fullmatch(match.group()):
                continue
            has_base = _BASE.search(text[start:end]) is not None
            found.append(
                Figure(start=match.start(), end=match.end(), text=match.group(), has_base=has_base)
            )
    return found


def _findings(shape: StarShape) -> list[str]:
    return [*_of_length(shape), *_of_parts(shape), *_of_figures(shape)]


def _of_length(shape: StarShape) -> list[str]:
    found = []
    low, high = SECONDS
    if shape.seconds > high:
        found.append(
            f"About {shape.seconds:.0f} seconds to say, where {low} to {high} are usual: "
            f"{shape.words - round(high * WORDS_PER_MINUTE / 60)} words could go."
        )
    if shape.seconds < SHORT_SECONDS:
        found.append(
            f"About {shape.seconds:.0f} seconds to say, where {low} to {high} are usual: "
            "there is room for what you decided, and why."
        )
    return found


def _of_parts(shape: StarShape) -> list[str]:
    found = []
    if shape.setup_share > MOST_SETUP:
        found.append(
            f"{shape.setup_share:.0%} of the words set the scene, where a fifth is usual: "
            "begin nearer to the moment in which you decided."
        )
    for part, missing in _MISSING.items():
        if not shape.shares[part]:
            found.append(missing)
    spoken = shape.own + shape.shared
    if spoken >= _LEAST_SPOKEN and shape.own < LEAST_OWN * spoken:
        found.append(
            f'"We" or "our" {shape.shared} times, "I" or "my" {shape.own} times: say which part was yours.'
        )
    return found


def _of_figures(shape: StarShape) -> list[str]:
    if not shape.figures:
        return ["There is no figure in it: how many, how much, by when?"]
    if not any(figure.has_base for figure in shape.figures):
        return ["No figure has anything beside it: out of how many, or compared with what?"]
    return []


_MISSING = {
    Part.ACTION: "No sentence says what you did.",
    Part.RESULT: "No sentence says what came of it.",
}
