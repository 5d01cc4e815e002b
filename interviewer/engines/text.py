"""Text as the engines see it: sentences with offsets, stems, and the words that carry nothing."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

MOST_SENTENCE_WORDS = 42
"""Longer sentences are cut at clause borders: spoken answers run on, and one vector cannot hold
five ideas."""

STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being
    below between both but by can could did do does doing down during each even few for from
    further get gets go goes going got had has have having he her here hers him his how i if in
    into is it its itself just know let like lot make makes many may me might more most much must
    my myself no nor not now of off on once only one or other our ours out over own quite really
    said same say says she should so some such than that the their theirs them then there these
    they thing things this those through to too under until up us use very was we well were what
    when where which while who whom why will with would you your yours""".split()  # noqa: SIM905
)

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?:'[a-z]+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]\u201d\u2019]*\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[,;:\u2014])\s+")
_NUMBER = re.compile(
    r"\d|\b(?:half|third|quarter|double[ds]?|triple[ds]?|two|three|four|five|six|seven|eight|nine|"
    r"ten|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|percent)\b",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A piece of one answer: `answers[answer][start:end] == text`."""

    answer: int
    start: int
    end: int
    text: str


def spans(answers: Sequence[str]) -> list[Span]:
    """The sentences of all answers, with offsets; overlong ones cut at clause borders."""
    found = []
    for index, answer in enumerate(answers):
        for start, end in _pieces(answer, 0, len(answer), _SENTENCE_END):
            if len(answer[start:end].split()) <= MOST_SENTENCE_WORDS:
                found.append(Span(index, start, end, answer[start:end]))
                continue
            found += [Span(index, s, e, answer[s:e]) for s, e in _clauses(answer, start, end)]
    return found


def _pieces(text: str, start: int, end: int, border: re.Pattern[str]) -> list[tuple[int, int]]:
    edges = [start]
    for match in border.finditer(text, start, end):
        edges += [match.start(), match.end()]
    edges.append(end)
    pieces = []
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        stripped = text[left:right].strip()
        if stripped:
            at = left + text[left:right].index(stripped)
            pieces.append((at, at + len(stripped)))
    return pieces


def _clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Joins clauses into pieces of roughly half the limit, so that none is a stump."""
    joined: list[tuple[int, int]] = []
    for left, right in _pieces(text, start, end, _CLAUSE_END):
        if joined and len(text[joined[-1][0] : right].split()) <= MOST_SENTENCE_WORDS // 2:
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    return joined


def words(text: str) -> list[str]:
    """Lower-case words and numbers, in order.

    >>> words("PSI above 0.25, don't wait")
    ['psi', 'above', '0.25', "don't", 'wait']
    """
    return _WORD.findall(text.lower().replace("\u2019", "'"))


@cache
def _stemmer() -> "object":
    import Stemmer

    return Stemmer.Stemmer("english")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of a lower-case word."""
    stemmed: str = _stemmer().stemWord(word)  # type: ignore[attr-defined]
    return stemmed


def stems(text: str) -> list[str]:
    """Stems of all words, in order, stop words kept."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry something, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def stop_share(text: str) -> float:
    """Share of stop words among the words, in [0, 1]; 1 for a text without words.

    Running English holds 0.35 to 0.6; a list of terms close to none.
    """
    found = words(text)
    return sum(w in STOP_WORDS for w in found) / len(found) if found else 1.0


def has_number(text: str) -> bool:
    """Whether the text states an amount, in digits or words."""
    return bool(_NUMBER.search(text))
