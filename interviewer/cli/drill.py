"""`drill`: one question, a chain of follow-ups, a critique, and a date to come back."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from interviewer.cli.printing import note, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from interviewer.bootstrap import Product
    from interviewer.cli.drill_conversation import DrillConversation
    from interviewer.practice.choosing import Choice, Wish
    from interviewer.practice.drill import DrillReport


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(drill)


def drill(
    question: Annotated[str | None, typer.Option(help="Id of the question.")] = None,
    track: Annotated[str | None, typer.Option(help="Only questions of this track.")] = None,
    round_id: Annotated[
        str | None, typer.Option("--round", help="The question of this round needed most.")
    ] = None,
    criterion: Annotated[
        str | None, typer.Option(help="The question on this criterion needed most.")
    ] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Only what is due, one after another.")
    ] = False,
    new: Annotated[
        int | None, typer.Option(min=0, max=100, help="Most new cards today (3).")
    ] = None,
    follow_ups: Annotated[int, typer.Option(min=0, max=5, help="Most follow-ups.")] = 4,
    critique: Annotated[
        Literal["each", "end"], typer.Option(help="After each answer, or only at the end.")
    ] = "each",
    retest: Annotated[
        bool, typer.Option("--retest", help="With --question: only its gaps, in other words.")
    ] = False,
    resume: Annotated[str, typer.Option(help="Id of a drill to go on with.")] = "",
    answers: Annotated[
        Path | None,
        typer.Option(help="Unattended: answers from a file, separated by lines with ---."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with one JSON document.")] = False,
) -> None:
    """Drill a question and its follow-ups; it comes back when you are about to forget it."""
    from interviewer.bootstrap import open_product, settings
    from interviewer.cli.drill_conversation import DrillConversation
    from interviewer.cli.unattended import Script, read_answers
    from interviewer.domain.card import NEW_A_DAY
    from interviewer.errors import InputError
    from interviewer.practice.choosing import Wish

    if question and (due or round_id or criterion or track):
        raise InputError("--question names one question: leave out --due, --round, --criterion")
    if retest and not question:
        raise InputError("--retest needs --question")
    if as_json and answers is None and not sys.stdin.isatty():
        raise InputError("--json without a terminal needs --answers FILE")
    blocks = None if answers is None else read_answers(answers)
    shown = (sys.stderr if blocks is None else None) if as_json else sys.stdout
    wish = Wish(
        question=question,
        track=track,
        round=round_id,
        criterion=criterion,
        due=due,
        new=NEW_A_DAY if new is None else new,
    )

    async def run() -> None:
        async with open_product(settings()) as product:
            await product.practice.drills.close_all(owner=product.owner)
            script = None if blocks is None else Script(blocks, product.catalog, product.reader)
            talk = DrillConversation(product, script, out=shown)
            session = _Session(product, talk, wish, follow_ups, critique, retest=retest)
            if resume:
                reports = [await talk.drill(resume)]
            else:
                reports = await session.hold(lambda: script is None or script.left > 0)
            if script is not None and script.left:
                note(f"{script.left} of the file's answers were not needed.")
            if as_json:
                print_json({"drills": [r.model_dump(mode="json") for r in reports]})

    asyncio.run(run())


class _Session:
    """One drill after another, until nothing is left or the person has enough."""

    def __init__(
        self,
        product: "Product",
        talk: "DrillConversation",
        wish: "Wish",
        follow_ups: int,
        critique: Literal["each", "end"],
        *,
        retest: bool,
    ) -> None:
        self._product = product
        self._talk = talk
        self._wish = wish
        self._follow_ups = follow_ups
        self._critique = critique
        self._retest = retest

    async def hold(self, more: "Callable[[], bool]") -> "list[DrillReport]":
        """Drills until nothing is left, the person stops, or the file of answers ends."""
        reports: list[DrillReport] = []
        chooser, owner = self._product.practice.chooser, self._product.owner
        while more():
            choice = await chooser.next(self._wish, owner=owner)
            if choice is None:
                if not reports:
                    note("Nothing is due and no new card is left for today: --new N takes more.")
                break
            drilled = any(r.question == choice.question.id for r in reports)
            retest = drilled and choice.card is not None and bool(choice.card.gaps)
            if reports and not await self._goes_on(reports[-1], choice, retest=retest):
                break
            reports.append(await self._one(choice, retest=retest or self._retest))
        return reports

    async def _goes_on(self, last: "DrillReport", choice: "Choice", *, retest: bool) -> bool:
        """A session goes on by itself; what was named is one drill, unless the person wants more."""
        wish = self._wish
        if wish.question is not None and not last.again:
            return False
        if self._talk.is_unattended:
            return not (wish.question or wish.round or wish.criterion or retest)
        what = f"{choice.question.id} again, in other words" if retest else choice.question.id
        return await self._talk.wants_more(f"Next: {what}.")

    async def _one(self, choice: "Choice", *, retest: bool) -> "DrillReport":
        product = self._product
        plan = choice.plan(follow_ups=self._follow_ups, critique=self._critique, retest=retest)
        drill_id = await product.practice.drills.start(choice.question, plan, owner=product.owner)
        return await self._talk.drill(drill_id)
