"""The model assessor: one structured call per exchange and vote; code checks every quote it offers.

A `yes` or `partly` whose quote is not in the answers is void: the point is then not assessed. If the
quote stands only in words that do not count, the point is a no. The model never sees a level and
never gives one.
"""

import asyncio
from collections.abc import Sequence
from functools import partial

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.domain.rubric import Point
from interviewer.domain.usage import Usage, spent_by
from interviewer.engines.model.checking import Finds, checked_flags, checked_verdicts
from interviewer.engines.model.claims_made import checked_claims
from interviewer.engines.model.heard import Heard
from interviewer.engines.model.replies import ExchangeHeard, ExchangeVerdicts
from interviewer.engines.model.votes import Ballot, flags_of_most, orders, tallied
from interviewer.engines.offline.claimed import claims_in
from interviewer.engines.protocols import Assessor
from interviewer.errors import ModelError
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.library import PromptLibrary
from interviewer.prompting.prompt_file import RenderedPrompt

_COUNTS_SHOWN = 1
"""Ways of saying it shown per point, to stay within the round's token budget."""


class ModelAssessor:
    """Assesses exchanges with a chat model, on top of the offline reading."""

    name = "model"

    def __init__(
        self,
        chat: Chat,
        prompts: PromptLibrary,
        reader: Assessor,
        *,
        votes: int = 1,
        hears_claims: bool = False,
    ) -> None:
        """Takes its parts.

        Args:
            chat: The model.
            prompts: Where `grading/exchange` is found.
            reader: For hygiene, currency and claims, which code finds.
            votes: Readings of each exchange, from 1; an odd number has a majority.
            hears_claims: The same call lists what the candidate claims (`Assessment.checkable`),
                for later rounds. It is asked to only where code finds a figure or a word for who
                did what, since most answers to a case hold neither, and to be asked costs tokens.
        """
        self._chat = chat
        self._prompts = prompts
        self._reader = reader
        self._votes = votes
        self._hears_claims = hears_claims

    async def assess(self, exchange: Exchange) -> Assessment:
        """Assesses the exchange.

        Hygiene and currency come from code, as offline; an exchange of nothing but junk is not
        sent to the model. Of several votes those that fail are left out, and the assessment says
        so, as long as one remains.

        Raises:
            ModelError: No usable reply, from any vote.
        """
        heard = Heard(exchange)
        reading = heard.in_own_words(await self._reader.assess(heard.without_reports))
        if all(reading.junk_in(i) for i in range(len(exchange.answers))):
            return reading
        shown = heard.shown()
        hears_claims = self._hears_claims and bool(
            claims_in(exchange.answers, question=exchange.question.id, round_id="")
        )
        schema = ExchangeHeard if hears_claims else ExchangeVerdicts
        asked = [
            (
                self._prompt(exchange, points, shown, hears_claims=hears_claims),
                tuple(point.id for point in points),
            )
            for points in orders(exchange.question, self._votes)
        ]
        finds = partial(heard.evidence, reading=reading)
        ballots = await asyncio.gather(
            *(self._ballot(exchange, prompt, order, finds, schema) for prompt, order in asked)
        )
        failures = [ballot.failed for ballot in ballots if ballot.failed is not None]
        spent = sum((ballot.usage for ballot in ballots), Usage())
        if len(failures) == len(ballots):
            failures[0].spent = spent
            raise failures[0]
        verdicts = tallied(exchange.question, ballots)
        return reading.model_copy(
            update={
                "engine": self.name,
                "model": self._chat.settings.name,
                "verdicts": verdicts,
                "gaps": None,
                "red_flags": flags_of_most(ballots),
                "confidence": sum(v.confidence for v in verdicts) / len(verdicts),
                "checkable": next(b.claims for b in ballots if b.failed is None),
                "votes": tuple(b.as_vote for b in ballots) if self._votes > 1 else (),
                "usage": spent,
                "prompts": (asked[0][0].ref,),
            }
        )

    def _prompt(
        self, exchange: Exchange, points: Sequence[Point], shown: str, *, hears_claims: bool
    ) -> RenderedPrompt:
        return self._prompts.render(
            "grading/exchange",
            question=exchange.question.text,
            points=[_shown(point) for point in points],
            red_flags=[
                {"id": flag.id, "statement": flag.statement} for flag in exchange.question.red_flags
            ],
            exchange=shown,
            hears_claims=hears_claims,
        )

    async def _ballot(
        self,
        exchange: Exchange,
        prompt: RenderedPrompt,
        order: tuple[str, ...],
        finds: Finds,
        schema: type[ExchangeVerdicts],
    ) -> Ballot:
        messages = [Message("system", prompt.stable), Message("user", prompt.turn)]
        usage = Usage()
        try:
            reply = await self._chat.structured(messages, schema)
            usage = reply.usage
            verdicts = checked_verdicts(exchange, reply.value, finds)
        except ModelError as error:
            return Ballot(order, usage=usage + spent_by(error), failed=error)
        flags = checked_flags(exchange, reply.value, finds)
        made = reply.value.claims if isinstance(reply.value, ExchangeHeard) else ()
        return Ballot(order, verdicts, flags, usage, claims=checked_claims(exchange, made))


def _shown(point: Point) -> dict[str, object]:
    return {
        "id": point.id,
        "statement": point.statement,
        "counts": point.counts[:_COUNTS_SHOWN],
        "partly": point.partly[:1],
        "does_not_count": point.does_not_count[:1],
    }
