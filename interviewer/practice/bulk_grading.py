"""Grading one row of many: the critique without what the input holds already, and what may go wrong."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from interviewer.errors import InterviewerError, ModelError, ModelUnavailable, SpendLimitReached
from interviewer.practice.answer_rows import Row
from interviewer.practice.critique import Critic
from interviewer.practice.graded_rows import GradedRow

LEFT_OUT = {"text", "answers", "rewrite", "note"}
"""Of a critique: they stand in the input or the question bank, or are not graded."""
_TRIES = 5
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 2.0, 60.0


async def graded_row(critic: Critic, row: Row, *, fall_back: bool = True) -> GradedRow:
    """One row graded.

    Raises:
        ModelError: The model failed, and the offline engine is not to stand in for it.
    """
    try:
        found = await critic.critique(row.question, row.answer, fall_back=fall_back)
    except ModelError:
        raise
    except InterviewerError as error:
        return GradedRow(
            line=row.line, id=row.id, sha256=row.sha256, question=row.question, error=str(error)
        )
    document = found.model_dump(mode="json", exclude=LEFT_OUT)
    return GradedRow(
        line=row.line, id=row.id, sha256=row.sha256, question=row.question, critique=document
    )


class PatientGrader:
    """Grades with a model whose server may ask for a pause: one rate limit makes all wait.

    After `_TRIES` the offline engine grades the row, and the row says so.
    """

    def __init__(
        self, critic: Critic, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        """Takes its parts.

        Args:
            critic: With the model's assessor.
            sleep: Waits for so many seconds.
        """
        self._critic = critic
        self._sleep = sleep
        self._open = asyncio.Event()
        self._open.set()
        self._pause_s = _FIRST_PAUSE_S

    async def __call__(self, rows: Sequence[Row]) -> list[GradedRow]:
        """Grades a batch, one row after another.

        Raises:
            SpendLimitReached: The run must stop.
        """
        return [await self._graded(row) for row in rows]

    async def _graded(self, row: Row) -> GradedRow:
        for _ in range(_TRIES):
            await self._open.wait()
            try:
                found = await graded_row(self._critic, row, fall_back=False)
            except SpendLimitReached:
                raise
            except ModelError as error:
                if not isinstance(error, ModelUnavailable):
                    break  # it was asked to mend its reply already
                if error.kind == "rate_limit":
                    await self._pause()
                continue
            self._pause_s = max(_FIRST_PAUSE_S, self._pause_s / 2)
            return found
        return await graded_row(self._critic, row)

    async def _pause(self) -> None:
        """Holds everybody back; the pause doubles while the server goes on refusing."""
        if not self._open.is_set():
            await self._open.wait()
            return
        self._open.clear()
        try:
            await self._sleep(self._pause_s)
        finally:
            self._pause_s = min(_LONGEST_PAUSE_S, 2 * self._pause_s)
            self._open.set()
