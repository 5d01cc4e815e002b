"""Changes to the text of an answer, by rule and the same on every machine, for `evals.attacks`."""

import json
import random
import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from evals.answers import DATASETS
from interviewer.domain.question import Question


def shuffled(text: str) -> str:
    """The words in an order without sense, the same for the same text."""
    mixed = text.split()
    random.Random(number_of(text)).shuffle(mixed)  # noqa: S311 (a repeatable mixture)
    return " ".join(mixed)


def negated(text: str, *, every: int = 1) -> str:
    """Sentences turned into their contrary at the first verb that can be, else denied whole.

    Args:
        text: What was said.
        every: 1 turns every sentence, 2 the first, third and so on.

    >>> negated("I would ask. We did.")
    'I would not ask. It is not the case that we did.'
    """
    table: dict[str, str] = wordings()["negations"]
    pattern = _any_of(table)

    def contrary(sentence: str) -> str:
        turned, count = pattern.subn(lambda m: table[m[0].lower()], sentence, count=1)
        if count:
            return turned
        return f"It is not the case that {sentence[0].lower()}{sentence[1:]}"

    sentences = [s for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s]
    return " ".join(s if i % every else contrary(s) for i, s in enumerate(sentences))


def edited(text: str) -> str:
    """A copy as somebody in a hurry makes it: last sentence first, contractions written out."""
    sentences = re.split(r"(?<=[.!?])\s+", text.strip())
    return replaced(" ".join([sentences[-1], *sentences[:-1]]), wordings()["contractions"])


def woven(question: Question, frames: Sequence[str] = ()) -> str:
    """Key terms in sentences that say nothing about them, no two built alike.

    Args:
        question: Whose terms.
        frames: Sentences with a place for `{terms}`, or for `{one}` and `{other}`; short ones unless
            given.
    """
    frames = frames or wordings()["stuffing_frames"]
    start = number_of(question.id)
    return " ".join(
        turn_of(frames, start + number).format(terms=" and ".join(terms), one=one, other=other)
        for number, point in enumerate(question.points)
        for terms, one, other in [_apart([group[0] for group in point.key_terms])]
    )


def one_by_one(question: Question, frames: Sequence[str], *, every: int = 1) -> str:
    """The first of every group of key terms in a sentence of its own, the frames in turn.

    Args:
        question: Whose terms.
        frames: Sentences with a place for `{terms}`.
        every: 2 leaves out every other group.
    """
    terms = [group[0] for point in question.points for group in point.key_terms][::every]
    start = number_of(question.id)
    return " ".join(
        turn_of(frames, start + number).format(terms=term) for number, term in enumerate(terms)
    )


def _apart(terms: Sequence[str]) -> tuple[Sequence[str], str, str]:
    """Terms together, and the first apart from the others; a single one is said twice."""
    return terms, terms[0], " and ".join(terms[1:] or terms)


def padded(text: str, filler: Sequence[str]) -> str:
    """The text with as many words of filler around it as it has itself."""
    padding: list[str] = []
    while sum(len(part.split()) for part in padding) < len(text.split()):
        padding.append(turn_of(filler, len(padding)))
    return f"{' '.join(padding[::2])} {text} {' '.join(padding[1::2])}"


def placed(text: str, order: str, number: int) -> str:
    """The order before, amid or behind the text."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    at = (0, len(sentences) // 2, len(sentences))[number % 3]
    return "\n".join(
        part for part in (" ".join(sentences[:at]), order, " ".join(sentences[at:])) if part
    )


def replaced(text: str, table: Mapping[str, str]) -> str:
    """The text with every key of the table replaced by its value, a capital kept."""
    lower = {key.lower(): value for key, value in table.items()}

    def instead(match: re.Match[str]) -> str:
        new = lower[match[0].lower()]
        return new[0].upper() + new[1:] if match[0][0].isupper() else new

    return _any_of(table).sub(instead, text)


def _any_of(table: Mapping[str, str]) -> re.Pattern[str]:
    longest_first = sorted(table, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?!['\w])", re.IGNORECASE)


def turn_of(texts: Sequence[str], number: int) -> str:
    """The texts in turn, by a number of any size."""
    return texts[number % len(texts)]


def number_of(text: str) -> int:
    """A number that is the same on every machine, to vary wordings over questions."""
    return zlib.crc32(text.encode())


@cache
def wordings() -> dict[str, Any]:
    """What is in `datasets/attack_wordings.json`."""
    found: dict[str, Any] = json.loads(
        (DATASETS / "attack_wordings.json").read_text(encoding="utf-8")
    )
    return found
