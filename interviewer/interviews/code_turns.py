"""Code within a round: a submission is stored first, then run, and what came of it is stored too.

It is no turn: the candidate may send code as often as they like while a question is open, and the
interviewer speaks when the candidate has explained it.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping

from interviewer.domain.code_observations import observations
from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.coding import CodingProblem
from interviewer.domain.events import CodeSubmitted, CodeTested, HintGiven
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.sql_problem import SqlProblem
from interviewer.domain.timing import Clock
from interviewer.domain.value import Value
from interviewer.errors import CodeNotRun, RuleBroken
from interviewer.interviews.open_exchange import open_exchange
from interviewer.interviews.record import Record
from interviewer.workbench.coding.judge import checked_code


class RoundHint(Value):
    """A hint given in a round; it costs nothing and is recorded."""

    number: int
    of: int
    text: str


class CodeTurns:
    """Takes submissions of code; hands out hints on whichever problem is open."""

    def __init__(
        self,
        record: Record,
        problems: Mapping[str, CodingProblem],
        judge: Callable[[CodingProblem, str], Awaitable[CodeOutcome]],
        clock: Clock,
        sql_problems: Mapping[str, SqlProblem] | None = None,
    ) -> None:
        self._record = record
        self._problems = problems
        self._judge = judge
        self._clock = clock
        self._sql_problems = sql_problems or {}

    async def submit(self, interview_id: str, code: str, *, owner: str) -> CodeOutcome:
        """Stores code, runs it, stores what came of it.

        Returns:
            What the candidate may see: of hidden tests only whether they passed.

        Raises:
            NotText, AnswerTooLong: It cannot be a program; nothing was stored.
            RuleBroken: No coding question is open.
            CodeNotRun: Code is not run here; the submission and the reason are kept.
        """
        checked_code(code)
        interview = await self._record.load(interview_id, owner)
        exchange, problem = self._open(interview)
        sha = hashlib.sha256(code.encode()).hexdigest()
        submitted = CodeSubmitted(
            at=self._clock(),
            question=exchange.question.id,
            problem=problem.id,
            code=code,
            sha256=sha,
        )
        await self._record.add(interview_id, submitted, owner)
        tested = {"question": exchange.question.id, "sha256": sha}
        try:
            outcome = await self._judge(problem, code)
        except CodeNotRun as error:
            refused = CodeTested(at=self._clock(), refused=str(error), **tested)
            await self._record.add(interview_id, refused, owner)
            raise
        found = CodeTested(
            at=self._clock(),
            outcome=outcome,
            observations=observations(problem, outcome, exchange.answers),
            **tested,
        )
        await self._record.add(interview_id, found, owner)
        return outcome.for_candidate

    async def hint(self, interview_id: str, *, owner: str) -> RoundHint:
        """The next rung of the ladder; the last one again when there is no further.

        Raises:
            RuleBroken: No question with a problem is open.
        """
        exchange = open_exchange(await self._record.load(interview_id, owner))
        question = exchange.question
        problem = self._problems.get(question.problem or "") or self._sql_problems.get(
            question.sql_problem or ""
        )
        if problem is None:
            raise RuleBroken("there are no hints on the question that is open")
        number = min(exchange.hints + 1, len(problem.hints))
        text = problem.hints[number - 1]
        given = HintGiven(at=self._clock(), question=question.id, number=number, text=text)
        await self._record.add(interview_id, given, owner)
        return RoundHint(number=number, of=len(problem.hints), text=text)

    def _open(self, interview: Interview) -> tuple[Exchange, CodingProblem]:
        current = open_exchange(interview)
        problem = self._problems.get(current.question.problem or "")
        if problem is None:
            raise RuleBroken("the question that is open asks for no code")
        return current, problem
