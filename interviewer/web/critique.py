"""The critique page: paste an answer, see its points light up; hold two versions side by side."""

import asyncio

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.critique import Critique
from interviewer.domain.names import name_from
from interviewer.domain.timing import speaking_seconds
from interviewer.domain.versions import PointChange, VersionComparison
from interviewer.errors import InterviewerError
from interviewer.interviews.telling_markdown import principle_line
from interviewer.web.controls import button, choice, on_choice
from interviewer.web.findings import show_criteria, show_flags, show_points, show_rewrite
from interviewer.web.marked import marked, marks_of
from interviewer.web.words import Words, clock_time, heading, paragraph

_PREFIX = "p"
_PAUSE_S = 1.2
"""Typing pauses so long before the answer is read by itself."""
_FEWEST_WORDS = 12
"""Below this there is nothing to read yet."""


async def show_critique(question_id: str, product: Product, _owner: str) -> None:
    """Draws the page.

    Raises:
        UnknownId: There is no such question.
    """
    CritiquePage(product, question_id).build()


class CritiquePage:
    """One person's view of one answer; nothing of it is kept."""

    def __init__(self, product: Product, question_id: str) -> None:
        self._product = product
        bank = product.catalog.questions
        self._question = product.catalog.question(question_id or next(iter(bank)))
        self._turn = 0
        self._is_instant = product.engine_name == "offline"

    def build(self) -> None:
        """Draws everything."""
        heading("Critique one answer", 1, "title")
        live = (
            "It is read whenever you pause." if self._is_instant else "A model reads it on demand."
        )
        paragraph(f"Choose a question, write or paste an answer. {live} Nothing is kept.", "lead")
        self._choose()
        self._asked = paragraph("", "said asked narrow")
        with ui.element("div").classes("narrow"):
            self._text = _box("Your answer", "answer")
            self._count = paragraph("", "quiet count")
            with ui.element("details"):
                Words("summary", "Compare with an earlier version")
                self._before = _box("The earlier version", "before")
            with ui.element("div").classes("actions"):
                button("Read it", self._read, "primary")
        self._found = ui.element("div").props("aria-live=polite").classes("findings")
        self._put()
        self._text.on_value_change(self._typed)

    def _choose(self) -> None:
        catalog = self._product.catalog
        rounds = {
            (track.id, round_.id): f"{track.title}: {round_.title}"
            for track in catalog.tracks.values()
            for round_ in track.rounds
        }
        order = list(rounds)
        bank = sorted(
            (q for q in catalog.questions.values() if (q.track, q.round) in rounds),
            key=lambda q: order.index((q.track, q.round)),
        )
        options = {q.id: name_from(q.id) for q in bank}
        groups = {q.id: rounds[q.track, q.round] for q in bank}
        with ui.element("div").classes("fields narrow"):
            chosen = choice("Question", options, self._question.id, groups=groups)
        on_choice(chosen, options, self._chosen)

    def _chosen(self, question_id: str) -> None:
        self._question = self._product.catalog.question(question_id)
        self._turn += 1
        self._found.clear()
        self._put()

    def _put(self) -> None:
        self._asked.set_text(self._question.text)

    async def _typed(self) -> None:
        text = self._text.value or ""
        words = len(text.split())
        self._count.set_text(f"{words} words, about {clock_time(speaking_seconds(text))} to say")
        self._turn += 1
        mine = self._turn
        if not self._is_instant or words < _FEWEST_WORDS:
            return
        await asyncio.sleep(_PAUSE_S)
        if mine == self._turn and not self._text.is_deleted:
            await self._read()

    async def _read(self) -> None:
        answer, before = (self._text.value or "").strip(), (self._before.value or "").strip()
        if not answer:
            ui.notify("There is nothing to read yet.")
            return
        self._turn += 1
        mine, question = self._turn, self._question.id
        critic = self._product.critic
        try:
            found = await critic.critique(question, answer)
            change = await critic.compare(question, before, answer) if before else None
        except InterviewerError as error:
            ui.notify(str(error), multi_line=True, timeout=0, close_button="OK")
            return
        if mine == self._turn:
            self._show(found, change)

    def _show(self, found: Critique, change: VersionComparison | None) -> None:
        self._found.clear()
        with self._found:
            level = "not assessed" if found.overall is None else f"level {found.overall} of 5"
            made = sum(point.met is not None and point.met.value == "yes" for point in found.points)
            heading(f"{level.capitalize()}: {made} of {len(found.points)} points made", 2)
            if change is not None:
                _changes(change)
            show_criteria(found, self._product.catalog.criteria)
            passages = self._product.library.passages
            with ui.element("div").classes("split"):
                said = ui.element("div").classes("transcript")
                with said.props('tabindex=0 role=region aria-label="Your answer, marked"'):
                    marked(found.answers[0], marks_of(found, 0, _PREFIX), "said marked")
                    _telling(found)
                with ui.element("div"):
                    show_flags(found, passages, _PREFIX)
                    show_points(found, passages, _PREFIX)
            if found.rewrite is not None:
                show_rewrite(found.rewrite)


def _telling(found: Critique) -> None:
    """How a story is told, and what would be asked next."""
    for finding in found.star.findings if found.star else ():
        paragraph(finding, "quiet")
    for principle in found.principles:
        paragraph(principle_line(principle), "quiet")
    if found.next_probe is not None:
        heading("What would be asked next", 3)
        paragraph(found.next_probe.text, "said")
        paragraph(found.next_probe.reason, "reason quiet")


def _changes(change: VersionComparison) -> None:
    by = "" if change.change is None else f", {change.change:+.1f} levels"
    heading(f"Against the earlier version: {change.verdict}{by}", 3)
    with ui.element("ul"):
        for point in change.gained:
            _change(point, "gained")
        for point in change.lost:
            _change(point, "lost")
        for flag in change.flags_raised:
            Words("li", f"New red flag: {flag}", "lost")
        for flag in change.flags_gone:
            Words("li", f"Red flag gone: {flag}", "gained")
    if not (change.gained or change.lost or change.flags_raised or change.flags_gone):
        paragraph("No point changed.", "quiet")


def _change(point: PointChange, kind: str) -> None:
    with ui.element("li"):
        Words("span", kind.capitalize(), f"met {kind}")
        Words("span", f": {point.statement} ({point.before.value} to {point.after.value})")


def _box(label: str, mark: str) -> ui.textarea:
    made = ui.textarea().props("outlined autogrow").classes("answer").mark(mark)
    made.props["aria-label"] = label
    made.props["placeholder"] = label
    return made
