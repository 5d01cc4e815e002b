"""What was said, as a grading model may read it, and which of its quotes are evidence.

Sentences that address the grader, bare lists of terms and statements of the rubric said again are
no evidence, so they are not shown either: an order that the model never reads it cannot obey. What the patterns miss reaches the model
inside a fence that it cannot close.
"""

from typing import NamedTuple

from interviewer.domain.assessment import Assessment, Hygiene
from interviewer.domain.interview import Exchange
from interviewer.domain.verdict import Quote
from interviewer.engines.hygiene import left_out
from interviewer.engines.model.reported import blanked, reported_orders
from interviewer.engines.quotes import quotes_of
from interviewer.prompting.fence import fence, neutralise, restore

_LEFT_OUT = "(left out)"


class Evidence(NamedTuple):
    """What a claimed quote is worth."""

    quote: Quote | None
    """Its place, None if it shows nothing."""
    is_denied: bool = False
    """Without a place: the point is a no, and not only without a verdict. Such words stand where
    they do not count, or the answer gave orders: left out of the sums the point would raise the
    grade, and the order would have paid."""


class Heard:
    """The candidate's answers of one exchange, sorted into what counts and what does not."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._answers = exchange.answers
        self._told = reported_orders(self._answers)
        self._blanked = tuple(
            blanked(answer, [span for span in self._told if span.answer == index])
            for index, answer in enumerate(self._answers)
        )
        statements = [point.statement for point in exchange.question.points]
        self._void = left_out(self._blanked, statements)

    @property
    def without_reports(self) -> Exchange:
        """The exchange as hygiene is to judge it: orders that are only reported are blank."""
        if not self._told:
            return self._exchange
        texts = iter(self._blanked)
        turns = tuple(
            turn.model_copy(update={"text": next(texts)})
            if turn.speaker == "candidate" and not turn.passed
            else turn
            for turn in self._exchange.turns
        )
        return self._exchange.model_copy(update={"turns": turns})

    def in_own_words(self, reading: Assessment) -> Assessment:
        """A reading of `without_reports` with every quote as it was really said.

        "Off topic" is dropped too: the offline engine guesses that, and the model can tell.
        """
        return reading.model_copy(
            update={
                "hygiene": tuple(f for f in reading.hygiene if f.kind is not Hygiene.OFF_TOPIC),
                "currency": tuple(
                    flag.model_copy(update={"quote": self._said(flag.quote)})
                    for flag in reading.currency
                ),
                "claims": tuple(
                    claim.model_copy(update={"quote": self._said(claim.quote)})
                    for claim in reading.claims
                ),
                "anchors": {point: self._said(q) for point, q in reading.anchors.items()},
            }
        )

    def shown(self) -> str:
        """The exchange after its question, answers fenced and the rest neutralised."""
        parts, index = [], 0
        for turn in self._exchange.turns[1:]:
            if turn.speaker == "candidate" and turn.passed:
                parts.append("(The candidate passed.)")
            elif turn.speaker == "candidate":
                parts.append(fence(self._without_void(index), "answer"))
                index += 1
            else:
                # A follow-up may repeat the candidate's words.
                parts.append(f"Interviewer: {neutralise(' '.join(turn.text.split()))}")
        return "\n".join(parts)

    def evidence(self, claimed: str, reading: Assessment) -> Evidence:
        """Looks for claimed words where they count: not in junk, nor in what was left out.

        A reported order alone shows nothing either, but may be part of a longer quote.
        """
        is_denied = any(flag.kind is Hygiene.INSTRUCTIONS for flag in reading.hygiene)
        for words in (claimed, restore(claimed)):
            for quote in quotes_of(words, self._answers):
                if reading.junk_in(quote.answer) is None and not self._is_void(quote):
                    return Evidence(quote)
                is_denied = True
        return Evidence(None, is_denied)

    def _is_void(self, quote: Quote) -> bool:
        overlaps = any(
            out.answer == quote.answer and out.start < quote.end and quote.start < out.end
            for out in self._void
        )
        return overlaps or any(
            told.answer == quote.answer and told.start <= quote.start and quote.end <= told.end
            for told in self._told
        )

    def _without_void(self, index: int) -> str:
        answer, end, pieces = self._answers[index], 0, []
        for out in sorted(span for span in self._void if span.answer == index):
            pieces.append(answer[end : out.start])
            end = out.end
        if not pieces:
            return answer
        between = [piece for piece in pieces[1:] if piece.strip()]
        return _LEFT_OUT.join([pieces[0], *between, answer[end:]])

    def _said(self, quote: Quote) -> Quote:
        text = self._answers[quote.answer][quote.start : quote.end]
        return quote.model_copy(update={"text": text})
