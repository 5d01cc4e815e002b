"""Statements and messages as they stand on a page; what is between backticks is code."""

from nicegui import ui

from interviewer.web.words import Words


def prose(text: str) -> None:
    """Draws paragraphs, which an empty line divides; all of it is text and nothing is markup."""
    for part in text.strip().split("\n\n"):
        with ui.element("p"):
            for number, piece in enumerate(part.split("`")):
                if piece:
                    Words("code" if number % 2 else "span", piece)


def sentence(said: object) -> str:
    """A message or an error as a sentence of its own.

    >>> sentence("there is no code in it")
    'There is no code in it.'
    """
    text = str(said)
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"
