"""Claims that a model lists beside its verdicts; code checks every quote it offers.

What is offered without a quote that stands in the answers is dropped.
"""

from collections.abc import Iterable

from interviewer.domain.claims import Claim, ClaimKind
from interviewer.domain.interview import Exchange
from interviewer.engines.model.replies import ClaimMade
from interviewer.engines.offline.claimed import MOST_CLAIMS, topic_of
from interviewer.engines.offline.quantities import in_hours
from interviewer.engines.quotes import find_quote
from interviewer.engines.text import stem

_ASPECTS = {"by": "change", "from": "before"}


def checked_claims(exchange: Exchange, claims: Iterable[ClaimMade]) -> tuple[Claim, ...]:
    """The claims that were made in the exchange, in the terms of the domain; no round is set."""
    checked = (_checked(made, exchange) for made in claims)
    return tuple(claim for claim in checked if claim is not None)[:MOST_CLAIMS]


def _checked(made: ClaimMade, exchange: Exchange) -> Claim | None:
    """The claim in the terms of the domain, None if nobody said it."""
    quote = find_quote(made.quote, exchange.answers)
    kind = ClaimKind(made.kind)
    if quote is None or (made.number is None) != (kind is ClaimKind.ROLE):
        return None
    number, unit = made.number, made.unit.strip().lower()
    if kind is ClaimKind.DURATION and number is not None:
        hours = in_hours(unit)
        if hours is None:
            return None
        number, unit = number * hours, "hours"
    if kind is ClaimKind.COUNT:
        unit = stem(unit)
    if kind is not ClaimKind.ROLE and made.aspect in _ASPECTS:
        unit = f"{unit} {_ASPECTS[made.aspect]}"
    return Claim(
        kind=kind,
        quote=quote,
        question=exchange.question.id,
        number=number,
        unit=unit,
        holder=made.holder,
        stems=topic_of(quote.text),
    )
