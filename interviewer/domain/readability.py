"""Whether a page can be read by somebody who does not build models: findings on its form.

It measures form and not truth: sentences that are too long to be read once, abbreviations that are
never spelt out, paragraphs without a stop, a page that is no page. The limits are this product's own
choice, after the usual advice of plain-language guides: sentences of 15 to 20 words on average, one
idea a paragraph.
"""

import re
from collections.abc import Iterator
from itertools import islice

from interviewer.domain.artefacts.findings import Finding, named
from interviewer.domain.value import Value

LONG_SENTENCE = 32
"""Words; from here on a reader goes back to its beginning."""
MOST_AVERAGE = 22.0
"""Words a sentence over the whole page."""
MOST_PARAGRAPH = 140
MOST_WORDS = 700
"""A page and a half: what is asked for is a page."""
MOST_CHARACTERS = 50_000
_MOST_UNEXPLAINED = 50
_MOST_LOOKED_UP = 300
"""Abbreviations of one page that are looked for; each costs a search through it."""
_MOST_EACH = 3
"""Findings of one kind; more of the same teach nothing."""

KNOWN = frozenset(
    "AI CEO CFO EU GDP ID IT OK PC PDF PIN UK US USA USD EUR GBP SMS TV URL Q1 Q2 Q3 Q4".split()  # noqa: SIM905
)
"""Abbreviations that any reader in a bank knows."""

_ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]{1,6}s?\b")
_STOP = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[A-Z0-9\"'(])|\n+")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|\|)[ \t]*", re.MULTILINE)
_WORD = re.compile(r"[^\W_][\w'%.,-]*")


class Readability(Value):
    """How a page reads.

    Attributes:
        words: In all.
        sentences: A heading or an item of a list counts as one.
        average: Words a sentence; 0.0 without any.
        longest: Words of the longest sentence.
        unexplained: Abbreviations that are never spelt out, in order of appearance.
        findings: What a reader would stumble over.
    """

    words: int
    sentences: int
    average: float
    longest: int
    unexplained: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_as_a_layman(text: str) -> Readability:
    """Measures a page; what lies beyond `MOST_CHARACTERS` is not read."""
    page = text[:MOST_CHARACTERS]
    sentences = _sentences(page)
    lengths = [len(_WORD.findall(sentence)) for sentence in sentences]
    words = sum(lengths)
    average = words / len(lengths) if lengths else 0.0
    unexplained = _unexplained(page)
    findings = (
        *_long(sentences, lengths, average),
        *_short_forms(unexplained),
        *_blocks(page, words),
    )
    return Readability(
        words=words,
        sentences=len(lengths),
        average=round(average, 1),
        longest=max(lengths, default=0),
        unexplained=unexplained,
        findings=findings,
    )


def _sentences(page: str) -> list[str]:
    pieces = _STOP.split(_ITEM.sub("", _joined_lines(page)))
    return [piece for piece in pieces if _WORD.search(piece)]


def _joined_lines(page: str) -> str:
    """Lines of a paragraph joined; headings, items of lists and empty lines still divide."""
    return re.sub(r"(?<=[^\n])\n(?!\s*(?:[-*+|#]|\d+[.)]|\n))", " ", page)


def _unexplained(page: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    # Each once: a page that repeats one a thousand times would be searched a thousand times.
    shorts = dict.fromkeys(m.group().removesuffix("s") for m in _ABBREVIATION.finditer(page))
    for short in islice(shorts, _MOST_LOOKED_UP):
        if short not in KNOWN and not short.isdigit() and not _explained(short, page):
            found.setdefault(short)
            if len(found) == _MOST_UNEXPLAINED:
                break
    return tuple(found)


def _explained(short: str, page: str) -> bool:
    """`(SHORT)` after its words, or `SHORT (its words)`, or `SHORT, that is` anywhere in the page."""
    form = re.escape(short)
    spelt = rf"\({form}s?\)|\b{form}s?\s*\([^()]{{0,120}}?[a-z]{{3}}|\b{form}s?,? (?:is|are|means|that is)\b"
    return re.search(spelt, page) is not None


def _long(sentences: list[str], lengths: list[int], average: float) -> Iterator[Finding]:
    longest = sorted(zip(lengths, sentences, strict=True), key=lambda pair: -pair[0])
    for length, sentence in longest[:_MOST_EACH]:
        if length >= LONG_SENTENCE:
            yield Finding(
                kind="long-sentence",
                sentence=f"{length} words in one sentence: {named(sentence)!r}.",
                probe="Say that sentence again as you would to a branch manager.",
                criterion="communication",
            )
    if average > MOST_AVERAGE:
        yield Finding(
            kind="long-sentences-on-average",
            sentence=f"A sentence has {average:.0f} words on average; most readers follow up to 20.",
            probe="Which three sentences should a director remember?",
            criterion="communication",
        )


def _short_forms(unexplained: tuple[str, ...]) -> Iterator[Finding]:
    for short in unexplained[:_MOST_EACH]:
        yield Finding(
            kind="unexplained-abbreviation",
            sentence=f"{short!r} is never spelt out.",
            probe=f"A reader from the legal department asks what {short} tells them. What do you say?",
            criterion="communication",
        )


def _blocks(page: str, words: int) -> Iterator[Finding]:
    lengths = [len(_WORD.findall(block)) for block in re.split(r"\n\s*\n", page)]
    if max(lengths) > MOST_PARAGRAPH:
        yield Finding(
            kind="long-paragraph",
            sentence=f"One paragraph has {max(lengths)} words without a break.",
            probe="What is the one thing which that paragraph says?",
            criterion="communication",
        )
    if words > MOST_WORDS:
        yield Finding(
            kind="more-than-a-page",
            sentence=f"It has {words} words; a page has some 500.",
            probe="The reader stops after the first page. What have they not seen?",
            criterion="communication",
        )
