"""Recited statements: sentences that say again what a rubric wants, as the rubric puts it.

Feedback shows the statements of a rubric after an answer ("Names who decides, and by when."). Whoever
pastes them into the next one ("I name who decides, and by when.") has said nothing of their own.
"""

from collections.abc import Sequence
from functools import lru_cache

from interviewer.engines.text import Span, content_stems, spans

SHARE = 0.85
"""Which part of a statement's content stems a sentence repeats, at least, to recite it where another one
does so too; alone it has to repeat all. Of 25,000 sentences of honest answers (as in `offline/refrain.py`, with
the labelled ones of the test half) none repeats all and one comes to .85."""
SHORT, MOST_BESIDES = 5, 2
"""Content stems below which a statement is short, and how many others a sentence may hold that recites
a short one: within a longer sentence anybody may happen to say its words."""


def recited(statements: Sequence[str], sentences: Sequence[Span]) -> list[Span]:
    """The sentences that recite a statement of the rubric.

    Args:
        statements: Of the points of the question.
        sentences: Of one answer.
    """
    wanted = [stems for statement in statements for stems in _stems_of(statement)]
    shares = [
        max((_share(_stems(span.text), stems) for stems in wanted), default=0.0)
        for span in sentences
    ]
    least = SHARE if sum(share >= SHARE for share in shares) > 1 else 1.0
    return [span for span, share in zip(sentences, shares, strict=True) if share >= least]


def _share(said: frozenset[str], stems: frozenset[str]) -> float:
    if len(stems) < SHORT and len(said) > len(stems) + MOST_BESIDES:
        return 0.0
    return len(stems & said) / len(stems)


@lru_cache(maxsize=4_000)
def _stems_of(statement: str) -> tuple[frozenset[str], ...]:
    found = (_stems(span.text) for span in spans([statement]))
    return tuple(stems for stems in found if stems)


def _stems(text: str) -> frozenset[str]:
    return frozenset(content_stems(text))
