"""HTML that cannot carry markup of anybody's: every text is escaped unless it was built here.

The candidate's words, a document's line, a model's sentence: all arrive as `str` and leave as text.
"""

import re
from collections.abc import Iterable
from html import escape

_NAME = re.compile(r"[a-z][a-zA-Z0-9]*\Z")
_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*\Z")
_VOID = frozenset({"br", "meta", "link", "line", "circle", "rect", "polygon", "path", "polyline"})
# Controls that XML and HTML forbid; a pasted answer may hold them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Html(str):
    """Markup that was built by `el`, and is not escaped again."""

    __slots__ = ()


Child = str | Html | None | Iterable["str | Html | None"]


def el(name: str, /, *children: Child, **attributes: str | float | None) -> Html:
    """An element.

    Args:
        name: Of the element; a mistake in it is one of ours.
        children: Texts, which are escaped, elements, and any number of both; None is left out.
        attributes: `class_` is `class`, `aria_label` is `aria-label`; None is left out.

    Raises:
        ValueError: A name is not one.

    >>> el("p", "a < b", class_="quiet")
    '<p class="quiet">a &lt; b</p>'
    """
    if not _NAME.match(name):
        raise ValueError(f"{name!r} is no element")
    opening = name + "".join(_attributes(attributes))
    if name in _VOID:
        return Html(f"<{opening}/>")
    return Html(f"<{opening}>{joined(*children)}</{name}>")


def joined(*children: Child) -> Html:
    """Children one after the other."""
    return Html("".join(_texts(children)))


def raw(markup: str) -> Html:
    """Markup of the product's own, such as a stylesheet. Never give it anything from outside."""
    return Html(markup)


def _texts(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            yield child
        elif isinstance(child, str):
            yield escape(_CONTROLS.sub("\N{REPLACEMENT CHARACTER}", child))
        else:
            yield from _texts(child)


def _attributes(attributes: dict[str, str | float | None]) -> Iterable[str]:
    for name, value in attributes.items():
        if value is None:
            continue
        plain = name.rstrip("_").replace("_", "-")
        if not _ATTRIBUTE.match(plain):
            raise ValueError(f"{name!r} is no attribute")
        text = f"{value:g}" if isinstance(value, float) else str(value)
        yield f' {plain}="{escape(_CONTROLS.sub("", text))}"'
