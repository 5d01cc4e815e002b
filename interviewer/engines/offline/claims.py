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
_BASELINE = re.compile(
    r"\b(?:from|baseline|compared|versus|vs|against|than|before|prior|previous|relative|control|"
    r"of\s+(?:all|the|our))\b",
    re.IGNORECASE,
)


def bare_claims(sentences: Iterable[Span], answers: Sequence[str]) -> tuple[BareClaim, ...]:
    """Claimed results without a number, then those without a baseline, in order of speech."""
    no_number, no_baseline = [], []
    for span in sentences:
        if not _RESULT.search(span.text):
            continue
        if not has_number(span.text):
            no_number.append(_claim(span, answers, "a number"))
        elif not _BASELINE.search(span.text):
            no_baseline.append(_claim(span, answers, "a baseline"))
    return (*no_number, *no_baseline)


def _claim(span: Span, answers: Sequence[str], missing: str) -> BareClaim:
    return BareClaim(quote=quote(span, answers), missing=missing)
