"""DOCX: the package is checked before anything in it is unpacked; then its paragraphs are read."""

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

from interviewer.errors import DocumentRefused
from interviewer.knowledge.documents.limits import (
    MOST_ENTRIES,
    MOST_RATIO,
    MOST_UNPACKED_BYTES,
    RATIO_FROM_BYTES,
)

if TYPE_CHECKING:
    from docx.document import Document

DAMAGED = "damaged: export it anew"
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LOADED_FROM_ELSEWHERE = ("attachedTemplate", "oleObject", "frame", "subDocument", "aFChunk")
"""Relations by which Word would load content from another address; a link or a linked picture is
an address alone, and is not followed."""


def read_word(data: bytes) -> str:
    """The text: paragraphs, tables and text boxes in order; headings and list items marked.

    Deleted and hidden text is left out, as are headers, footers, comments and notes.

    Raises:
        DocumentRefused: A zip bomb, macros, a template from elsewhere, a password, or no DOCX.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
    except (zipfile.BadZipFile, NotImplementedError, etree.XMLSyntaxError):
        raise DocumentRefused(DAMAGED) from None
    import docx

    document = docx.Document(io.BytesIO(data))
    return "\n\n".join(_blocks(document))


def _check(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    _check_size(entries)
    names = {entry.filename for entry in entries}
    if not {_CONTENT_TYPES, _MAIN} <= names:
        raise DocumentRefused("named .docx, but its content is something else")
    if any(entry.flag_bits & 1 for entry in entries):
        raise DocumentRefused("encrypted: save a copy without a password")
    macros = any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names)
    if macros or b"macroenabled" in package.read(_CONTENT_TYPES).lower():
        raise DocumentRefused("it contains macros: save a copy without them")
    for name in names:
        if name.endswith(".rels"):
            _check_relations(package.read(name))


def _check_size(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise DocumentRefused(f"{len(entries):,} files inside; the limit is {MOST_ENTRIES:,}")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MOST_UNPACKED_BYTES:
        raise DocumentRefused(
            f"it unpacks to {unpacked:,} bytes; the limit is {MOST_UNPACKED_BYTES:,}"
        )
    if unpacked > RATIO_FROM_BYTES and unpacked > MOST_RATIO * packed:
        raise DocumentRefused(f"it unpacks to over {MOST_RATIO} times its size")


def _check_relations(text: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for relation in etree.fromstring(text, parser):
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode") == "External" and kind in _LOADED_FROM_ELSEWHERE:
            raise DocumentRefused(
                f"it loads content from elsewhere ({kind}): save a copy as plain .docx or PDF"
            )


def _blocks(document: "Document") -> Iterator[str]:
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    for paragraph in document.element.body.iter(f"{_W}p"):
        if any(True for _ in paragraph.iterancestors(_FALLBACK)):
            continue  # the same text box once more, for old versions of Word
        mark = _mark(paragraph, styles)
        for line in _text(paragraph).split("\n"):
            if line.strip():
                yield mark + " ".join(line.split())


def _mark(paragraph: Any, styles: dict[str, str]) -> str:
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    named = properties.find(f"{_W}pStyle")
    style = styles.get(named.get(f"{_W}val"), "") if named is not None else ""
    if style.startswith(("heading", "title")) or properties.find(f"{_W}outlineLvl") is not None:
        return "# "
    if style.startswith("list") or properties.find(f"{_W}numPr") is not None:
        return "- "
    return ""


def _text(element: Any) -> str:
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in (f"{_W}tab", f"{_W}ptab"):
            parts.append("\t")
        elif tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        # A paragraph inside is a text box anchored here; it comes in its own turn.
        elif tag not in (
            f"{_W}p",
            f"{_W}pPr",
            f"{_W}del",
            f"{_W}moveFrom",
            _FALLBACK,
        ) and not _hidden(child):
            parts.append(_text(child))
    return "".join(parts)


def _hidden(run: Any) -> bool:
    vanish = run.find(f"{_W}rPr/{_W}vanish")
    return vanish is not None and vanish.get(f"{_W}val", "1") not in ("0", "false", "off")
