"""A system as Mermaid text, with a picture and words of what was understood."""

import asyncio
from collections.abc import Callable, Sequence

from nicegui import ui

from interviewer.domain.artefacts.findings import Finding
from interviewer.domain.sketch import Sketch
from interviewer.web.words import Words, heading, paragraph
from interviewer.web.workbench.editor import KeptText, WrittenAt
from interviewer.web.workbench.prose import prose
from interviewer.workbench.artefacts import blank
from interviewer.workbench.sketch import read_sketch
from interviewer.workbench.sketch_picture import (
    MOST_DRAWN,
    components_in_words,
    flows_in_words,
    may_be_drawn,
    mermaid_of,
)

_PAUSE_S = 0.6
"""Typing pauses so long before the picture is drawn again."""

EXAMPLE = """flowchart LR
  till[Card terminal] --> gate[Schema check]
  gate --> model[Fraud model]
  model -- "score" --> choice{Decision}
"""
_FORM = (
    "A Mermaid flowchart: a line for each flow, such as `till[Card terminal] -- score --> model`. "
    "A draft is kept."
)
_SETTINGS = {
    "securityLevel": "strict",
    "theme": "neutral",
    "htmlLabels": False,
    "flowchart": {"htmlLabels": False, "useMaxWidth": False},
    "fontFamily": "inherit",
    "maxTextSize": 200_000,
}


class SketchPanel:
    """One person at one sketch."""

    def __init__(
        self,
        text: str,
        place: WrittenAt,
        found: Callable[[Sketch], Sequence[Finding]] | None = None,
    ) -> None:
        """Draws it where the caller stands.

        Args:
            text: What the box opens with.
            place: Where what is written is kept.
            found: What a reviewer would stop at; None in a round, where nobody says it yet.
        """
        self._found = found
        self._turn = 0
        with ui.element("div").classes("sketch"):
            with ui.element("div"):
                self._box = (
                    ui.textarea(value=text)
                    .props('outlined autogrow spellcheck=false aria-label="Your sketch"')
                    .classes("answer written")
                    .mark("sketch")
                )
                prose(_FORM)
                KeptText(place, lambda: self.text)
            with ui.element("div"):
                self._told = paragraph("", "told").props("role=status")
                self._picture = ui.element("div").classes("scrolls picture")
                self._picture.props('tabindex=0 role=region aria-label="The sketch as a picture"')
        self._words = ui.element("div")
        self._drawing: ui.mermaid | None = None
        self._box.on_value_change(self._typed)
        # What draws the picture is large: the page stands before it is loaded.
        ui.timer(0.05, self._show, once=True)

    @property
    def text(self) -> str:
        """What is written."""
        return self._box.value or ""

    async def _typed(self) -> None:
        self._turn += 1
        mine = self._turn
        await asyncio.sleep(_PAUSE_S)
        if mine == self._turn and not self._box.is_deleted:
            self._show()

    def _show(self) -> None:
        read = read_sketch(self.text)
        if read.sketch is None:
            # The last picture stays: a line that is half typed is no sketch for a moment.
            # And a form that nobody has filled in yet is no mistake.
            why = read.problem if self.text.strip() != blank("sketch").strip() else None
            self._told.set_text(f"Line {why.line}: {why.message}." if why else "")
            return
        sketch = read.sketch
        parts, flows = len(sketch.components), len(sketch.flows)
        self._told.set_text(f"Understood: {_many(parts, 'component')} and {_many(flows, 'flow')}.")
        self._draw(sketch)
        self._words.clear()
        with self._words:
            _show_words(sketch)
            if self._found is not None:
                _show_findings(self._found(sketch))

    def _draw(self, sketch: Sketch) -> None:
        if not may_be_drawn(sketch):
            self._picture.clear()
            self._drawing = None
            with self._picture:
                paragraph(f"With over {MOST_DRAWN} components no picture is drawn.", "quiet")
            return
        text = mermaid_of(sketch)
        if self._drawing is not None:
            self._drawing.content = text
            return
        self._picture.clear()
        with self._picture:
            self._drawing = ui.mermaid(text, config=_SETTINGS)


def _many(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"


def _show_words(sketch: Sketch) -> None:
    with ui.element("details"):
        Words("summary", "What was understood, in words")
        for title, lines in (
            ("Components", components_in_words(sketch)),
            ("Flows", flows_in_words(sketch)),
        ):
            if lines:
                Words("p", title, "name")
                with ui.element("ul"):
                    for line in lines:
                        Words("li", line)


def _show_findings(findings: Sequence[Finding]) -> None:
    if not findings:
        paragraph("Everything that is looked for is drawn, under a name that is known here.")
        return
    heading("A reviewer would miss", 2)
    paragraph(
        "Names are looked for, not meanings: a part under another name may be there.", "quiet"
    )
    with ui.element("ul").classes("lines"):
        for finding in findings:
            with ui.element("li"):
                Words("p", finding.sentence)
                Words("p", finding.probe, "said")
