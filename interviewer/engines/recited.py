"""Recited statements: sentences that say again what a rubric wants, as the rubric puts it.

Feedback shows the statements of a rubric after an answer ("Names who decides, and by when."). Whoever
pastes them into the next one ("I name who decides, and by when.") has said nothing of their own.
"""

from collections.abc import Sequence
from functools import lru_cache

from interviewer.engines.offline.lexicon import stem_set
from interviewer.engines.text import Span, spans

SHARE = 0.85
"""Which part of a statement's content stems a sentence repeats, at least, to recite it where another one
does so too; alone it has to repeat all. Of 24,700 sentences of honest answers (as in `offline/refrain.py`,
with those of the test half) five come to .85, four of them neighbours in one answer."""
PIECES, OWN_SHARE = 8, 0.75
"""Sentences in a row over which a statement may be spread, cut at its commas or run together with others,
and which part of the content stems of each is then the statement's."""
SHORT, MOST_BESIDES = 5, 2
"""Content stems below which a statement is short, and how many others a sentence may hold that recites
a short one: within a longer sentence anybody may happen to say its words."""


def recited(statements: Sequence[str], sentences: Sequence[Span]) -> list[Span]:
    """The sentences that recite a statement of the rubric, alone or with their neighbours.

    Args:
        statements: Of the points of the question.
        sentences: Of one answer.
    """
    wanted = [stems for statement in statements for stems in _stems_of(statement)]
    said = [stem_set(span.text) for span in sentences]
    shares = [max((_share(own, stems) for stems in wanted), default=0.0) for own in said]
    rubric = frozenset[str]().union(*wanted)
    theirs = [len(own & rubric) >= OWN_SHARE * len(own) for own in said]
    for start in range(len(said)):
        for end in range(start + 2, min(start + PIECES, len(said)) + 1):
            if not all(theirs[start:end]):
                break
            union = frozenset[str]().union(*said[start:end])
            whole = max(
                (_share(union, stems) for stems in wanted if len(stems) >= SHORT), default=0.0
            )
            if whole >= SHARE:
                shares[start:end] = [max(share, whole) for share in shares[start:end]]
    least = SHARE if sum(share >= SHARE for share in shares) > 1 else 1.0
    return [span for span, share in zip(sentences, shares, strict=True) if share >= least]


def _share(said: frozenset[str], stems: frozenset[str]) -> float:
    if len(stems) < SHORT and len(said) > len(stems) + MOST_BESIDES:
        return 0.0
    return len(stems & said) / len(stems)


@lru_cache(maxsize=4_000)
def _stems_of(statement: str) -> tuple[frozenset[str], ...]:
    found = (stem_set(span.text) for span in spans([statement]))
    return tuple(stems for stems in found if stems)
