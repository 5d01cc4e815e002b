"""What is said of a board while it is edited: what is open, what is wrong, what would be asked."""

from itertools import groupby

from nicegui import ui

from interviewer.domain.artefacts.artefact import Artefact, Trouble
from interviewer.domain.artefacts.findings import Finding
from interviewer.web.boards.cells import label
from interviewer.web.boards.form import row_name
from interviewer.web.words import Words, heading, link, paragraph
from interviewer.workbench.boards.draft import Cells, CheckedDraft

_READERS = {"star": "An interviewer"}
"""Who stops at a board, where it is no risk officer."""


class Said:
    """The words beside the form."""

    def __init__(self, kind: type[Artefact], name: str, *, asks: bool = True) -> None:
        self._kind = kind
        self._name = name
        self._asks = asks

    def build(self) -> None:
        """Draws an empty place."""
        with ui.element("section").classes("board-said") as section:
            reader = _READERS.get(self._kind.kind, "A risk officer")
            title = f"{reader} would stop here" if self._asks else "Before it can be handed in"
            section.props["aria-label"] = title
            heading(title, 3)
            self._sum = paragraph("", "with").props("role=status")
            self._more = ui.element("div")

    def refresh(self, rows: list[Cells], checked: CheckedDraft) -> None:
        """Says it anew."""
        if not self._asks:
            checked = checked.model_copy(update={"findings": ()})
        self._sum.set_text(_sum(checked, asks=self._asks))
        self._more.clear()
        with self._more:
            if checked.open:
                Words("h4", "Still to be filled in")
                with ui.element("ul"):
                    for number, troubles in groupby(checked.open, lambda trouble: trouble.row or 0):
                        fields = ", ".join(label(trouble.field or "") for trouble in troubles)
                        self._item(rows, number, fields)
            if checked.wrong:
                Words("h4", "To be corrected")
                with ui.element("ul"):
                    for trouble in checked.wrong:
                        self._trouble(rows, trouble)
            if checked.findings:
                Words("h4", "What they would ask")
                with ui.element("ol").classes("findings-of-board"):
                    for finding in checked.findings:
                        self._finding(finding)

    def _trouble(self, rows: list[Cells], trouble: Trouble) -> None:
        field = label(trouble.field) if trouble.field else ""
        said = f"{field}: {trouble.message}" if field else trouble.message
        self._item(rows, trouble.row or 0, said)

    def _item(self, rows: list[Cells], number: int, said: str) -> None:
        with ui.element("li"):
            if number:
                link(row_name(self._kind, rows, number), f"#{self._name}-row-{number}")
                Words("span", f": {said}")
            else:
                Words("span", said)

    def _finding(self, finding: Finding) -> None:
        with ui.element("li"):
            with ui.element("p"):
                Words("span", finding.sentence)
                if finding.row:
                    Words("span", " ")
                    link("Go there", f"#{self._name}-row-{finding.row}").props["aria-label"] = (
                        f"Go to row {finding.row}"
                    )
            paragraph(finding.probe, "probe")
            paragraph(label(finding.criterion.replace("-", "_")), "quiet")


def _sum(checked: CheckedDraft, *, asks: bool) -> str:
    if not checked.rows:
        return "Nothing is written yet; what is said here follows what you write."
    counts = (
        (len(checked.open), "cell to fill in", "cells to fill in"),
        (len(checked.wrong), "thing to correct", "things to correct"),
        (len(checked.findings), "finding", "findings"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    if said:
        return f"{', '.join(said)}."
    if not asks:
        return "All of it can be read."
    return "They would find nothing to stop at. Expect to be asked why all the same."
