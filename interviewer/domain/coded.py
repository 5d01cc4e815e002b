"""An exchange after something happened to its code or its query."""

from interviewer.domain.code_outcome import CodeOutcome
from interviewer.domain.events import (
    CodeSubmitted,
    CodeTested,
    HintGiven,
    QuerySubmitted,
    QueryTested,
)
from interviewer.domain.exchange import Exchange
from interviewer.domain.observation import Observation
from interviewer.domain.sql_run import SqlRun
from interviewer.errors import RuleBroken

Coded = CodeSubmitted | CodeTested | QuerySubmitted | QueryTested | HintGiven
"""What happens to code or a query."""


def coded(exchange: Exchange, event: Coded) -> Exchange:
    """The exchange after one more event.

    Raises:
        RuleBroken: A run is told of without a submission.
    """
    match event:
        case CodeSubmitted(code=text) | QuerySubmitted(query=text):
            return exchange.model_copy(update={"submissions": (*exchange.submissions, text)})
        case HintGiven():
            return exchange.model_copy(update={"hints": event.number})
        case CodeTested():
            return _tested(exchange, event.observations, "outcome", event.outcome)
        case QueryTested():
            return _tested(exchange, event.observations, "run", event.run)


def _tested(
    exchange: Exchange,
    observed: tuple[Observation, ...],
    field: str,
    found: CodeOutcome | SqlRun | None,
) -> Exchange:
    if not exchange.submissions:
        raise RuleBroken("nothing was sent that could have been run")
    # An exchange that is graded keeps the run that its grade rests on.
    if found is None or exchange.assessment is not None:
        return exchange
    return exchange.model_copy(update={field: found, "observations": observed})
