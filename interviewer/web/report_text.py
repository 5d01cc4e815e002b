"""Reading our own reports, which are Markdown: headings, paragraphs, lists, tables, pictures.

Only what the reports use is known; anything else is a paragraph. Nothing in it becomes markup.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

_HEADING = re.compile(r"(#{1,3})\s+(.*)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([A-Za-z0-9_-]+\.svg)\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_RULE = re.compile(r"[\s|:-]+")

Kind = Literal["heading", "paragraph", "list", "table", "picture"]


class Block(NamedTuple):
    """A piece of a report."""

    kind: Kind
    text: str = ""
    """Of a heading or paragraph, or what a picture shows."""
    level: int = 0
    """Of a heading, from 1."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Of a table, its titles first; of a list one cell each."""
    file: str = ""
    """Of a picture: a name without folders."""


def blocks(markdown: str) -> Iterator[Block]:
    r"""The pieces in order.

    >>> [block.kind for block in blocks("# A\n\nb\nc\n\n| x |\n|---|\n| 1 |")]
    ['heading', 'paragraph', 'table']
    """
    for kind, lines in groupby(markdown.splitlines(), _kind):
        if kind == "heading":
            yield from map(_heading, lines)
        elif kind == "picture":
            yield from map(_picture, lines)
        elif kind == "table":
            rows = (line for line in lines if not _RULE.fullmatch(line))
            yield Block("table", rows=tuple(map(_cells, rows)))
        elif kind == "list":
            yield Block("list", rows=tuple((_plain(line[2:]),) for line in lines))
        elif kind == "paragraph":
            yield Block("paragraph", _plain(" ".join(lines)))


def _kind(line: str) -> Kind | None:
    if not line.strip():
        return None
    if _HEADING.match(line):
        return "heading"
    if _PICTURE.fullmatch(line.strip()):
        return "picture"
    if line.startswith("|"):
        return "table"
    return "list" if line.startswith("- ") else "paragraph"


def _heading(line: str) -> Block:
    found = _HEADING.match(line)
    return Block("heading", _plain(found[2]), level=len(found[1])) if found else Block("paragraph")


def _picture(line: str) -> Block:
    found = _PICTURE.fullmatch(line.strip())
    return Block("picture", found[1], file=found[2]) if found else Block("paragraph")


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_plain(cell) for cell in line.strip().strip("|").split("|"))


def _plain(text: str) -> str:
    return _LINK.sub(r"\1", text).replace("**", "").replace("`", "").strip()
