"""From blocks to passages to search, and to lines to quote. Pure functions."""

import re
from collections.abc import Iterable, Iterator, Sequence

from interviewer.knowledge.documents.document import Kind, OwnPassage
from interviewer.knowledge.documents.layout import Block

CHUNKER = "blocks/2"
"""Raise the number when the same file would be cut otherwise."""
MOST_WORDS = 200
"""Of a passage: about 260 word pieces, what the embedding model reads of one."""
MOST_OVERLAP_WORDS = 50
"""Longer sentences are not repeated at the start of the next passage."""
MOST_SECTION_CHARACTERS = 160
"""Of headings put together."""
QUOTE_WORDS = (4, 45)
"""Fewest and most of a line worth quoting."""
MOST_QUOTE_CHARACTERS = 300

_SENTENCE_END = re.compile(
    r"(?<=[.!?])[\"')\]\u201d\u2019]{0,3}\s+(?=[\"'(\[\u201c\u2018]?[A-Z0-9])"
)
_CONTACT = re.compile(r"\S@\S|https?://|www\.|linkedin\.com|github\.com|\+?\d[\d ()./-]{7,}\d")
_DATE = re.compile(
    r"\b(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+)?"
    r"(?:\d{1,2}/)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d")


def passages(name: str, kind: Kind, cut: Sequence[Block]) -> list[OwnPassage]:
    """Passages of at most 200 words, none across a heading; neighbours share a sentence."""
    found: list[OwnPassage] = []
    for section, units in _sections(cut):
        for text in _packed(units):
            found.append(
                OwnPassage(
                    id=f"my:{name}#{len(found) + 1}",
                    document=name,
                    kind=kind,
                    section=section,
                    text=text,
                )
            )
    return found


def quotable(kind: Kind, cut: Sequence[Block]) -> list[str]:
    """Lines that can be put to the candidate word by word, each once.

    Of a résumé, list items with a number come first, then other items, then sentences with a
    number. A year alone is no number. Addresses and stumps are left out.
    """
    ranked: dict[str, tuple[bool, bool]] = {}
    for block in cut:
        if block.kind == "heading":
            continue
        for line in _sentences(block.text) if block.kind == "text" else _whole(block.text):
            if _is_quotable(line):
                number = _NUMBER.search(_DATE.sub("", line)) is not None
                ranked.setdefault(line, (block.kind != "item", not number))
    if kind is Kind.RESUME:
        return sorted(ranked, key=lambda line: ranked[line])
    return list(ranked)


def _whole(text: str) -> list[str]:
    return [text] if len(text.split()) <= QUOTE_WORDS[1] else _sentences(text)


def _is_quotable(line: str) -> bool:
    fewest, most = QUOTE_WORDS
    fits = fewest <= len(line.split()) <= most and len(line) <= MOST_QUOTE_CHARACTERS
    return fits and not _CONTACT.search(_DATE.sub("", line))


def _sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def _sections(cut: Iterable[Block]) -> Iterator[tuple[str, list[str]]]:
    """By heading: the sentences and items below it; an item begins with `- ` on a new line.

    A heading with nothing but another heading below it is put before that one.
    """
    section, units = "", list[str]()
    for block in cut:
        if block.kind == "heading":
            joined = f"{section}: {block.text}"
            if section and not units and len(joined) <= MOST_SECTION_CHARACTERS:
                section = joined
                continue
            yield from _section(section, units)
            section, units = block.text, []
            continue
        lead = "\n- " if block.kind == "item" else "\n"
        for sentence in _sentences(block.text):
            units += [lead + piece for piece in _pieces(sentence)]
            lead = " "
    yield from _section(section, units)


def _section(heading: str, units: list[str]) -> Iterator[tuple[str, list[str]]]:
    # A heading with nothing below it is text.
    if units:
        yield heading, units
    elif heading:
        yield "", [heading]


def _pieces(sentence: str) -> list[str]:
    words = sentence.split()
    longest = MOST_WORDS - MOST_OVERLAP_WORDS
    return [" ".join(words[at : at + longest]) for at in range(0, len(words), longest)]


def _packed(units: Sequence[str]) -> Iterator[str]:
    kept: list[str] = []
    count = 0
    for unit in units:
        words = len(unit.split())
        if kept and count + words > MOST_WORDS:
            yield "".join(kept).strip()
            last = kept[-1]
            repeated = len(last.split())
            kept = [last] if repeated <= MOST_OVERLAP_WORDS and len(kept) > 1 else []
            count = repeated if kept else 0
            if count + words > MOST_WORDS:
                kept, count = [], 0
        kept.append(unit)
        count += words
    if kept:
        yield "".join(kept).strip()
