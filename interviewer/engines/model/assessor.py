"""The model assessor: one structured call per exchange; code checks every quote it offers.

A `yes` or `partly` whose quote is not in the answers is void: the point is then not assessed. The
model never sees a level and never gives one.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.interview import Exchange
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import FlagRaised, Met, Quote, Verdict
from interviewer.engines.hygiene import left_out
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.quotes import find_quote
from interviewer.engines.text import Span
from interviewer.errors import ModelOutputInvalid
from interviewer.llm.chat import Chat, Message
from interviewer.prompting.fence import fence, restore
from interviewer.prompting.library import PromptLibrary

_COUNTS_SHOWN = 1
"""Ways of saying it shown per point, to stay within the round's token budget."""


Quoted = Callable[[str], Quote | None]
"""Gives the place of claimed words, or None if they prove nothing."""


class PointVerdict(BaseModel):
    """One point as the model judged it: reason first, then evidence, then verdict."""

    model_config = ConfigDict(extra="forbid")

    point: Annotated[str, StringConstraints(max_length=60)]
    reason: Annotated[str, StringConstraints(max_length=400)]
    quote: Annotated[str, StringConstraints(max_length=600)]
    met: Literal["yes", "partly", "no"]


class FlagVerdict(BaseModel):
    """A red flag that the model found."""

    model_config = ConfigDict(extra="forbid")

    flag: Annotated[str, StringConstraints(max_length=60)]
    quote: Annotated[str, StringConstraints(max_length=600)]


class ExchangeVerdicts(BaseModel):
    """Everything the model says about an exchange."""

    model_config = ConfigDict(extra="forbid")

    points: list[PointVerdict] = Field(max_length=12)
    red_flags: list[FlagVerdict] = Field(max_length=6)


class ModelAssessor:
    """Assesses exchanges with a chat model, on top of the offline reading."""

    name = "model"

    def __init__(self, chat: Chat, prompts: PromptLibrary, reader: OfflineAssessor) -> None:
        self._chat = chat
        self._prompts = prompts
        self._reader = reader

    async def assess(self, exchange: Exchange) -> Assessment:
        """Assesses the exchange.

        Hygiene and currency come from code, as offline; an exchange of nothing but junk is not
        sent to the model.

        Raises:
            ModelError: No usable reply.
        """
        reading = _without_guess(await self._reader.assess(exchange))
        answers = exchange.answers
        if all(reading.junk_in(i) for i in range(len(answers))):
            return reading
        prompt = self._prompts.render(
            "grading/exchange",
            question=exchange.question.text,
            points=[_shown(point) for point in exchange.question.points],
            red_flags=[
                {"id": flag.id, "statement": flag.statement} for flag in exchange.question.red_flags
            ],
            exchange=_said(exchange),
        )
        reply = await self._chat.structured(
            [Message("system", prompt.stable), Message("user", prompt.turn)], ExchangeVerdicts
        )
        quoted = partial(_quote, exchange=exchange, reading=reading, void=left_out(answers))
        verdicts = _verdicts(exchange, reply.value, quoted)
        # Few real quotes among many invented ones would grade the few alone, as if on everything.
        if 2 * sum(verdict.met is not None for verdict in verdicts) < len(verdicts):
            raise ModelOutputInvalid(
                "the model judged less than half of the points with a quote that is in the answer",
                kind="no_evidence",
            )
        return reading.model_copy(
            update={
                "engine": self.name,
                "model": self._chat.settings.name,
                "verdicts": verdicts,
                "red_flags": _flags(exchange, reply.value, quoted),
                "confidence": sum(v.met is not None for v in verdicts) / len(verdicts),
                "usage": reply.usage,
                "prompts": (prompt.ref,),
            }
        )


def _without_guess(reading: Assessment) -> Assessment:
    """The reading without "off topic": the offline engine guesses that, and the model can tell."""
    kept = tuple(flag for flag in reading.hygiene if flag.kind is not Hygiene.OFF_TOPIC)
    return reading.model_copy(update={"hygiene": kept})


def _shown(point: Point) -> dict[str, object]:
    return {
        "id": point.id,
        "statement": point.statement,
        "counts": point.counts[:_COUNTS_SHOWN],
        "partly": point.partly[:1],
        "does_not_count": point.does_not_count[:1],
    }


def _said(exchange: Exchange) -> str:
    parts = []
    for turn in exchange.turns[1:]:
        if turn.speaker == "candidate":
            parts.append(fence(turn.text, "answer") if turn.text else "(The candidate passed.)")
        else:
            parts.append(f"Interviewer: {' '.join(turn.text.split())}")
    return "\n".join(parts)


def _verdicts(exchange: Exchange, found: ExchangeVerdicts, quoted: Quoted) -> tuple[Verdict, ...]:
    judged = {verdict.point.strip(): verdict for verdict in reversed(found.points)}
    probed = exchange.probed
    verdicts = []
    for point in exchange.question.points:
        said = judged.get(point.id)
        if said is None:
            verdict = Verdict(
                point=point.id,
                met=None,
                why="The model gave no verdict on this point.",
                confidence=0.0,
                citations=point.passages,
            )
        else:
            verdict = _verdict(point, said, quoted(said.quote), probed.get(point.id))
        verdicts.append(verdict)
    return tuple(verdicts)


def _verdict(
    point: Point, said: PointVerdict, quote: Quote | None, probed_from: int | None
) -> Verdict:
    met, passages = Met(said.met), point.passages
    why = " ".join(said.reason.split())
    if met is Met.NO:
        return Verdict(point=point.id, met=met, why=why, citations=passages)
    if quote is None:
        return Verdict(
            point=point.id,
            met=None,
            why="Withheld: the words the model quoted are not in the answer.",
            confidence=0.0,
            citations=passages,
        )
    return Verdict(
        point=point.id,
        met=met,
        quote=quote,
        why=why,
        probed=probed_from is not None and quote.answer >= probed_from,
        citations=passages,
    )


def _quote(
    claimed: str, exchange: Exchange, reading: Assessment, void: Sequence[Span]
) -> Quote | None:
    """The quote in the answers, unless it stands in words that hygiene left out."""
    answers = exchange.answers
    quote = find_quote(claimed, answers) or find_quote(restore(claimed), answers)
    if quote is None or reading.junk_in(quote.answer) is not None:
        return None
    overlaps = any(
        out.answer == quote.answer and out.start < quote.end and quote.start < out.end
        for out in void
    )
    return None if overlaps else quote


def _flags(exchange: Exchange, found: ExchangeVerdicts, quoted: Quoted) -> tuple[FlagRaised, ...]:
    known = {flag.id: flag for flag in exchange.question.red_flags}
    raised: dict[str, FlagRaised] = {}
    for said in found.red_flags:
        flag = known.get(said.flag.strip())
        quote = quoted(said.quote)
        if flag is not None and quote is not None and flag.id not in raised:
            raised[flag.id] = FlagRaised(id=flag.id, quote=quote, cap=flag.cap)
    return tuple(raised.values())
