"""A board in sentences: what an assessor reads, and what a transcript shows.

One sentence a cell, so that each can be quoted. Cells hold text only, and stay as they were written.
"""

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.workbench.boards.writing import cells_of

MOST_CHARACTERS = 6_000
"""Read for the rubric, some 1,500 tokens; the checks see every row."""


def board_words(board: Artefact) -> str:
    """Every filled cell as a sentence, a row a paragraph."""
    paragraphs = []
    for number, cells in enumerate(cells_of(board), 1):
        said = [
            _sentence(name, cell, first=place == 0)
            for place, (name, cell) in enumerate(cells.items())
            if cell
        ]
        paragraphs.append(f"Row {number}. {' '.join(said)}")
    return shortened("\n".join(paragraphs))


def shortened(text: str) -> str:
    """The text up to the last whole line or word within `MOST_CHARACTERS`."""
    if len(text) <= MOST_CHARACTERS:
        return text
    kept = text[:MOST_CHARACTERS]
    return kept.rsplit("\n" if "\n" in kept else " ", 1)[0]


def _sentence(name: str, cell: str, *, first: bool) -> str:
    ended = cell if cell.endswith((".", "!", "?")) else f"{cell}."
    return ended if first else f"{name.replace('_', ' ').capitalize()}: {ended}"
