"""What a candidate asks in the clarify stage, and which hidden fact a question is after.

A fact is given only to a question that asks for it: one that touches every group of its key terms,
or comes near to one of the authored ways of asking. Where neither holds, nothing is told.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from interviewer.domain.case import Case, Enquiry, HiddenFact
from interviewer.domain.verdict import Quote
from interviewer.engines.offline.prepared import Embeds
from interviewer.engines.text import Span, content_stems, spans, stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR_ENOUGH = 0.62
"""Cosine to a way of asking from which a question asks for the fact without its key terms. Source:
the questions of `tests/engines/test_a_fact_is_told_only_to_who_asks.py`: others reach .55."""

NEAR_WITH_TERMS = 0.3
"""The same for a question that holds the key terms: they alone may stand in another question."""

LEAST_RECALL = 0.6
"""Without embeddings: the share of a way of asking's content stems that a question must hold."""

_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|so|also|then|ok|okay|next|first|second|third|finally|well|right)\W+)*"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|"
    r"could|will|would|should|may|might|any(?:body|one|thing)?)\b|\b(?:tell\s+me|i(?:'d|\s+would)\s+"
    r"(?:like|want|need)\s+to\s+(?:know|understand|ask|hear)|i\s+(?:want|need)\s+to\s+(?:know|ask)|"
    r"i\s+wonder|can\s+you|could\s+you|may\s+i\s+ask|my\s+question|give\s+me\s+the)\b",
    re.IGNORECASE,
)


class FactFinder:
    """Finds which hidden facts a candidate asks for."""

    def __init__(self, embedder: Embeds | None = None) -> None:
        """Takes the embedder of candidates' sentences; None leaves words only."""
        self._embedder = embedder

    def enquiries(self, answers: Sequence[str], case: Case) -> tuple[Enquiry, ...]:
        """Every question in the answers, once for each fact it asks for, else once without one."""
        asked = [span for span in spans(answers) if _ASKS.search(span.text)]
        found: list[Enquiry] = []
        for span in asked:
            quote = Quote(answer=span.answer, start=span.start, end=span.end, text=span.text)
            facts = self._facts_asked(span, case.facts)
            found += [Enquiry(quote=quote, fact=fact.id) for fact in facts]
            if not facts:
                found.append(Enquiry(quote=quote))
        return tuple(found)

    def _facts_asked(self, span: Span, facts: Sequence[HiddenFact]) -> list[HiddenFact]:
        if self._embedder is None:
            return [f for f in facts if _has_terms(span.text, f) or _is_worded_like(span.text, f)]
        near = self._nearness(span.text, facts)
        by_terms = [
            fact
            for fact, cosine in zip(facts, near, strict=True)
            if cosine >= NEAR_WITH_TERMS and _has_terms(span.text, fact)
        ]
        if by_terms or not near:
            return by_terms
        # Without key terms only the nearest: two facts that are alike are not both asked for.
        best = max(range(len(near)), key=lambda i: near[i])
        return [facts[best]] if near[best] >= NEAR_ENOUGH else []

    def _nearness(self, text: str, facts: Iterable[HiddenFact]) -> list[float]:
        if self._embedder is None:
            return []
        said: NDArray[np.float32] = self._embedder.embed([text])
        return [
            float((self._embedder.embed(list(fact.ways_of_asking)) @ said.T).max())
            for fact in facts
        ]


def _has_terms(text: str, fact: HiddenFact) -> bool:
    said = " ".join(["", *stems(text), ""])
    return all(
        any(f" {' '.join(stems(term))} " in said for term in group) for group in fact.asked_about
    )


def _is_worded_like(text: str, fact: HiddenFact) -> bool:
    said = set(content_stems(text))
    for way in fact.ways_of_asking:
        wanted = set(content_stems(way))
        if wanted and len(wanted & said) >= max(2, LEAST_RECALL * len(wanted)):
            return True
    return False
