"""The listener: what the rules need to know of an answer besides its rubric points.

Claims and what they contradict, lists without a constraint, questions about a case. It adds to a
reading; it judges nothing. Earlier answers are remembered by their text, so that a turn costs as
much at the end of a round as at its beginning.
"""

from collections.abc import Iterator

from interviewer.domain.assessment import Assessment, FeatureList
from interviewer.domain.case import Enquiry
from interviewer.domain.claims import Claim, RememberedClaim, contradictions
from interviewer.domain.clarifying import is_clarifying
from interviewer.domain.interview import Exchange, Interview
from interviewer.domain.shown import silent_answers
from interviewer.engines.offline.claimed import claims_in, topic_of
from interviewer.engines.offline.enquiries import FactFinder
from interviewer.engines.offline.feature_list import feature_list
from interviewer.engines.offline.prepared import Embeds

LEAST_NEAR_STEMS = 2
"""Content stems that a claim shares with an exchange which it belongs to."""


class Listener:
    """Hears claims, contradictions, lists and questions."""

    def __init__(self, embedder: Embeds | None = None) -> None:
        """Takes the embedder of candidates' sentences; None leaves words only."""
        self._facts = FactFinder(embedder)

    def claims(self, exchange: Exchange, round_id: str) -> tuple[Claim, ...]:
        """The claims in the answers to one question."""
        found = claims_in(exchange.answers, question=exchange.question.id, round_id=round_id)
        if not exchange.handed:
            return found
        table = frozenset(silent_answers(exchange))
        return tuple(claim for claim in found if claim.quote.answer not in table)

    def listened(self, interview: Interview, reading: Assessment) -> Assessment:
        """The reading of the current exchange with what else was heard in it."""
        current = interview.current
        if current is None or not current.answers:
            return reading
        last = len(current.answers) - 1
        claims = self.claims(current, interview.started.round)
        new = [claim for claim in claims if claim.quote.answer == last]
        old = [(claim, None) for claim in claims if claim.quote.answer < last]
        return reading.model_copy(
            update={
                "checkable": claims,
                "contradictions": contradictions((*self._before(interview), *old), new),
                "remembered": tuple(_near(interview, current)),
                "feature_list": _listed(current, last),
                "enquiries": self._enquiries(interview, current),
            }
        )

    def _before(self, interview: Interview) -> Iterator[tuple[Claim, str | None]]:
        for remembered in interview.started.remembered:
            yield remembered.claim, remembered.title
        for exchange in interview.exchanges[:-1]:
            for claim in self.claims(exchange, interview.started.round):
                yield claim, None

    def _enquiries(self, interview: Interview, current: Exchange) -> tuple[Enquiry, ...]:
        case = interview.started.case
        if case is None or not is_clarifying(interview, current):
            return ()
        return self._facts.enquiries(current.answers, case)


def _listed(current: Exchange, last: int) -> FeatureList | None:
    found = feature_list(current.answers[last])
    if found is None:
        return None
    return found.model_copy(update={"quote": found.quote.model_copy(update={"answer": last})})


def _near(interview: Interview, current: Exchange) -> Iterator[RememberedClaim]:
    """Claims of earlier rounds that what is being talked about touches, the nearest first."""
    if not interview.started.remembered:
        return
    about = set(topic_of(" ".join([current.question.text, *current.answers])))
    shared = [
        (len(about & set(remembered.claim.stems)), remembered)
        for remembered in interview.started.remembered
    ]
    near = [pair for pair in shared if pair[0] >= LEAST_NEAR_STEMS]
    yield from (remembered for _, remembered in sorted(near, key=lambda pair: -pair[0])[:3])
