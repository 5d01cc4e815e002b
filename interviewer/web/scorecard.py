"""The scorecard page: levels, verdicts with quotes, reasons and citations, from the report."""

from collections.abc import Iterator, Mapping

from nicegui import ui

from interviewer.domain.critique import PointCritique
from interviewer.domain.verdict import Met
from interviewer.interviews.report import QuestionReport, RoundReport
from interviewer.knowledge.passages import Passage
from interviewer.web.words import MOVES, OUTCOMES, Words, heading, paragraph

_MOST_CITED = 2


def show_scorecard(report: RoundReport, passages: Mapping[str, Passage]) -> None:
    """Draws the page."""
    score = "not assessed" if report.overall is None else f"{report.overall:.1f} of 5"
    heading(f"{report.title}: {score}", 1, "title")
    because = report.because[:1].upper() + report.because[1:]
    paragraph(f"On this round alone you {OUTCOMES[report.outcome.value]}. {because}")
    if not report.over:
        paragraph("The round is still going on; this covers the questions closed so far.", "notice")
    _signals(report)
    for number, question in enumerate(report.questions, 1):
        _question(number, question, passages)
    for limitation in report.limitations:
        paragraph(limitation, "quiet")
    with ui.element("nav").classes("actions"):
        if not report.over:
            ui.link("Back to the room", f"/interviews/{report.interview}")
        ui.link("Back to the start", "/")


def _signals(report: RoundReport) -> None:
    verdicts = {True: "reached", False: "below the bar", None: "not assessed"}
    with ui.element("table").classes("signals"):
        with ui.element("thead"), ui.element("tr"):
            for title in ("Signal", "Score", "Bar", ""):
                Words("th", title).props("scope=col")
        with ui.element("tbody"):
            for gate in report.gates:
                with ui.element("tr"):
                    Words("th", gate.signal.value.capitalize()).props("scope=row")
                    Words("td", "\u2013" if gate.score is None else f"{gate.score:.1f}")
                    Words("td", f"{gate.bar:.1f}")
                    Words("td", verdicts[gate.passed], _COLOURS[gate.passed])


_COLOURS = {True: "met yes", False: "met no", None: "met none"}


def _question(number: int, question: QuestionReport, passages: Mapping[str, Passage]) -> None:
    level = "not assessed" if question.overall is None else f"level {question.overall} of 5"
    name = question.question.replace("-", " ").capitalize()
    with ui.element("section").classes("card"):
        heading(f"{number}. {name}: {level}", 2)
        paragraph(question.text, "quiet")
        for warning in _warnings(question):
            paragraph(warning, "notice")
        with ui.element("div").classes("points"):
            for point in question.points:
                _point(point, passages)
        _follow_ups(question)
        if question.note:
            paragraph(question.note, "quiet")


def _follow_ups(question: QuestionReport) -> None:
    followed = [line for line in question.transcript if line.reason and line.move in MOVES]
    if not followed:
        return
    heading("Why you were asked more", 3)
    with ui.element("ul"):
        for line in followed:
            Words("li", f"{MOVES[str(line.move)].capitalize()}: {line.reason}")


def _warnings(question: QuestionReport) -> Iterator[str]:
    if question.may_be_gamed:
        yield "Low confidence: parts of the answer were addressed to the grader."
    for flag in question.red_flags:
        yield f"Red flag: {flag.statement} You said: \u201c{flag.quote}\u201d"
    for cited in question.currency:
        if not cited.acknowledged:
            successor = f"; replaced by {cited.superseded_by}" if cited.superseded_by else ""
            yield f"Out of date: {cited.cited} is {cited.status} since {cited.on}{successor}"
    for flaw in question.hygiene:
        yield f"{flaw.kind.replace('-', ' ').capitalize()}: {flaw.why}"
    notices = [line.notice for line in question.transcript if line.notice]
    if question.fallback is not None:
        notices.append(question.fallback.message)
    yield from dict.fromkeys(notices)


def _point(point: PointCritique, passages: Mapping[str, Passage]) -> None:
    met = point.met.value if point.met else "none"
    after = ", after a follow-up" if point.probed and point.met in (Met.YES, Met.PARTLY) else ""
    with ui.element("div").classes("point"):
        Words("p", f"{met}{after}" if point.met else "not assessed", f"met {met}")
        with ui.element("div"):
            paragraph(point.statement)
            if point.quote:
                Words("blockquote", point.quote)
            elif point.observed or point.met is None:
                paragraph(point.observed or point.why, "quiet")
            if point.met is not Met.YES:
                _reading(point, passages)


def _reading(point: PointCritique, passages: Mapping[str, Passage]) -> None:
    """What to read about a point that is not made yet."""
    for citation in point.citations[:_MOST_CITED]:
        passage = passages.get(citation)
        if passage is None:
            continue
        standing = str(passage.status).replace("_", " ")
        with ui.element("details").classes("quiet"):
            Words("summary", f"{passage.title}: {passage.section} ({standing})")
            paragraph(passage.text)
            Words("p", citation, "citation")
