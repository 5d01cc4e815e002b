"""A board of any kind as an inline SVG."""

from collections.abc import Callable
from typing import Any

from interviewer.domain.artefacts.artefact import Artefact
from interviewer.domain.artefacts.four_p import FourP
from interviewer.domain.artefacts.go_to_market import GoToMarket
from interviewer.domain.artefacts.matrix import Matrix
from interviewer.domain.artefacts.rav import Rav
from interviewer.domain.artefacts.register import Register
from interviewer.domain.artefacts.star_story import StarStory
from interviewer.domain.artefacts.three_c import ThreeC
from interviewer.workbench.boards.drawn_matrix import drawn_matrix
from interviewer.workbench.boards.drawn_plan import drawn_plan
from interviewer.workbench.boards.drawn_rav import drawn_rav
from interviewer.workbench.boards.drawn_register import drawn_register
from interviewer.workbench.boards.drawn_sheet import drawn_four_p, drawn_star, drawn_three_c

_DRAWN: dict[type[Artefact], Callable[[Any, str], str]] = {
    Matrix: drawn_matrix,
    Register: drawn_register,
    ThreeC: drawn_three_c,
    FourP: drawn_four_p,
    Rav: drawn_rav,
    GoToMarket: drawn_plan,
    StarStory: drawn_star,
}


def drawn(board: Artefact, name: str = "board") -> str:
    """The picture, with a title and a description, ready to stand in a page.

    Args:
        board: What to draw.
        name: Unique in the page; a letter first, then letters, digits and hyphens.

    Raises:
        ValueError: The name would not do as an id.
    """
    if not name.replace("-", "").isalnum() or not name[0].isalpha() or not name.isascii():
        raise ValueError(f"{name!r} cannot be an id")
    return _DRAWN[type(board)](board, name)
