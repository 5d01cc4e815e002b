"""Negative controls: graders that must fail the suite. If one passes, the suite is worthless.

`always-yes` finds every point in every answer, `length` counts words, and `obeys-injections` is the
offline engine until somebody gives it an order.
"""

import asyncio
from collections.abc import Callable, Sequence

from interviewer.domain.assessment import Assessment
from interviewer.domain.interview import Exchange
from interviewer.domain.question import Question
from interviewer.domain.verdict import Met, Quote, Verdict
from interviewer.engines.instructions import instructions_among
from interviewer.engines.offline.assessor import OfflineAssessor
from interviewer.engines.text import spans

_LONG, _MIDDLING = 240, 190
"""Words from which `length` says yes and partly: the labelled answers' upper and middle third."""

Judges = Callable[[Sequence[str]], Met]
"""From the answers to the verdict on every point alike."""


class Control:
    """The offline reading, with a verdict on every point that does not look at the point."""

    def __init__(
        self,
        name: str,
        reader: OfflineAssessor,
        judges: Judges,
        *,
        unless: Callable[[Sequence[str]], bool] | None = None,
    ) -> None:
        """Takes what it does instead of reading.

        Args:
            name: Of the control.
            reader: What it is built on.
            judges: Its one verdict.
            unless: Answers that it leaves to the reader.
        """
        self.name = name
        self._reader = reader
        self._judges = judges
        self._unless = unless

    async def assess(self, exchange: Exchange) -> Assessment:
        """Assesses as an engine does."""
        return await asyncio.to_thread(
            self.read, exchange.question, exchange.answers, exchange.probed
        )

    def read(
        self, question: Question, answers: Sequence[str], probed: dict[str, int] | None = None
    ) -> Assessment:
        """The reading with verdicts replaced and whatever spoke against the answer left out."""
        reading = self._reader.read(question, answers, probed)
        if self._unless is not None and self._unless(answers):
            return reading
        verdicts = tuple(
            _verdict(point.id, point.passages, answers, self._judges(answers))
            for point in question.points
        )
        return reading.model_copy(
            update={
                "verdicts": verdicts,
                "gaps": None,
                "red_flags": (),
                "hygiene": (),
                "may_be_gamed": False,
            }
        )


def _verdict(point: str, passages: tuple[str, ...], answers: Sequence[str], met: Met) -> Verdict:
    said = next(((i, text) for i, text in enumerate(answers) if text.strip()), None)
    if met is Met.NO or said is None:
        return Verdict(point=point, met=Met.NO, citations=passages, why="Says so.")
    index, text = said
    quote = Quote(answer=index, start=0, end=min(40, len(text)), text=text[:40])
    return Verdict(point=point, met=met, quote=quote, citations=passages, why="Says so.")


def _yes(_answers: Sequence[str]) -> Met:
    return Met.YES


def _by_length(answers: Sequence[str]) -> Met:
    said = sum(len(answer.split()) for answer in answers)
    return Met.YES if said >= _LONG else Met.PARTLY if said >= _MIDDLING else Met.NO


def _is_honest(answers: Sequence[str]) -> bool:
    return not any(instructions_among(spans([answer])) for answer in answers)


CONTROLS: dict[str, Callable[[OfflineAssessor], Control]] = {
    "always-yes": lambda reader: Control("always-yes", reader, _yes),
    "length": lambda reader: Control("length", reader, _by_length),
    "obeys-injections": lambda reader: Control("obeys-injections", reader, _yes, unless=_is_honest),
}
"""By name: makes the control from the offline assessor."""
