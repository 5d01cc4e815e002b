"""The R-I-L radar in a page: the picture of the printed report, under the page's colours."""

from collections.abc import Sequence

from nicegui import ui

from interviewer.domain.scorecard import Gate
from interviewer.interviews import radar as picture
from interviewer.web.words import Words

LABEL = (
    "R-I-L (risk, impact, leadership) is one interview-preparation vendor's mnemonic, not a bank's."
)


def radar(gates: Sequence[Gate]) -> None:
    """Draws it; the numbers stand in it as words too."""
    with ui.element("figure").classes("figure"):
        # Numbers of ours and nothing that anybody wrote; sanitised all the same.
        ui.html(picture.radar(gates, "radar"), sanitize=True)
        Words("figcaption", LABEL, "quiet")
