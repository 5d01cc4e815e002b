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

NEAR_ENOUGH = 0.58
"""Nearness from which a question asks for the fact although it lacks some of its key terms: cosine to
the nearest way of asking, plus `TERMS_SHARE` for the share of groups it touches. Source: fifty questions
to six facts with three ways of asking each, on which these numbers were chosen: 23 of 28 askers
were told, 2 of the 50 questions brought out a fact that was not meant. More ways of asking help most."""

TERMS_SHARE = 0.1

LEAST_LEAD = 0.05
"""By how much the fact must then be nearer than the next one: two alike are not both asked for."""

NEAR_WITH_TERMS = 0.3
"""Cosine that a question needs which holds all key terms: they may stand in another question too."""

LEAST_RECALL = 0.75
"""Without embeddings: the share of a way of asking's content stems that a question must hold."""

_ASKS = re.compile(
    r"\?|^\W*(?:(?:and|so|also|then|ok|okay|next|first|second|third|finally|well|right)\W+)*"
    r"(?:what|who|whom|whose|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can|"
    r"could|will|would|should|may|might|any(?:body|one|thing)?)\b|\b(?:tell\s+me|i(?:'d|\s+would)\s+(?:also\s+)?"
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
            return [
                f
                for f in facts
                if _terms_share(span.text, f) == 1.0 or _is_worded_like(span.text, f)
            ]
        cosines = self._nearness(span.text, facts)
        shares = [_terms_share(span.text, fact) for fact in facts]
        by_terms = [
            fact
            for fact, cosine, share in zip(facts, cosines, shares, strict=True)
            if share == 1.0 and cosine >= NEAR_WITH_TERMS
        ]
        if by_terms or not facts:
            return by_terms
        near = [cosine + TERMS_SHARE * share for cosine, share in zip(cosines, shares, strict=True)]
        best = max(range(len(near)), key=lambda i: near[i])
        second = max((value for i, value in enumerate(near) if i != best), default=0.0)
        is_asked = near[best] >= NEAR_ENOUGH and near[best] - second >= LEAST_LEAD
        return [facts[best]] if is_asked else []

    def _nearness(self, text: str, facts: Iterable[HiddenFact]) -> list[float]:
        if self._embedder is None:
            return []
        said: NDArray[np.float32] = self._embedder.embed([text])
        return [
            float((self._embedder.embed(list(fact.ways_of_asking)) @ said.T).max())
            for fact in facts
        ]


def _terms_share(text: str, fact: HiddenFact) -> float:
    """Share of the fact's groups of key terms that a text touches."""
    said = " ".join(["", *stems(text), ""])
    touched = sum(
        any(f" {' '.join(stems(term))} " in said for term in group) for group in fact.asked_about
    )
    return touched / len(fact.asked_about)


def _is_worded_like(text: str, fact: HiddenFact) -> bool:
    said = set(content_stems(text))
    for way in fact.ways_of_asking:
        wanted = set(content_stems(way))
        if wanted and len(wanted & said) >= max(2, LEAST_RECALL * len(wanted)):
            return True
    return False
