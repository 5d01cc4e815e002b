"""What a report shows of an artefact: its rows, what was found in it, and what was asked about.

It is read anew from what the log keeps, so that it can be drawn. Where a later version of the
product could not read it any more, its words are shown instead.
"""

from collections.abc import Iterator

from pydantic import Field

from interviewer.domain.artefacts.kinds import KINDS
from interviewer.domain.interview import Exchange
from interviewer.domain.shown import examined
from interviewer.domain.value import Value
from interviewer.interviews.html import Html, el, raw
from interviewer.interviews.page import quiet
from interviewer.workbench.boards.drawing import drawn
from interviewer.workbench.boards.findings_of import findings_of


class SeenFinding(Value):
    """A finding as a report tells it."""

    kind: str
    sentence: str
    probe: str
    row: int | None = None
    asked: bool = Field(description="Whether the interviewer asked about it.")


class ArtefactReport(Value):
    """What was handed in for a question; the last one that could be read."""

    kind: str
    title: str
    size: str
    words: str = Field(description="What it says, in sentences.")
    content: str = Field(description="As it was handed in.")
    findings: tuple[SeenFinding, ...] = ()
    unread: int = Field(default=0, description="How many others could not be read.")


def artefact_report(exchange: Exchange) -> ArtefactReport | None:
    """The report on what was handed in; None if nothing was that could be read."""
    handed = exchange.artefact
    if handed is None or handed.found is None:
        return None
    asked = examined(exchange)
    return ArtefactReport(
        kind=handed.kind,
        title=handed.title,
        size=handed.found.size,
        words=handed.found.words,
        content=handed.content,
        findings=tuple(
            SeenFinding(
                kind=f.kind, sentence=f.sentence, probe=f.probe, row=f.row, asked=f.kind in asked
            )
            for f in handed.findings
        ),
        unread=sum(bool(one.problems) for one in exchange.handed),
    )


def picture(report: ArtefactReport, picture_id: str) -> str | None:
    """The board as an SVG in which every text is escaped; None if it is no board.

    Args:
        report: On the artefact.
        picture_id: Unique in the page; a letter first, then letters, digits and hyphens.
    """
    if report.kind not in KINDS:
        return None
    board = findings_of(report.kind, report.content).read.board
    return None if board is None else drawn(board, picture_id)


def artefact_lines(report: ArtefactReport) -> Iterator[str]:
    """The artefact and its findings as Markdown."""
    yield f"You handed in: {report.title}, {report.size}."
    yield ""
    yield from (f"    {line}" for line in _as_shown(report).splitlines())
    yield ""
    if not report.findings:
        yield "None of the checks stops at anything in it."
    for finding in report.findings:
        yield f"- {finding.sentence} {_asked(finding)}"
    if report.unread:
        yield f"- {_unread(report)}"


def artefact_part(report: ArtefactReport, picture_id: str) -> Html:
    """The same for a printed page, with a picture where there is one."""
    drawing = picture(report, picture_id)
    return el(
        "div",
        el("h4", f"What you handed in: {report.title}, {report.size}"),
        # Built by the XML writer, which escapes all that a candidate wrote.
        el("div", raw(drawing), class_="scroll") if drawing else el("pre", _as_shown(report)),
        [el("p", f"{finding.sentence} {_asked(finding)}") for finding in report.findings]
        or quiet("None of the checks stops at anything in it."),
        quiet(_unread(report)) if report.unread else None,
    )


def _as_shown(report: ArtefactReport) -> str:
    return report.content.strip() if report.kind == "sketch" else report.words


def _asked(finding: SeenFinding) -> str:
    return "You were asked about it." if finding.asked else f"A reader would ask: {finding.probe}"


def _unread(report: ArtefactReport) -> str:
    return f"{report.unread} before it or after it could not be read; the log keeps them."
