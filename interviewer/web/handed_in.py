"""What was handed in for a question, on the scorecard: the board drawn, and what was found in it."""

from nicegui import ui

from interviewer.interviews.artefact_report import ArtefactReport, picture
from interviewer.web.words import Words, heading, paragraph


def show_artefact(report: ArtefactReport, picture_id: str) -> None:
    """Draws it.

    Args:
        report: On the artefact.
        picture_id: Unique in the page; a letter first, then letters, digits and hyphens.
    """
    heading(f"What you handed in: {report.title}, {report.size}", 3)
    if (drawing := picture(report, picture_id)) is not None:
        # Small type would not be read: where there is no room for the board it scrolls.
        label = f'tabindex=0 role=region aria-label="{report.title}, as you handed it in"'
        with ui.element("div").classes("scrolls").props(label):
            # Every text in it is escaped by the XML writer; sanitised all the same.
            ui.html(drawing, sanitize=True)
    elif report.kind == "sketch":
        Words("pre", report.content.strip(), "said")
    if not report.findings:
        paragraph("None of the checks stops at anything in it.", "quiet")
        return
    with ui.element("ul").classes("plain-list"):
        for finding in report.findings:
            with ui.element("li"):
                Words("span", f"{finding.sentence} ")
                asked = "You were asked about it." if finding.asked else finding.probe
                Words("span", asked, "quiet")
