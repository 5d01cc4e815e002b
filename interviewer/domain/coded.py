"""An exchange after something happened to its code."""

from interviewer.domain.events import CodeSubmitted, CodeTested, HintGiven
from interviewer.domain.exchange import Exchange
from interviewer.errors import RuleBroken


def coded(exchange: Exchange, event: CodeSubmitted | CodeTested | HintGiven) -> Exchange:
    """The exchange after one more event.

    Raises:
        RuleBroken: A run is told of without a submission.
    """
    match event:
        case CodeSubmitted():
            return exchange.model_copy(update={"submissions": (*exchange.submissions, event.code)})
        case HintGiven():
            return exchange.model_copy(update={"hints": event.number})
        case CodeTested():
            if not exchange.submissions:
                raise RuleBroken("no code was sent that could have been run")
            # An exchange that is graded keeps the run that its grade rests on.
            if event.outcome is None or exchange.assessment is not None:
                return exchange
            return exchange.model_copy(
                update={"outcome": event.outcome, "observations": event.observations}
            )
