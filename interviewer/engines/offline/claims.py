"""Bare claims: results that a candidate asserts without what would make them checkable."""

import re
from collections.abc import Iterable, Sequence

from interviewer.domain.assessment import BareClaim
from interviewer.engines.offline.canonical import quote
from interviewer.engines.text import Span, has_number

_RESULT = re.compile(
    r"\b(?:i|we|my|our|team|which|that|it)\b[^.]{0,60}\b(?:reduced|cut|lowered|improved|increased|"
    r"raised|saved|grew|boosted|doubled|shrank|sped\s+up|accelerated|eliminated|lifted|gained|"
    r"drove|generated)\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(r"\b(?:would|should|could|might|will|can|if)\b|'(?:d|ll)\b", re.IGNORECASE)
_BASELINE = re.compile(
    r"\b(?:from|baseline|compared|versus|vs|against|than|before|prior|previous|relative|control|"
    r"of\s+(?:all|the|our))\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"\b(?:I|I've|my|myself)\b|\b(?:owner|owns|owned|engineer|analyst|scientist|manager|lead|head|"
    r"director|officer|committee|desk|vendor|underwriter|validator|colleague|team\s+of)s?\b|"
    r"(?<=\s)[A-Z][a-z]+(?:'s)?\s+(?:and|in|from|owns|owned|did|ran|led|built)\b"
)
_TIME_FRAME = re.compile(
    r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?|daily|weekly|monthly|yearly|"
    r"quarterly|annual(?:ly)?|overnight|(?:19|20)\d\d|spring|summer|autumn|fall\s+of|winter|january|"
    r"february|march|april|june|july|august|september|october|november|december|since|until)\b",
    re.IGNORECASE,
)

MISSING = ("a number", "a baseline", "an owner", "a time frame")
"""What a claimed result may lack, in the order in which it is asked for."""


def bare_claims(sentences: Iterable[Span], answers: Sequence[str]) -> tuple[BareClaim, ...]:
    """Claimed results, each under the first thing it lacks: number, baseline, owner, time frame.

    For the last two the sentences around count as well: "It took my team of four a year" belongs to
    the result before it.
    """
    said = list(sentences)
    found: dict[str, list[BareClaim]] = {missing: [] for missing in MISSING}
    for place, span in enumerate(said):
        if not _RESULT.search(span.text):
            continue
        missing = _missing(span.text, _around(said, place))
        if missing is not None:
            found[missing].append(BareClaim(quote=quote(span, answers), missing=missing))
    return tuple(claim for missing in MISSING for claim in found[missing])


def _missing(sentence: str, around: str) -> str | None:
    if not has_number(sentence):
        return "a number"
    if not _BASELINE.search(sentence):
        return "a baseline"
    if _PROPOSED.search(sentence):
        return None
    if not _OWNER.search(around):
        return "an owner"
    return None if _TIME_FRAME.search(around) else "a time frame"


def _around(said: Sequence[Span], place: int) -> str:
    """The sentence with its neighbours in the same answer."""
    near = said[max(0, place - 1) : place + 2]
    return " ".join(span.text for span in near if span.answer == said[place].answer)
