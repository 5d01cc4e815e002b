"""One's own documents: add, look at, forget; and what the résumé among them says and lacks."""

import asyncio

from nicegui import ui

from interviewer.bootstrap import Product
from interviewer.domain.resume import ResumeReview
from interviewer.errors import InterviewerError
from interviewer.knowledge.documents.document import Added, Document, Kind, Refused
from interviewer.knowledge.documents.limits import MOST_BYTES, MOST_FILES
from interviewer.practice.resume_review import reviewed
from interviewer.web.controls import button, choice, on_choice
from interviewer.web.uploads import Files, upload
from interviewer.web.words import Words, heading, paragraph

_KINDS = {Kind.RESUME: "r\u00e9sum\u00e9", Kind.JOB: "job description", Kind.OTHER: "other"}


async def show_documents(product: Product, owner: str) -> None:
    """Draws the page."""
    await DocumentsPage(product, owner).build()


class DocumentsPage:
    """One owner's documents."""

    def __init__(self, product: Product, owner: str) -> None:
        self._product = product
        self._owner = owner
        self._kind: str | None = None

    async def build(self) -> None:
        """Draws everything."""
        heading("Your documents", 1, "title")
        paragraph(
            "A r\u00e9sum\u00e9, a job description, a handbook. They stay on this machine, are asked about in "
            "rounds that ask about them, and are never cited as a source.",
            "lead",
        )
        if self._product.engine_name == "model":
            paragraph(
                "With a model in use, lines that a question is about are sent to it.", "notice"
            )
        self._add()
        self._outcomes = ui.element("div").props("role=status")
        self._list = ui.element("div")
        await self._refresh()

    def _add(self) -> None:
        kinds = {"": "Guess it", **{kind.value: text for kind, text in _KINDS.items()}}
        with ui.element("div").classes("fields narrow"):
            chosen = choice("What it is", kinds, "")
            on_choice(chosen, kinds, self._say_kind)
        upload(
            "Add PDF, Word, Markdown or text",
            self._uploaded,
            most_files=MOST_FILES,
            most_bytes=MOST_BYTES,
        )

    def _say_kind(self, kind: str) -> None:
        self._kind = kind or None

    async def _uploaded(self, files: Files) -> None:
        outcomes = await self._product.add_documents(files, self._kind, owner=self._owner)
        self._outcomes.clear()
        with self._outcomes:
            for outcome in outcomes:
                _outcome(outcome)
        await self._refresh()

    async def _forget(self, name: str) -> None:
        try:
            await asyncio.to_thread(self._product.documents(self._owner).forget, name)
        except InterviewerError as error:
            ui.notify(str(error))
        await self._refresh()

    async def _refresh(self) -> None:
        store = self._product.documents(self._owner)
        known = await asyncio.to_thread(store.documents)
        lines = await asyncio.to_thread(store.lines, Kind.RESUME)
        posting = await asyncio.to_thread(store.lines, Kind.JOB)
        self._list.clear()
        with self._list:
            if not known:
                paragraph("Nothing is here yet.", "quiet")
            else:
                with ui.element("ul").classes("plain-list narrow"):
                    for document in known:
                        self._document(document)
            if lines:
                _review(reviewed(lines, posting), against_posting=bool(posting))

    def _document(self, document: Document) -> None:
        async def forget() -> None:
            await self._forget(document.name)

        pages = f", {document.pages} pages" if document.pages else ""
        with ui.element("li"):
            with ui.element("span"):
                Words("span", document.name, "name")
                Words("span", _KINDS[document.kind], "badge")
                Words(
                    "p",
                    f"{document.characters:,} characters{pages}, added {document.added:%d %B %Y}",
                    "quiet",
                )
            button("Forget", forget, "plain").props["aria-label"] = f"Forget {document.name}"


def _outcome(outcome: Added | Refused) -> None:
    if isinstance(outcome, Refused):
        paragraph(outcome.line, "notice")
    elif outcome.unchanged:
        paragraph(f"{outcome.name}: the same content was here already.", "quiet")
    else:
        kind = _KINDS[outcome.document.kind]
        paragraph(f"{outcome.name}: added as {kind}.", "met yes")
        for told in outcome.notes:
            paragraph(f"{outcome.name}: {told}", "notice")


def _review(review: ResumeReview, *, against_posting: bool) -> None:
    heading("Your r\u00e9sum\u00e9, line by line", 2)
    scope = "against the job description" if against_posting else "on its own"
    paragraph(
        f"Read {scope}: {review.quantified:.0%} of the lines have a figure, {review.owned:.0%} "
        "begin with what you did. These are checks of words, not of truth.",
        "quiet",
    )
    with ui.element("ul"):
        for finding in review.findings:
            Words("li", finding)
    with ui.element("ol").classes("lines narrow"):
        for line in review.lines:
            with ui.element("li"):
                paragraph(line.text, "said")
                for advice in line.advice:
                    paragraph(advice, "notice")
                if line.scaffold:
                    paragraph(line.scaffold, "gap")
    if review.not_shown:
        heading("Asked for in the posting, shown by no line", 3)
        with ui.element("ul").classes("narrow"):
            for requirement in review.not_shown:
                Words("li", requirement)
