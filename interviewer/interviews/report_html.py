"""The report of a round as HTML: the radar, the timeline, and every point with its quote."""

from collections.abc import Iterator, Mapping, Sequence

from interviewer.domain.critique import MAY_BE_GAMED, PointCritique
from interviewer.domain.handed import TITLES
from interviewer.domain.names import name_from
from interviewer.domain.scorecard import Gate
from interviewer.domain.verdict import Met
from interviewer.interviews.artefact_report import artefact_part
from interviewer.interviews.html import Html, el, joined
from interviewer.interviews.page import page, quiet
from interviewer.interviews.radar import radar
from interviewer.interviews.report import Line, QuestionReport, RoundReport
from interviewer.interviews.report_markdown import Cited
from interviewer.interviews.submission_report import SubmissionReport
from interviewer.interviews.timeline import timeline, timeline_key

OUTCOMES = {
    "advance": ("would go forward", "yes"),
    "screened-out": ("would be screened out here", "no"),
    "not-assessed": ("not assessed", "none"),
}
_MET = {
    Met.YES: ("yes", "yes"),
    Met.PARTLY: ("partly", "partly"),
    Met.NO: ("no", "no"),
    None: ("not assessed", "none"),
}
_STANDINGS = {
    True: ("reached", "yes"),
    False: ("below the bar", "no"),
    None: ("not assessed", "none"),
}
_MOST_CITED = 2


def round_html(report: RoundReport, passages: Mapping[str, Cited]) -> str:
    """The report of one round as a page to read or print."""
    return page(
        f"{report.title}: report of a practice interview",
        el("h1", report.title),
        round_part(report, passages, "round"),
        el("footer", [el("p", limitation) for limitation in report.limitations]),
    )


def round_part(report: RoundReport, passages: Mapping[str, Cited], part_id: str) -> Html:
    """All about a round, without a heading and without what every page ends in.

    Args:
        report: Of the round.
        passages: By id, for citations.
        part_id: Unique in the page.
    """
    word, tone = OUTCOMES[report.outcome.value]
    score = "" if report.overall is None else f"{report.overall:.1f} of 5. "
    return joined(
        el("p", el("span", word, class_=f"stamp {tone}"), " ", score, class_="lead"),
        el("p", f"{report.because[:1].upper()}{report.because[1:]}"),
        None
        if report.over
        else el("p", "The round is still going on; this covers what is closed.", class_="notice"),
        el("div", radar(report.gates, f"{part_id}-radar"), gates_table(report.gates), class_="pair")
        if report.gates
        else None,
        el("h3", "How the round went"),
        el("div", timeline(report, f"{part_id}-timeline"), class_="scroll"),
        quiet(f"{timeline_key(report)}."),
        [
            _question(number, question, passages, part_id)
            for number, question in enumerate(report.questions, 1)
        ],
        quiet(f"The round ended: {report.closing.reason}") if report.closing else None,
        quiet(
            f"Engine: {report.engine}. {report.minutes_used:g} of {report.minutes} minutes. "
            f"Begun {report.started_at:%d %B %Y, %H:%M} UTC. Interview {report.interview}."
        ),
    )


def gates_table(gates: Sequence[Gate]) -> Html:
    """The signals in numbers, beside their picture."""
    rows = []
    for gate in gates:
        word, tone = _STANDINGS[gate.passed]
        rows.append(
            el(
                "tr",
                el("th", gate.signal.value.capitalize(), scope="row"),
                el("td", "\u2013" if gate.score is None else f"{gate.score:.1f}", class_="number"),
                el("td", f"{gate.bar:.1f}", class_="number"),
                el("td", word, class_=tone),
            )
        )
    head = el(
        "tr",
        el("th", "Signal", scope="col"),
        el("th", "Score", scope="col", class_="number"),
        el("th", "Bar", scope="col", class_="number"),
        el("th", "Standing", scope="col"),
    )
    caption = el("caption", "Scores from 1 to 5. R-I-L is one vendor's mnemonic.")
    return el("table", caption, el("thead", head), el("tbody", rows))


def _question(
    number: int, question: QuestionReport, passages: Mapping[str, Cited], part_id: str
) -> Html:
    level = "not assessed" if question.overall is None else f"level {question.overall} of 5"
    name = name_from(question.question)
    return el(
        "section",
        el("h3", f"{number}. {name}: {level}"),
        el("p", question.text),
        [el("p", warning, class_="notice") for warning in _warnings(question)],
        [_point(point, passages) for point in question.points],
        _submission(question.submission) if question.submission else None,
        artefact_part(question.artefact, f"{part_id}-artefact-{number}")
        if question.artefact
        else None,
        _transcript(question.transcript),
        quiet(f"Note: {question.note}") if question.note else None,
        class_="card long",
    )


def _warnings(question: QuestionReport) -> Iterator[str]:
    if question.may_be_gamed:
        yield MAY_BE_GAMED
    for flag in question.red_flags:
        yield f"Red flag: {flag.statement} You said: \u201c{flag.quote}\u201d"
    for cited in question.currency:
        if not cited.acknowledged:
            successor = f"; {cited.superseded_by} replaced it" if cited.superseded_by else ""
            yield f"Out of date: {cited.cited} is {cited.status} since {cited.on}{successor} [{cited.citation}]"
    for flaw in question.hygiene:
        yield f"{flaw.kind.replace('-', ' ').capitalize()}: {flaw.why}"
    notices = [line.notice for line in question.transcript if line.notice]
    if question.fallback is not None:
        notices.append(question.fallback.message)
    yield from dict.fromkeys(notices)


def _point(point: PointCritique, passages: Mapping[str, Cited]) -> Html:
    word, tone = _MET[point.met]
    if point.probed and point.met in (Met.YES, Met.PARTLY):
        word += ", after a follow-up"
    return el(
        "div",
        el("p", word, class_=tone),
        el(
            "div",
            el("p", point.statement),
            el("blockquote", point.quote) if point.quote else None,
            quiet(point.observed) if point.observed else None,
            quiet(point.why) if point.met is None and point.why else None,
            [] if point.met is Met.YES else list(_citations(point, passages)),
        ),
        class_="point",
    )


def _citations(point: PointCritique, passages: Mapping[str, Cited]) -> Iterator[Html]:
    for passage_id in point.citations[:_MOST_CITED]:
        passage = passages.get(passage_id)
        if passage is None:
            continue
        standing = str(passage.status).replace("_", " ")
        if passage.superseded_by:
            standing += f" by {passage.superseded_by}"
        yield quiet(
            f"Read: {passage.title}, {passage.section} ({standing}) ",
            el("span", f"[{passage_id}]", class_="citation"),
        )


def _submission(sent: SubmissionReport) -> Html:
    return el(
        "div",
        el("h4", sent.heading),
        el("pre", el("code", sent.text.rstrip())),
        el("p", sent.came_to),
        [quiet(f"{title}, for instance: {'; '.join(rows)}") for title, rows in sent.examples],
        class_="submission",
    )


def _transcript(lines: Sequence[Line]) -> Html:
    return joined(el("h4", "What was said"), [_turn(line) for line in lines])


def _turn(line: Line) -> Html:
    if line.speaker == "candidate":
        handed_in = f", handed in: {TITLES[line.artefact].lower()}" if line.artefact else ""
        who, kind = f"You{handed_in}", "turn candidate"
    else:
        move = "" if line.move in (None, "ask") else f", {str(line.move).replace('_', '-')}"
        who, kind = f"{line.name or 'Interviewer'}{move}", "turn"
    minute = "" if line.minute is None else f" \u00b7 minute {line.minute:.0f}"
    reason = line.reason if line.move not in (None, "ask") else None
    return el(
        "div",
        el("p", f"{who}{minute}", class_="who"),
        el("p", line.text, class_="said"),
        quiet(f"Why: {reason}") if reason else None,
        class_=kind,
    )
