"""One's own questions on the bank's page: bring a list, see what is wrong with it line by line."""

from nicegui import ui

from interviewer.api.access import MOST_BODY_BYTES
from interviewer.bootstrap import Product
from interviewer.domain.own_question import OwnQuestion
from interviewer.errors import InputError, InterviewerError
from interviewer.practice.choosing import Wish
from interviewer.practice.importing import Imported, Refusal
from interviewer.practice.question_file import COLUMNS
from interviewer.web.controls import button, choice, on_choice
from interviewer.web.drill import begin_drill
from interviewer.web.uploads import Files, upload
from interviewer.web.words import Words, heading, paragraph

_EXAMPLE = """\
question,points,criterion
"How would you tell a drifting input from a broken feed?",names a statistic | names who is told,monitoring
"""
_RUBRICS = {
    "": "As listed in the file",
    "draft": "Drafted by the model where the file lists no point",
}


async def show_own_questions(product: Product, owner: str) -> None:
    """Draws the part of the page."""
    await _Part(product, owner).build()


class _Part:
    """One owner's imported questions."""

    def __init__(self, product: Product, owner: str) -> None:
        self._product = product
        self._practice = product.practice
        self._owner = owner
        self._draft = False

    async def build(self) -> None:
        heading("Your own questions", 2).props("id=own tabindex=-1")
        paragraph(
            "Bring a list: all of it is taken, or none and you are told which lines to correct. "
            "They can be drilled, and count in your progress.",
            "quiet",
        )
        if self._product.engine_name == "model":
            with ui.element("div").classes("fields narrow"):
                on_choice(choice("Rubrics", _RUBRICS, ""), _RUBRICS, self._choose)
        upload(
            "Import a list, CSV or JSONL",
            self._take,
            most_files=1,
            most_bytes=MOST_BODY_BYTES,
            accept=".csv,.jsonl,.ndjson",
        )
        with ui.element("details").classes("narrow"):
            Words("summary", "What such a file looks like").classes("quiet")
            paragraph(f"Columns, or keys of each line of JSON: {', '.join(COLUMNS)}.")
            paragraph("Only the question and its points are needed. Several points: put | between.")
            Words("pre", _EXAMPLE, "sample").props('tabindex=0 role=region aria-label="Example"')
        self._outcome = ui.element("div").props("role=status")
        self._list = ui.element("div")
        await self._refresh()

    def _choose(self, rubrics: str) -> None:
        self._draft = rubrics == "draft"

    async def _take(self, files: Files) -> None:
        name, data = files[0]
        self._outcome.clear()
        try:
            done = await self._imported(name, data)
        except Refusal as refusal:
            with self._outcome:
                paragraph(f"{name} was not taken; nothing of it was kept. To correct:", "notice")
                with ui.element("ul").classes("narrow"):
                    for wrong in refusal.problems:
                        Words("li", f"Line {wrong.line}, {wrong.field}: {wrong.message}")
            return
        with self._outcome:
            _said(name, done)
        await self._refresh()

    async def _imported(self, name: str, data: bytes) -> Imported:
        if len(data) > MOST_BODY_BYTES:
            raise InputError(
                f"{name} is larger than {MOST_BODY_BYTES / 1e6:g} MB: `interviewer cards import` "
                "takes larger files"
            )
        return await self._practice.importer.take(name, data, owner=self._owner, draft=self._draft)

    async def _refresh(self) -> None:
        own = await self._practice.own.all(self._owner)
        self._list.clear()
        if not own:
            return
        with self._list, ui.element("ul").classes("plain-list narrow"):
            for question in own:
                self._question(question)

    def _question(self, own: OwnQuestion) -> None:
        question = own.question

        async def drill() -> None:
            await begin_drill(self._product, self._owner, Wish(question=question.id))

        async def forget() -> None:
            try:
                await self._practice.own.forget(question.id, owner=self._owner)
            except InterviewerError as error:
                ui.notify(str(error))
            await self._refresh()

        drafted = f"; rubric drafted by {own.drafted_by}: check it" if own.drafted_by else ""
        with ui.element("li"):
            with ui.element("div").classes("grow"):
                Words("p", question.text, "said")
                with ui.element("details"):
                    Words("summary", f"{len(question.points)} points{drafted}").classes("quiet")
                    with ui.element("ul"):
                        for point in question.points:
                            Words("li", point.statement)
            with ui.element("div").classes("actions"):
                button("Drill", drill, "plain").props["aria-label"] = f"Drill {question.id}"
                button("Forget", forget, "plain").props["aria-label"] = f"Forget {question.id}"


def _said(name: str, done: Imported) -> None:
    count = "1 question" if len(done.added) == 1 else f"{len(done.added)} questions"
    replaced = f", {done.replaced} of them in place of earlier ones" if done.replaced else ""
    paragraph(f"{name}: {count} imported{replaced}.", "met yes")
    if done.drafted:
        paragraph(
            f"{len(done.drafted)} rubrics are a model\u2019s drafts and cite nothing: check them "
            "before you trust a verdict.",
            "notice",
        )
