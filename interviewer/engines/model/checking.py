"""What code makes of one reply of a grading model: verdicts whose quotes are in the answers.

Nothing of a reply is believed unseen: points and flags must be in the rubric, quotes in the answer.
"""

from collections.abc import Callable

from interviewer.domain.interview import Exchange
from interviewer.domain.rubric import Point
from interviewer.domain.verdict import FlagRaised, Met, Verdict
from interviewer.engines.model.heard import Evidence
from interviewer.engines.model.replies import ExchangeVerdicts, PointVerdict
from interviewer.errors import ModelOutputInvalid

Finds = Callable[[str], Evidence]
"""Says what claimed words are worth."""


def checked_verdicts(
    exchange: Exchange, reply: ExchangeVerdicts, finds: Finds
) -> tuple[Verdict, ...]:
    """One verdict for each point of the rubric, in its order.

    Raises:
        ModelOutputInvalid: Fewer than half of the points have a verdict that stands.
    """
    judged = {verdict.point.strip(): verdict for verdict in reversed(reply.points)}
    probed = exchange.probed
    found = {said.point.strip(): finds(said.quote) for said in judged.values()}
    verdicts = [
        _verdict(point, judged[point.id], found[point.id], probed.get(point.id))
        if point.id in judged
        else _withheld(point, "The model gave no verdict on this point.")
        for point in exchange.question.points
    ]
    # Few real quotes among many invented ones would grade the few alone, as if on everything.
    if 2 * sum(verdict.met is not None for verdict in verdicts) < len(verdicts):
        raise ModelOutputInvalid(
            "the model judged less than half of the points with a quote that is in the answer",
            kind="no_evidence",
        )
    return tuple(
        verdict.model_copy(update={"met": Met.NO, "why": _DENIED, "confidence": 1.0})
        if verdict.met is None and verdict.point in found and found[verdict.point].is_denied
        else verdict
        for verdict in verdicts
    )


def checked_flags(
    exchange: Exchange, reply: ExchangeVerdicts, finds: Finds
) -> tuple[FlagRaised, ...]:
    """The red flags of the rubric that were raised in words that count, each once."""
    known = {flag.id: flag for flag in exchange.question.red_flags}
    raised: dict[str, FlagRaised] = {}
    for said in reply.red_flags:
        flag = known.get(said.flag.strip())
        quote = finds(said.quote).quote
        if flag is not None and quote is not None and flag.id not in raised:
            raised[flag.id] = FlagRaised(id=flag.id, quote=quote, cap=flag.cap)
    return tuple(raised.values())


def _verdict(point: Point, said: PointVerdict, found: Evidence, probed_from: int | None) -> Verdict:
    met = Met(said.met)
    why = " ".join(said.reason.split())
    if met is Met.NO:
        return Verdict(point=point.id, met=met, why=why, citations=point.passages)
    if found.quote is None:
        return _withheld(point, "Withheld: the words the model quoted are not in the answer.")
    return Verdict(
        point=point.id,
        met=met,
        quote=found.quote,
        why=why,
        probed=probed_from is not None and found.quote.answer >= probed_from,
        citations=point.passages,
    )


def _withheld(point: Point, why: str) -> Verdict:
    return Verdict(point=point.id, met=None, why=why, confidence=0.0, citations=point.passages)


_DENIED = "The words that would show it are no answer to the question."
