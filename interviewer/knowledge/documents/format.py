"""What a file is, by its name and its first bytes together; where the two disagree it is refused."""

import re
from typing import Literal

from interviewer.errors import DocumentRefused

Format = Literal["pdf", "docx", "html", "md", "txt"]

SUFFIXES: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".txt": "txt",
    ".text": "txt",
}

_READABLE = "PDF, DOCX, Markdown, HTML and text are read"
_WITH_REASON = {
    ".docm": "a Word file with macros: save it as .docx",
    ".dotm": "a Word template with macros: save it as .docx",
    ".doc": "the old Word format: save it as .docx or PDF",
    ".rtf": "rich text: save it as .docx or PDF",
    ".odt": "an OpenDocument text: save it as .docx or PDF",
    ".pages": "a Pages file: export it as .docx or PDF",
}

_PDF_WITHIN = 1024
"""Bytes in which readers look for the mark; some writers put a line before it."""
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ELEMENT = re.compile(rb"<(?:!doctype|html|head|body|[a-z][a-z0-9]{0,9}[\s/>])", re.IGNORECASE)
_PAGE = re.compile(
    rb"\s{0,100}(?:<\?xml[^>]{0,200}>\s{0,100})?<(?:!doctype html|html)\b", re.IGNORECASE
)


def suffix_of(name: str) -> str:
    """The ending of a file name with its dot, in lower case; empty if there is none.

    >>> suffix_of("jobs/Acme.PDF")
    '.pdf'
    """
    last = name.rpartition("/")[2]
    stem, dot, ending = last.rpartition(".")
    return f".{ending.lower()}" if stem and dot else ""


def refused_by_name(name: str) -> str | None:
    """Why a file of this name is not even opened; None if it may be."""
    suffix = suffix_of(name)
    if suffix in SUFFIXES:
        return None
    return _WITH_REASON.get(suffix, f"not a document; {_READABLE}")


def format_of(name: str, data: bytes) -> Format:
    """The format by which a file is to be read.

    Raises:
        DocumentRefused: No such format is read, or name and content disagree.
    """
    reason = refused_by_name(name)
    if reason is not None:
        raise DocumentRefused(reason)
    suffix = suffix_of(name)
    wanted = SUFFIXES[suffix]
    if not data.strip():
        raise DocumentRefused("the file is empty")
    found = _by_content(data)
    if found == "ole":
        raise DocumentRefused("an encrypted or old Office file: save it as .docx, with no password")
    text = wanted in ("html", "md", "txt")
    if found == (None if text else wanted) and not (text and _unlike(wanted, data)):
        return wanted
    raise DocumentRefused(f"named {suffix}, but its content is something else")


def _by_content(data: bytes) -> Literal["pdf", "docx", "ole", "binary"] | None:
    """What the bytes say; None for what may be text."""
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith(_ZIP):
        return "docx"
    if data.startswith(_OLE):
        return "ole"
    if b"\0" in data and not data.startswith(_UTF16):
        return "binary"
    return None


def _unlike(wanted: Format, data: bytes) -> bool:
    if data.startswith(_UTF16):
        return False
    if wanted == "html":
        return not _ELEMENT.search(data)
    return _PAGE.match(data.removeprefix(b"\xef\xbb\xbf")) is not None
