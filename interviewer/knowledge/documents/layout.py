"""From extracted text to blocks: headings, list items and paragraphs, unwrapped and made visible.

PDF and text files break lines where the paper ends, and say nothing about headings; word order,
line length and a few marks are what there is to go by. Pure functions.
"""

# The bullets are what this file is about.
# ruff: noqa: RUF001

import re
import unicodedata
from typing import Literal, NamedTuple

SHORT_LINE = 0.7
"""Of the usual line length: a line shorter than that was ended on purpose."""
WRAPPED_FROM = 50
"""Characters of the usual line from which lines count as wrapped."""
MOST_HEADING_WORDS = 8
MOST_HEADING_CHARACTERS = 120
"""Of a marked heading; a longer one is a paragraph in large letters."""

_BULLETS = "•●▪◦‣∙·■□➢➤✓–—*-"
_BULLET = re.compile(rf"(?:[{_BULLETS}]|o(?= )|\d{{1,2}}[.)])\s+(?=\S)")
_LONE_BULLET = re.compile(rf"[o{_BULLETS}]")
_MARKED_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_RULE = re.compile(r"[-=_*~\s]{3,}")
_HEADING_WORDS = frozenset(
    """about me|about the role|about the team|about us|achievements|awards|benefits|career history|
    certifications|core competencies|education|employment|employment history|experience|
    key responsibilities|languages|minimum qualifications|nice to have|objective|
    preferred qualifications|professional experience|professional summary|profile|projects|
    publications|qualifications|requirements|responsibilities|selected projects|skills|summary|
    technical skills|the role|volunteering|what we offer|what you bring|what you will do|
    who you are|work experience|work history""".replace("\n", "")
    .replace("|    ", "|")
    .split("|")
)


class Block(NamedTuple):
    """A heading, one item of a list, or a paragraph; one line of text each."""

    kind: Literal["heading", "item", "text"]
    text: str


class _Visible(dict[int, str | None]):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = result = _seen(code)
        return result


def _seen(code: int) -> str | None:
    character = chr(code)
    if character in "\n\t":
        return character
    if 0xFB00 <= code <= 0xFB06:  # the ligatures of fonts: "ﬁ"
        return unicodedata.normalize("NFKD", character)
    if 0xE000 <= code <= 0xF8FF:  # private: symbol fonts, whose bullets Word writes
        return "•" if code in (0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC) else None
    if character in "\r\v\f\x85\u2028\u2029":
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category[0] == "C" or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return None
    return character


_visible = _Visible()


def visible(text: str) -> str:
    r"""The text without characters nobody can see, in which instructions can be hidden.

    Ligatures are spelt out, every line break is `\n`, every blank a space.

    >>> visible("ef\ufb01cient\r\nig\u200bnore\u00a0this")
    'efficient\nignore this'
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_visible))


def blocks(text: str) -> list[Block]:
    """The blocks of a document, in order, out of visible text."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    width = _usual_length(lines)
    found: list[Block] = []
    previous = ""  # the line just read, empty after a gap
    bullet_due = False
    for line in lines:
        if not line or _RULE.fullmatch(line):
            previous = ""
            continue
        if _LONE_BULLET.fullmatch(line):
            bullet_due, previous = True, ""
            continue
        block = Block("item", line) if bullet_due else _block(line)
        bullet_due = False
        may_continue = block.kind == "text" and previous and found[-1].kind != "heading"
        if may_continue and _continues(previous, line, width):
            found[-1] = Block(found[-1].kind, _joined(found[-1].text, line))
        else:
            found.append(block)
        previous = line
    return found


def _usual_length(lines: list[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _block(line: str) -> Block:
    if marked := _MARKED_HEADING.match(line):
        text = line[marked.end() :].rstrip("# ")
        return Block(
            "heading" if 0 < len(text) <= MOST_HEADING_CHARACTERS else "text", text or line
        )
    if bullet := _BULLET.match(line):
        return Block("item", line[bullet.end() :])
    return Block("heading", line.rstrip(":")) if _is_heading(line) else Block("text", line)


def _is_heading(line: str) -> bool:
    words = line.split()
    if len(words) > MOST_HEADING_WORDS or line[-1] in ".;,!?" or not line[0].isupper():
        return False
    if line.rstrip(": ").lower() in _HEADING_WORDS or line.endswith(":"):
        return True
    letters = sum(character.isalpha() for character in line)
    return letters >= 4 and line.isupper() and "," not in line and not _has_digit(line)


def _has_digit(line: str) -> bool:
    return any(character.isdigit() for character in line)


def _continues(previous: str, line: str, width: int) -> bool:
    """Whether the paper, not the author, ended the line before this one."""
    if line[0].islower():
        return previous[-1] not in ".!?"
    return width >= WRAPPED_FROM and len(previous) >= SHORT_LINE * width


def _joined(text: str, line: str) -> str:
    # The hyphen stays: at the end of a résumé's line it is nearly always "cross-functional".
    return text + line if text[-1] == "-" and text[-2:-1].isalpha() else f"{text} {line}"
