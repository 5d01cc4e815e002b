"""A piece of work of the suite, and running it without Inspect AI."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import NamedTuple

from evals.tasks.engines import Engine
from evals.tasks.record import Case, Facts, Floor, Record
from interviewer.bootstrap import Product
from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange, Turn
from interviewer.domain.moves import Ask, Move
from interviewer.domain.question import Question
from interviewer.domain.timing import Clock

Measures = dict[str, float]


class Work(NamedTuple):
    """One task: what is asked of an engine and what its answers come to."""

    name: str
    about: str
    """One line for the log."""
    cases: Callable[[Product, str], list[Case]]
    """From the product and the half of the questions."""
    run: Callable[[Case, Engine], Awaitable[Facts]]
    passed: Callable[[Facts], float]
    """One sample's value, in [0, 1]."""
    measures: Callable[[Sequence[Record]], Measures]
    floors: tuple[Floor, ...]
    better: dict[str, int]
    """By measure: 1 if more is better, -1 if less is, 0 if near zero is; the others are counts."""

    async def record(self, case: Case, engine: Engine) -> Record:
        """Runs one case.

        Raises:
            ModelError: The endpoint failed or the spend limit is reached.
        """
        facts = await self.run(case, engine)
        return Record(task=self.name, id=case.id, group=case.group, digest=case.digest, facts=facts)

    def broken_floors(self, records: Sequence[Record]) -> list[str]:
        """Every floor that the records do not keep, in words."""
        measured = self.measures(records)
        found = (floor.broken_by(measured) for floor in self.floors)
        return [f"{self.name}: {words}" for words in found if words]


def run_plainly(
    work: Work, engine: Engine, half: str = "test", groups: Collection[str] | None = None
) -> list[Record]:
    """Runs the cases, one after another, without Inspect.

    Args:
        work: What to run.
        engine: On what.
        half: One of `record.HALVES`.
        groups: Only the cases of these groups; None for all.

    Raises:
        EvalError: A labelled set is malformed, or there is no such half.
        ModelError: The endpoint failed; nothing is kept, so use Inspect where calls cost money.
    """

    async def run() -> list[Record]:
        cases = work.cases(engine.product, half)
        chosen = [case for case in cases if groups is None or case.group in groups]
        return [await work.record(case, engine) for case in chosen]

    return asyncio.run(run())


def an_exchange(
    question: Question, answers: Sequence[str], clock: Clock, moves: Sequence[Move] = ()
) -> Exchange:
    """A question with its answers, each follow-up in `moves` put before the next answer."""
    asked = Ask(question=question.id, reason="It is evaluated.")
    turns = []
    for move, answer in zip((asked, *moves), answers, strict=True):
        text = question.text if move is asked else "Go on."
        turns.append(Turn(speaker="interviewer", text=text, at=clock(), move=move))
        turns.append(Turn(speaker="candidate", text=answer, at=clock()))
    return Exchange(question=question.as_asked, turns=tuple(turns))


def what_it_cost(assessment: Assessment) -> Facts:
    """Who judged, why another stood in, and the tokens."""
    usage, stands_in = assessment.usage, assessment.fallback
    return {
        "judged_by": assessment.engine,
        "fallback": stands_in.cause if stands_in else None,
        "tokens": usage.prompt_tokens + usage.completion_tokens,
    }
