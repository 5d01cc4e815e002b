"""`loop`: every round of a track in order, in the terminal, and then the debrief."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from interviewer.cli.printing import note, print_json, print_markdown

if TYPE_CHECKING:
    from interviewer.bootstrap import Product
    from interviewer.cli.loop_answers import LoopAnswers
    from interviewer.interviews.loop import Loops, LoopState, RoundState

_CHOICES = "Enter begins; /score shows the round just sat; /stop stops here, nothing is lost."


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(loop)


def loop(
    track: Annotated[str, typer.Option(help="Id of the track (`interviewer tracks`).")] = "",
    answers: Annotated[
        Path | None,
        typer.Option(
            help="Unattended: answers from a file, separated by lines with ---; a line "
            "`=== ROUND` begins those of a round."
        ),
    ] = None,
    resume: Annotated[str, typer.Option(help="Id of a loop to go on with.")] = "",
    seed: Annotated[
        int | None, typer.Option(min=0, help="Order of the questions; 0 is the authored order.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="End with the debrief as JSON.")] = False,
) -> None:
    """Sit every round of a track, then read what the committee makes of it."""
    from interviewer.errors import InputError

    if bool(resume) == bool(track):
        raise InputError(
            "name either --track (`interviewer tracks` lists them) or --resume ID of a loop"
        )
    if as_json and answers is None and not sys.stdin.isatty():
        raise InputError("--json without a terminal needs --answers FILE")
    shown: TextIO | None = sys.stdout
    if as_json:
        # A person must see the questions; standard output is kept for the document.
        shown = sys.stderr if answers is None else None
    asyncio.run(_run(track, resume, answers, seed, as_json=as_json, shown=shown))


async def _run(
    track: str,
    resume: str,
    answers: Path | None,
    seed: int | None,
    *,
    as_json: bool,
    shown: TextIO | None,
) -> None:
    from interviewer.bootstrap import open_product, settings
    from interviewer.bootstrap.loops import debriefs_of, loops_of
    from interviewer.cli.loop_answers import read_loop_answers
    from interviewer.interviews.debrief_markdown import debrief_markdown

    async with open_product(settings()) as product:
        loops = loops_of(product)
        # Looked at first: with a file that cannot be used no loop is begun.
        rounds = await _rounds(product, loops, track, resume)
        script = None if answers is None else read_loop_answers(answers, rounds)
        loop_id = resume or await loops.start(
            track, owner=product.owner, seed=0 if answers is not None and seed is None else seed
        )
        sitting = Sitting(product, loops, loop_id, shown, script)
        try:
            is_done = await sitting.hold()
        except asyncio.CancelledError:
            note(f"\nStopped; every answer you sent is kept. {_go_on(loop_id)}")
            raise
        if not is_done and answers is None:
            note(f"Stopped between two rounds. {_go_on(loop_id)}")
            return
        found = await debriefs_of(product).debrief(loop_id, owner=product.owner)
        if as_json:
            print_json(found)
        else:
            print_markdown(debrief_markdown(found))
            note(f"Print it, with every round: interviewer report {loop_id} --format html --out F")


async def _rounds(product: "Product", loops: "Loops", track: str, resume: str) -> list[str]:
    if resume:
        return [p.round for p in (await loops.plan(resume, owner=product.owner)).rounds]
    return [round_.id for round_ in product.catalog.track(track).rounds]


def _go_on(loop_id: str) -> str:
    return f"Go on with: interviewer loop --resume {loop_id}"


class Sitting:
    """One person, or one file of answers, going through a loop."""

    def __init__(
        self,
        product: "Product",
        loops: "Loops",
        loop_id: str,
        out: TextIO | None,
        answers: "LoopAnswers | None",
    ) -> None:
        """Takes its parts.

        Args:
            product: With its store.
            loops: Of the product.
            loop_id: Of a loop of this owner.
            out: Where the conversation is shown; None shows nothing.
            answers: From a file; None asks the person.
        """
        from interviewer.cli.conversation import Conversation

        self._product = product
        self._loops = loops
        self._id = loop_id
        self._answers = answers
        self._conversation: Conversation = Conversation(product, out=out)

    async def hold(self) -> bool:
        """Sits what is left; whether every round that can be sat is over."""
        from interviewer.cli.loop_answers import AnswersUsedUp

        state = await self._loops.state(self._id, owner=self._product.owner)
        self._introduce(state)
        await self._leave_out_what_was_given(state)
        before: RoundState | None = None
        while (following := await self._following()) is not None:
            if not await self._agreed(following, before):
                return False
            opened = await self._loops.open_next(self._id, owner=self._product.owner)
            if opened is None:
                break
            try:
                await self._sit(opened)
            except AnswersUsedUp:
                left = (await self._loops.state(self._id, owner=self._product.owner)).rounds
                open_rounds = [r.title for r in left if r.state in ("open", "not-sat")]
                note(
                    f"The file's answers ran out in {opened.title!r}; not finished: "
                    f"{', '.join(open_rounds)}. {_go_on(self._id)} --answers FILE"
                )
                return False
            before = opened
        if self._answers is not None and self._answers.left:
            note(f"{self._answers.left} of the file's answers were not needed.")
        return True

    def _introduce(self, state: "LoopState") -> None:
        say = self._conversation.say
        say(f"{state.title}: {len(state.rounds)} rounds. Loop {self._id}.")
        for number, round_ in enumerate(state.rounds, 1):
            done = {"over": ", sat", "open": ", begun", "gone": ", no longer in the track"}
            say(f"  {number}. {self._who(round_)}{done.get(round_.state, '')}")
        for notice in state.notices:
            say(notice)
        say(self._product.engine_line)

    def _who(self, round_: "RoundState") -> str:
        personas = self._product.catalog.personas
        names = [
            f"{personas[p].name}, {personas[p].title}" for p in round_.members if p in personas
        ]
        return f"{round_.title}, {round_.minutes} minutes, with {'; '.join(names)}"

    async def _leave_out_what_was_given(self, state: "LoopState") -> None:
        if self._answers is None:
            return
        for round_ in state.rounds:
            if round_.state == "over":
                self._answers.skip(round_.round, await self._given(round_))

    async def _given(self, round_: "RoundState") -> list[str]:
        interview = await self._product.conductor.load(round_.interview, owner=self._product.owner)
        return [answer for exchange in interview.exchanges for answer in exchange.spoken]

    async def _following(self) -> "RoundState | None":
        return (await self._loops.state(self._id, owner=self._product.owner)).next_round

    async def _agreed(self, following: "RoundState", before: "RoundState | None") -> bool:
        """Whether the person wants to begin the next round; a file always does."""
        if self._answers is not None:
            return True
        if following.state == "open":
            return True
        self._conversation.say(f"\nNext: {self._who(following)}.")
        while True:
            try:
                said = await self._conversation.command(f"{_CHOICES}\n> ")
            except EOFError:
                return False
            if said in ("/stop", "/end"):
                return False
            if said != "/score":
                return True
            await self._show_score(before)

    async def _show_score(self, before: "RoundState | None") -> None:
        from interviewer.interviews.report_markdown import report_markdown

        if before is None:
            self._conversation.say("No round has been sat since you began.")
            return
        found = await self._product.report(before.interview)
        print_markdown(report_markdown(found, self._product.library.passages))

    async def _sit(self, opened: "RoundState") -> None:
        script = None
        if self._answers is not None:
            product = self._product
            given = await self._given(opened)
            script = self._answers.script(opened.round, given, product.catalog, product.reader)
        await self._conversation.play(opened.interview, script)
