"""Tables of text, which scroll by themselves where they are wider than the page."""

from collections.abc import Iterable, Sequence

from nicegui import ui

from interviewer.web.words import Words


def table(
    label: str, titles: Sequence[str], rows: Iterable[Sequence[object]], *, kind: str = ""
) -> None:
    """Draws one; the first column names the rows.

    Args:
        label: Says what it is, to screen readers.
        titles: Of the columns.
        rows: As many cells as titles.
        kind: A class of the stylesheet: `dense` for figures, `dated` for days.
    """
    with ui.element("div").classes("scrolls").props("tabindex=0 role=region") as region:
        region.props["aria-label"] = label
        with ui.element("table").classes(f"signals {kind}"):
            with ui.element("thead"), ui.element("tr"):
                for title in titles:
                    Words("th", title).props("scope=col")
            with ui.element("tbody"):
                for name, *values in rows:
                    with ui.element("tr"):
                        Words("th", str(name)).props("scope=row")
                        for value in values:
                            Words("td", str(value))
