"""The page around a report: one file, no script, nothing fetched from anywhere."""

from functools import cache
from pathlib import Path

from interviewer.interviews.html import Child, Html, el, joined, raw

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Also a browser that found a script or an address in the page would not follow it."""


def page(title: str, *body: Child) -> str:
    """A whole document.

    Args:
        title: Of the browser's tab, and the file's name when it is saved as PDF.
        body: What stands in `main`.
    """
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        el("title", title),
        el("style", raw(_style())),
    )
    document = el("html", head, el("body", el("main", *body)), lang="en")
    return joined(raw("<!doctype html>\n"), document, "\n")


@cache
def _style() -> Html:
    return raw(Path(__file__).with_name("report.css").read_text(encoding="utf-8"))


def listed(*items: Child) -> Html:
    """A list."""
    return el("ul", [el("li", item) for item in items])


def quiet(*children: Child) -> Html:
    """A paragraph in the background."""
    return el("p", *children, class_="quiet")
