"""Grading a stored interview again, several times, beside what is in its log."""

import asyncio

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.measured import as_spoken, with_measured
from interviewer.domain.regrade import QuestionSpread, Regrade, spread
from interviewer.domain.shown import with_artefact
from interviewer.domain.timing import Clock
from interviewer.engines.protocols import Assessor
from interviewer.errors import InputError, ModelError, SpendLimitReached

MOST_TIMES = 20
READINGS_AT_ONCE = 4

_OFFLINE = (
    "The offline engine always gives the same verdicts to the same words: any spread here would be "
    "a fault. Differences from the stored grade come from a newer version of the engine."
)
_MODEL = (
    "Each reading is a call of its own to the same model with the same prompt. What differs between "
    "them is chance; a point on which they disagree is one to read yourself."
)


async def regraded(
    interview_id: str,
    interview: Interview,
    assessor: Assessor,
    times: int,
    clock: Clock,
    *,
    version: str = "",
) -> Regrade:
    """Reads every closed exchange so many times; nothing in the interview is changed.

    The rubric is the one in the log, as it was asked. The assessor is asked itself: the offline
    engine never stands in here, since its verdicts would pass for the model's.

    Args:
        interview_id: Of the interview.
        interview: As its log has it.
        assessor: Reads.
        times: From 1 to `MOST_TIMES`.
        clock: Gives aware times.
        version: Of the product.

    Raises:
        InputError: `times` is out of range, or no exchange is closed yet.
        ModelError: No reading of an exchange was usable, or the spend limit was reached.
    """
    if not 1 <= times <= MOST_TIMES:
        raise InputError(f"-n must be 1 to {MOST_TIMES}, not {times}")
    answered = [exchange for exchange in interview.closed if exchange.answers]
    if not answered:
        raise InputError(f"interview {interview_id!r} has no answered question to grade again")
    gate = asyncio.Semaphore(READINGS_AT_ONCE)
    found = [await _read(exchange, assessor, times, gate) for exchange in answered]
    is_offline = assessor.name == "offline"
    return Regrade(
        interview=interview_id,
        at=clock(),
        times=times,
        deterministic=is_offline,
        note=_OFFLINE if is_offline else _MODEL,
        questions=tuple(found),
        version=version,
    )


async def _read(
    exchange: Exchange, assessor: Assessor, times: int, gate: asyncio.Semaphore
) -> QuestionSpread:
    ungraded = exchange.model_copy(update={"assessment": None})

    async def once() -> Assessment | ModelError:
        async with gate:
            try:
                found = await assessor.assess(as_spoken(ungraded))
                return with_artefact(with_measured(found, ungraded), ungraded)
            except ModelError as error:
                return error

    outcomes = await asyncio.gather(*(once() for _ in range(times)))
    readings = [outcome for outcome in outcomes if isinstance(outcome, Assessment)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, ModelError)]
    if spent := [error for error in failures if isinstance(error, SpendLimitReached)]:
        raise spent[0]
    if not readings:
        raise failures[0]
    return spread(exchange.question, exchange.assessment, readings, len(failures))
