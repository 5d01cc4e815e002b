"""HTML: the text a reader of the page would see, and nothing that runs or hides."""

import codecs
import re

from lxml import etree  # type: ignore[import-untyped]

from interviewer.errors import DocumentRefused
from interviewer.knowledge.documents.plain import decoded

_UNSEEN = frozenset(
    """applet audio button canvas embed head iframe input math noembed noframes noscript object
    script select style svg template textarea title video""".split()  # noqa: SIM905
)
_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp
    small span strike strong sub sup time tt u var wbr""".split()  # noqa: SIM905
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_HIDING = re.compile(
    r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|font-size\s{0,9}:\s{0,9}0(?![.\d])|"
    r"opacity\s{0,9}:\s{0,9}0(?![.\d])",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 2048
_BLANKS = re.compile(r"\s+")


def read_page(data: bytes) -> str:
    """The visible text of a page: blocks apart by blank lines, headings and list items marked.

    Raises:
        DocumentRefused: It is in an unknown encoding, or holds no element.
    """
    text = decoded(data, _declared(data))
    # Nothing is fetched and no entity is expanded: the parser is told so, and has no base address.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise DocumentRefused("no text in it")
    return _Writer().written(root)


def _declared(data: bytes) -> str | None:
    found = _CHARSET.search(data[:_DECLARED_WITHIN])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return "unknown"
    # Browsers read Latin-1 as Windows-1252, and so does everybody.
    return "cp1252" if name in ("iso8859-1", "ascii") else name


class _Writer:
    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._block: list[str] = []
        self._mark = ""

    def written(self, root: etree._Element) -> str:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _UNSEEN or _hidden(element):
                    # Its end event still comes, and with it the text that follows it.
                    walk.skip_subtree()
                    continue
                self._begin(tag)
                self._block.append(element.text or "")
                continue
            if tag not in _INLINE and tag not in _UNSEEN:
                self._flush()
            if element is not root:
                self._block.append(element.tail or "")
        self._flush()
        return "\n\n".join(self._blocks)

    def _begin(self, tag: str) -> None:
        if tag in _INLINE:
            return
        # A paragraph inside a list item belongs to the item.
        mark = self._mark if not "".join(self._block).strip() else ""
        self._flush()
        self._mark = "# " if tag in _HEADINGS else "- " if tag == "li" else mark

    def _flush(self) -> None:
        text = _BLANKS.sub(" ", "".join(self._block)).strip()
        self._block.clear()
        if text:
            self._blocks.append(self._mark + text)
            self._mark = ""


def _hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style", "")))
