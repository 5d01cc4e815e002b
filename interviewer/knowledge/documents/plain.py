"""Plain text and Markdown: which encoding, and what a reader of the page would not see."""

import re

from interviewer.errors import DocumentRefused

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
MOST_ACCENTED = 0.25
"""Share of bytes above 127 up to which undeclared text passes as Windows-1252: Western languages
stay under 0.1, while Cyrillic, Greek or Japanese in their own code pages exceed 0.5."""

_NOT_UTF8 = "the text is in an unknown encoding: save it as UTF-8"

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ELEMENT = re.compile(
    r"<(script|style|template)\b[^>]{0,500}>.*?(?:</\1\s{0,9}>|\Z)", re.DOTALL | re.IGNORECASE
)
_IMAGE = re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\]\n]{1,300})\]\([^)\n]{0,2000}\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)([^\n]{1,500}?)(?<=\S)\1")


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of a file.

    Args:
        data: The bytes.
        declared: The Python codec of what a page declares; only Windows-1252 is tried beside UTF-8.

    Raises:
        DocumentRefused: It is neither Unicode nor Western text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                raise DocumentRefused(_NOT_UTF8) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        accented = sum(byte > 127 for byte in data)
        if declared not in (None, "utf-8", "cp1252") or accented > MOST_ACCENTED * len(data):
            raise DocumentRefused(_NOT_UTF8) from None
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise DocumentRefused(_NOT_UTF8) from None


def read_text(data: bytes) -> str:
    """The text of a `.txt` file.

    Raises:
        DocumentRefused: It is in an unknown encoding.
    """
    return decoded(data)


def read_markdown(data: bytes) -> str:
    """Markdown without comments, scripts, addresses and emphasis; headings and lists stay.

    Raises:
        DocumentRefused: It is in an unknown encoding.
    """
    text = _ELEMENT.sub("", _COMMENT.sub("", decoded(data)))
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", _IMAGE.sub(r"\1", text)))
