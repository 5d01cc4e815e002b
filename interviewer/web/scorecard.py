"""The scorecard: levels against the bar, every point with its quote in the transcript, what next."""

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.handed import TITLES
from interviewer.domain.names import name_from
from interviewer.interviews.moments import Moment, first_answer, next_steps, strongest, weakest
from interviewer.interviews.report import Line, QuestionReport, RoundReport
from interviewer.interviews.submission_report import SubmissionReport
from interviewer.interviews.updates import MOVES
from interviewer.web.controls import button, switch
from interviewer.web.findings import (
    show_criteria,
    show_flags,
    show_passage,
    show_points,
    show_rewrite,
    tone,
)
from interviewer.web.frame import later
from interviewer.web.handed_in import show_artefact
from interviewer.web.marked import marked, marks_of
from interviewer.web.radar import radar
from interviewer.web.way_on import show_loop_way_on
from interviewer.web.words import OUTCOMES, Words, heading, link, paragraph


async def show_scorecard(interview_id: str, product: Product, owner: str) -> None:
    """Draws the page, grading first what is still ungraded.

    Raises:
        UnknownId: There is no interview of that id and owner.
    """
    interview = await product.conductor.load(interview_id, owner=owner)

    async def graded() -> None:
        _draw(product, owner, await product.report(interview_id, owner=owner))

    if interview.ungraded:
        later("Your answers are being read; this takes a moment.", graded)
    else:
        await graded()


def _draw(product: Product, owner: str, report: RoundReport) -> None:
    score = "not assessed" if report.overall is None else f"{report.overall:.1f} of 5"
    heading(f"{report.title}: {score}", 1, "title")
    because = report.because[:1].upper() + report.because[1:]
    paragraph(f"On this round alone you {OUTCOMES[report.outcome.value]}. {because}", "lead")
    _about(product, report)
    if not report.over:
        paragraph("The round is still going on; this covers the questions closed so far.", "notice")
    with ui.element("div").classes("pair"):
        radar(report.gates)
        _signals(report)
    _moments("Strongest moments", strongest(report))
    _moments("Weakest moments", weakest(report))
    _next(product, report)
    for number, question in enumerate(report.questions, 1):
        _question(product, number, question)
    _facts(report)
    for limitation in report.limitations:
        paragraph(limitation, "quiet")
    with ui.element("div").classes("actions"):
        if report.over:
            show_loop_way_on(product, owner, report.interview)
        else:
            link("Back to the room", f"/interviews/{report.interview}")
        link("Back to the start", "/")
        switch("Print this page", "print")


def _about(product: Product, report: RoundReport) -> None:
    who = product.catalog.persona(report.persona)
    paragraph(
        f"{report.started_at:%d %B %Y}, with {who.name}, {report.minutes_used:.0f} of "
        f"{report.minutes} minutes, engine {report.engine}.",
        "quiet",
    )


def _signals(report: RoundReport) -> None:
    verdicts = {True: "reached", False: "below the bar", None: "not assessed"}
    with ui.element("table").classes("signals"):
        with ui.element("thead"), ui.element("tr"):
            for title in ("Signal", "Score", "Bar", "Verdict"):
                Words("th", title).props("scope=col")
        with ui.element("tbody"):
            for gate in report.gates:
                with ui.element("tr"):
                    Words("th", gate.signal.value.capitalize()).props("scope=row")
                    Words("td", "\u2013" if gate.score is None else f"{gate.score:.1f}")
                    Words("td", f"{gate.bar:.1f}")
                    Words("td", verdicts[gate.passed], tone(gate.passed))


def _moments(title: str, moments: list[Moment]) -> None:
    if not moments:
        return
    heading(title, 2)
    with ui.element("ol").classes("moments"):
        for moment in moments:
            with ui.element("li"):
                Words("span", f"{moment.statement} ")
                if moment.point:
                    link(f"Question {moment.question}", f"#q{moment.question}-{moment.point}")
                if moment.quote:
                    Words("blockquote", moment.quote)


def _next(product: Product, report: RoundReport) -> None:
    steps = next_steps(report)
    if not steps:
        return
    heading("What to do next", 2)
    with ui.element("ol").classes("moments"):
        for step in steps:
            with ui.element("li"):
                Words("span", f"{step.text} ")
                link("Practise it", f"/critique?question={step.question}")
                passage = product.library.passages.get(step.citation or "")
                if passage:
                    show_passage(passage)


def _question(product: Product, number: int, question: QuestionReport) -> None:
    level = "not assessed" if question.overall is None else f"level {question.overall} of 5"
    name = name_from(question.question)
    prefix = f"q{number}"
    with ui.element("section").classes("question"):
        heading(f"{number}. {name}: {level}", 2)
        show_criteria(question, product.catalog.criteria)
        with ui.element("div").classes("split"):
            said = ui.element("div").classes("transcript")
            with said.props('tabindex=0 role=region aria-label="What was said"'):
                _transcript(question, prefix)
            with ui.element("div"):
                show_flags(question, product.library.passages, prefix)
                show_points(question, product.library.passages, prefix)
                if question.submission:
                    _submission(question.submission)
                if question.note:
                    paragraph(question.note, "quiet")
        if question.artefact:
            show_artefact(question.artefact, f"{prefix}-artefact")
        answer = first_answer(question)
        if answer is not None:
            _rewrite(product, question.question, answer)


def _submission(sent: SubmissionReport) -> None:
    heading(sent.heading, 3)
    with ui.element("pre").classes("submission").props('tabindex=0 role=region aria-label="Sent"'):
        Words("code", sent.text.rstrip())
    paragraph(sent.came_to)
    for title, rows in sent.examples:
        paragraph(f"{title}, for instance: {'; '.join(rows)}", "quiet")


def _facts(report: RoundReport) -> None:
    """Of a case: what the candidate asked for, and what was there to be asked for."""
    if not report.facts:
        return
    heading("What there was to ask", 2)
    with ui.element("ul").classes("plain-list"):
        for fact in report.facts:
            with ui.element("li"):
                # Already a name: it is told to people, also where the persona is gone since.
                Words("span", f"{fact.text} ({fact.persona})")
                Words("span", "asked" if fact.asked else "not asked", tone(fact.asked))


def _transcript(question: QuestionReport, prefix: str) -> None:
    heading("What was said", 3)
    answered = 0
    for line in question.transcript:
        is_answer = answered < len(question.answers) and line.text == question.answers[answered]
        with ui.element("article").classes(f"turn {line.speaker}"):
            _who(line)
            if line.notice:
                paragraph(line.notice, "notice")
            if line.speaker == "candidate" and is_answer:
                marked(line.text, marks_of(question, answered, prefix))
                answered += 1
            else:
                paragraph(line.text, "said")


def _who(line: Line) -> None:
    with ui.element("p").classes("who"):
        Words("span", "You" if line.speaker == "candidate" else line.name or "Interviewer")
        if line.move in MOVES:
            Words("span", MOVES[line.move], "badge")
        if line.cut_off:
            Words("span", "cut off", "badge")
        if line.artefact:
            Words("span", f"handed in: {TITLES[line.artefact].lower()}", "badge")
    if line.move in MOVES and line.reason:
        paragraph(f"Why you were asked more: {line.reason}", "reason")


def _rewrite(product: Product, question_id: str, answer: str) -> None:
    """Made when it is asked for: with a model it costs a reading of the answer."""

    async def make() -> None:
        ask.disable()
        found = await product.critic.critique(question_id, answer)
        place.clear()
        with place:
            if found.rewrite is None:
                paragraph("There is too little in this answer to put in order.", "quiet")
            else:
                show_rewrite(found.rewrite)

    place = ui.element("div")
    with place:
        ask = button("Show a stronger order", make, "plain")
