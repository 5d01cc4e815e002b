"""The model claimant: one structured call per exchange; code checks every quote it offers.

It is asked only where code finds a number or a word for who did what, since most answers to
a case hold neither, and a call costs tokens. What it offers without a quote that stands in the
answers is dropped.
"""

from interviewer.domain.claims import Claim, ClaimKind
from interviewer.domain.interview import Exchange
from interviewer.engines.model.heard import Heard
from interviewer.engines.model.replies import ClaimMade, ClaimsMade
from interviewer.engines.offline.claimed import MOST_CLAIMS, claims_in, topic_of
from interviewer.engines.offline.quantities import in_hours
from interviewer.engines.protocols import Claimed
from interviewer.engines.quotes import find_quote
from interviewer.engines.text import stem
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.library import PromptLibrary

_ASPECTS = {"by": "change", "from": "before"}


class ModelClaimant:
    """Finds claims with a chat model."""

    def __init__(self, chat: Chat, prompts: PromptLibrary) -> None:
        self._chat = chat
        self._prompts = prompts

    async def claims(self, exchange: Exchange, round_id: str) -> Claimed:
        """The claims in the exchange, each with a quote that stands in it.

        Raises:
            ModelError: No usable reply.
        """
        question = exchange.question.id
        found_by_code = claims_in(exchange.answers, question=question, round_id=round_id)
        if not found_by_code:
            return Claimed(())
        prompt = self._prompts.render(
            "claims/exchange", question=exchange.question.text, exchange=Heard(exchange).shown()
        )
        messages = [Message("system", prompt.stable), Message("user", prompt.turn)]
        reply = await self._chat.structured(messages, ClaimsMade)
        checked = (_checked(made, exchange, round_id) for made in reply.value.claims)
        kept = tuple(claim for claim in checked if claim is not None)
        return Claimed(kept[:MOST_CLAIMS], reply.usage)


def _checked(made: ClaimMade, exchange: Exchange, round_id: str) -> Claim | None:
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
        round=round_id,
        number=number,
        unit=unit,
        holder=made.holder,
        stems=topic_of(quote.text),
    )
