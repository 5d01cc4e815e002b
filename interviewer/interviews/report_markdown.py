"""Reports as Markdown: for the terminal, for files, and to be read aloud.

Written for the candidate: what counted, in their own words, what was missing, and why the
interviewer went where it went.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from interviewer.domain.critique import MAY_BE_GAMED, Critique, PointCritique
from interviewer.domain.verdict import Met
from interviewer.interviews.artefact_report import artefact_lines
from interviewer.interviews.critique_markdown import rewrite_lines
from interviewer.interviews.report import FactReport, QuestionReport, RoundReport
from interviewer.interviews.submission_report import SubmissionReport
from interviewer.interviews.telling_markdown import telling_lines

_MARKS = {Met.YES: "yes", Met.PARTLY: "partly", Met.NO: "no", None: "not assessed"}
_OUTCOMES = {
    "advance": "would go forward",
    "screened-out": "would be screened out here",
    "not-assessed": "not assessed",
}
_LONGEST_QUOTE = 220
_SUMMARY_POINTS = 3


class Cited(Protocol):
    """What a report shows of a passage."""

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def section(self) -> str: ...  # noqa: D102

    @property
    def status(self) -> str: ...  # noqa: D102

    @property
    def superseded_by(self) -> str | None: ...  # noqa: D102


def report_markdown(report: RoundReport, passages: Mapping[str, Cited]) -> str:
    """The scorecard of a round."""
    return "\n".join(_report_lines(report, passages)).strip() + "\n"


def critique_markdown(found: Critique, passages: Mapping[str, Cited]) -> str:
    """The critique of one answer."""
    level = f"Level: {_level(found.overall)}"
    lines = [f"# {found.question}", "", found.text, "", level, ""]
    lines += _critique_lines(found, passages)
    lines += rewrite_lines(found.rewrite)
    if found.next_probe is not None:
        lines += ["", f"**Next, you would be asked:** {found.next_probe.text}"]
        lines += [f"*Why: {found.next_probe.reason}*"]
    return "\n".join(lines).strip() + "\n"


def _report_lines(report: RoundReport, passages: Mapping[str, Cited]) -> Iterator[str]:
    score = "not assessed" if report.overall is None else f"{report.overall:.1f} of 5"
    yield f"# {report.title}: {score}, {_OUTCOMES[report.outcome.value]}"
    yield ""
    yield report.because
    yield ""
    for gate in report.gates:
        got = "not assessed" if gate.score is None else f"{gate.score:.1f}"
        verdict = {True: "reached", False: "below the bar", None: "open"}[gate.passed]
        yield f"- {gate.signal.value}: {got} (bar {gate.bar:.1f}): {verdict}"
    yield ""
    yield from _summary_lines(report)
    yield f"Engine: {report.engine}. Interview {report.interview}."
    for question in report.questions:
        yield ""
        yield from _question_lines(question, passages, is_panel=_is_panel(report))
    if report.facts:
        yield ""
        yield from _fact_lines(report.facts)
    if report.closing is not None:
        yield ""
        yield f"*The round ended: {report.closing.reason}*"
    yield ""
    for limitation in report.limitations:
        yield f"> {limitation}"


def _is_panel(report: RoundReport) -> bool:
    spoke = {line.persona for question in report.questions for line in question.transcript}
    return len(spoke - {None}) > 1


def _fact_lines(facts: Sequence[FactReport]) -> Iterator[str]:
    """What the panel knew: what was asked for, and what nobody asked about."""
    yield f"## The facts of the case: {sum(f.asked for f in facts)} of {len(facts)} asked for"
    for title, asked in (("You asked, and were told:", True), ("You never asked:", False)):
        listed = [fact for fact in facts if fact.asked is asked]
        if listed:
            yield ""
            yield title
            for fact in listed:
                yield f"- {fact.text} ({fact.persona})"


def _summary_lines(report: RoundReport) -> Iterator[str]:
    """What carried the round, and what to work on first: the heaviest points, in plain sight."""
    for title, wanted in (
        ("What counted most:", (Met.YES,)),
        ("Work on first:", (Met.NO, Met.PARTLY)),
    ):
        best = [_heaviest(question, wanted) for question in report.questions]
        heaviest = sorted(
            (pair for pair in best if pair is not None), key=lambda pair: -pair[1].weight
        )[:_SUMMARY_POINTS]
        if not heaviest:
            continue
        yield title
        for question, point in heaviest:
            said = (
                f' You said: "{_short(point.quote)}"'
                if point.met is Met.YES and point.quote
                else ""
            )
            yield f"- {point.statement}{said} ({question.question})"
        yield ""


def _heaviest(
    question: QuestionReport, wanted: Collection[Met]
) -> tuple[QuestionReport, PointCritique] | None:
    points = [p for p in question.points if p.met in wanted]
    return (question, max(points, key=lambda p: p.weight)) if points else None


def _question_lines(
    question: QuestionReport, passages: Mapping[str, Cited], *, is_panel: bool
) -> Iterator[str]:
    yield f"## {question.question}: {_level(question.overall)}"
    yield ""
    yield question.text
    yield ""
    yield from _critique_lines(question, passages)
    if question.submission is not None:
        yield ""
        yield from _submission_lines(question.submission)
    if question.artefact is not None:
        yield ""
        yield from artefact_lines(question.artefact)
    followed = [
        line for line in question.transcript if line.move and line.move not in ("ask", "inform")
    ]
    if followed:
        yield ""
        yield "Why you were asked more:"
        for line in followed:
            # One interviewer needs no name beside every line.
            who = f"{line.name}: " if is_panel and line.name else ""
            yield f"- {who}{line.reason}"
    notices = [line.notice for line in question.transcript if line.notice]
    if question.fallback is not None:
        notices.append(question.fallback.message)
    for notice in dict.fromkeys(notices):
        yield f"- {notice}"


def _submission_lines(sent: SubmissionReport) -> Iterator[str]:
    yield f"{sent.heading}:"
    yield ""
    # Indented, so that nothing in it can end the block.
    yield from (f"    {line}" for line in sent.text.rstrip().splitlines())
    yield ""
    yield f"{' '.join(sent.came_to.split())}"
    for title, rows in sent.examples:
        yield f"{title}, for instance: {'; '.join(rows)}"


def _critique_lines(found: Critique, passages: Mapping[str, Cited]) -> Iterator[str]:
    if found.may_be_gamed:
        yield MAY_BE_GAMED
        yield ""
    if all(point.met is None for point in found.points):
        yield f"Not assessed: {found.points[0].why}"
        return
    for point in found.points:
        yield from _point_lines(point)
    yield from _warning_lines(found)
    yield from telling_lines(found)
    cited_ids = dict.fromkeys(
        c for p in found.points if p.met is not Met.YES for c in p.citations[:1] if c in passages
    )
    if cited_ids:
        yield ""
        yield "Read up on what was missing:"
        for passage_id in cited_ids:
            yield f"- {_cited(passage_id, passages[passage_id])}"
    if found.note:
        yield ""
        yield f"Note: {found.note}"


def _warning_lines(found: Critique) -> Iterator[str]:
    for flag in found.red_flags:
        yield f'- **Red flag:** {flag.statement} You said: "{_short(flag.quote)}"'
    for cited in found.currency:
        if not cited.acknowledged:
            successor = f"; {cited.superseded_by} replaced it" if cited.superseded_by else ""
            yield (
                f'- **Out of date:** "{cited.cited}" is {cited.status} since {cited.on}{successor} '
                f"[{cited.citation}]"
            )
    for flaw in found.hygiene:
        yield f"- **{flaw.kind}:** {flaw.why}"


def _point_lines(point: PointCritique) -> Iterator[str]:
    after = ", after a follow-up" if point.probed and point.met is not Met.NO else ""
    yield f"- **{_MARKS[point.met]}{after}:** {point.statement}"
    if point.quote is not None:
        yield f'  "{_short(point.quote)}"'
    if point.observed or (point.met is None and point.quote is None):
        yield f"  {point.observed or point.why}"


def _cited(passage_id: str, passage: Cited) -> str:
    standing = str(passage.status).replace("_", " ")
    if passage.superseded_by:
        standing += f" by {passage.superseded_by}"
    return f"{passage.title}: {passage.section} ({standing}) [{passage_id}]"


def _level(level: int | None) -> str:
    return "not assessed" if level is None else f"level {level} of 5"


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}\u2026"
