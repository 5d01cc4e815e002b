"""A statement as paragraphs; what stands between backticks is code."""

from nicegui import ui

from interviewer.web.words import Words


def prose(text: str) -> None:
    """Draws paragraphs, which an empty line divides; all of it is text and nothing is markup."""
    for part in text.strip().split("\n\n"):
        with ui.element("p"):
            for number, piece in enumerate(part.split("`")):
                if piece:
                    Words("code" if number % 2 else "span", piece)
