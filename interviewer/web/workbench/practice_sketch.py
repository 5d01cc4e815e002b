"""A page to sketch a system on, and to read what a reviewer would miss in it."""

from interviewer.bootstrap import Product
from interviewer.bootstrap.boards import sketch_parts
from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.sketch import Sketch, expected_parts, sketch_findings
from interviewer.web.words import heading, link, paragraph
from interviewer.web.workbench.editor import WrittenAt
from interviewer.web.workbench.sketch_panel import EXAMPLE, SketchPanel


async def show_sketch(product: Product, owner: str) -> None:
    """Draws the page."""
    heading("Sketch a system", 1, "title")
    paragraph(
        "Draw a decision system of a bank as components and flows. You read what was understood, and "
        "what somebody who has to sign it off would ask after.",
        "lead",
    )
    place = WrittenAt(product, "sketch", owner)
    SketchPanel(await place.kept() or EXAMPLE, place, _found)
    link("Back to practice", "/practice")


def _found(sketch: Sketch) -> tuple[Finding, ...]:
    return tuple(sketch_findings(sketch, expected_parts(sketch_parts())))
