"""A query within a round: it is stored first, then run, and what came of it is stored too.

Like code it is no turn: the candidate may send as many as they like while a question is open, the last
one counts, and the interviewer speaks when the candidate has explained it.
"""

import hashlib
from collections.abc import Mapping

from interviewer.domain.events import QuerySubmitted, QueryTested
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.moves import Examine
from interviewer.domain.sql_problem import SqlProblem
from interviewer.domain.sql_run import SqlRun, query_observations
from interviewer.domain.timing import Clock
from interviewer.errors import CodeNotRun, RuleBroken
from interviewer.interviews.open_exchange import open_exchange
from interviewer.interviews.record import Record
from interviewer.workbench.sql.runner import SqlRunner, checked_query
from interviewer.workbench.sql.sheet import TableSheet, table_sheets


class QueryTurns:
    """Takes queries and shows the tables they are about."""

    def __init__(
        self,
        record: Record,
        problems: Mapping[str, SqlProblem],
        runner: SqlRunner,
        clock: Clock,
    ) -> None:
        self._record = record
        self._problems = problems
        self._runner = runner
        self._clock = clock

    async def query(self, interview_id: str, sql: str, *, owner: str) -> SqlRun:
        """Stores a query, runs it, stores what came of it.

        Returns:
            The result and how it differs from what was asked for, without the rows that were expected.
            A query that is refused, wrong, too slow or too large is a run as well.

        Raises:
            NotText, AnswerTooLong: It cannot be a query; nothing was stored.
            RuleBroken: No question with an SQL problem is open.
            CodeNotRun: Queries are not run here, or this run failed; query and reason are kept.
        """
        checked_query(sql)
        exchange, problem = self._open(await self._record.load(interview_id, owner))
        sha = hashlib.sha256(sql.encode()).hexdigest()
        submitted = QuerySubmitted(
            at=self._clock(),
            question=exchange.question.id,
            problem=problem.id,
            query=sql,
            sha256=sha,
        )
        await self._record.add(interview_id, submitted, owner)
        tested = {"question": exchange.question.id, "sha256": sha}
        try:
            run = await self._runner.run(problem, sql)
        except CodeNotRun as error:
            refused = QueryTested(at=self._clock(), refused=str(error), **tested)
            await self._record.add(interview_id, refused, owner)
            raise
        asked = {m.observation.ask for m in exchange.moves if isinstance(m, Examine)}
        found = QueryTested(
            at=self._clock(),
            run=run.kept,
            observations=query_observations(problem, run, asked),
            **tested,
        )
        await self._record.add(interview_id, found, owner)
        return run.for_candidate

    async def tables(self, interview_id: str, *, owner: str) -> tuple[TableSheet, ...]:
        """The tables of the problem that is open, each with its columns and first rows.

        Raises:
            RuleBroken: No question with an SQL problem is open.
            CodeNotRun: The rows of a table could not be read.
        """
        _, problem = self._open(await self._record.load(interview_id, owner))
        return await table_sheets(problem.tables, self._runner)

    def _open(self, interview: Interview) -> tuple[Exchange, SqlProblem]:
        current = open_exchange(interview)
        problem = self._problems.get(current.question.sql_problem or "")
        if problem is None:
            raise RuleBroken("the question that is open asks for no query")
        return current, problem
