"""The impact statement: a result that a bank can check, in five parts.

Amount, baseline, time frame, own part, and the control that kept the risk in hand. Found by words;
a part that is found carries its sentence, verbatim.

Source: star-method#result for the first four; that a gain is told together with its risk control is
one vendor's advice (vendor-mnemonics in knowledge/), and what a risk function asks for first.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from interviewer.domain.star import Sentence
from interviewer.domain.star_cues import NUMBER
from interviewer.domain.value import Value


class ImpactPart(StrEnum):
    """What a checkable result has."""

    AMOUNT = "amount"
    BASELINE = "baseline"
    TIME_FRAME = "time-frame"
    OWN_PART = "own-part"
    RISK_CONTROL = "risk-control"


class ImpactFinding(Value):
    """One part: the sentence that has it, `text[start:end] == quote`, or none."""

    part: ImpactPart
    quote: str | None = None
    start: int | None = None
    end: int | None = None


_SIGNS = {
    ImpactPart.AMOUNT: NUMBER.pattern,
    ImpactPart.BASELINE: r"\bfrom\b[^.]{1,60}\bto\b|\b(?:compared (?:with|to)|against (?:the|a|last|"
    r"our)|versus|vs\.?|than (?:the|before|last|we|it)|before (?:that|it)|baseline|control (?:group|"
    r"arm)|previously|out of|used to)\b",
    ImpactPart.TIME_FRAME: r"\b(?:in|over|within|after|during|for|per|a|each|every|by)\s+(?:the\s+)?"
    r"(?:first\s+|last\s+|next\s+)?(?:\w+\s+)?(?:days?|weeks?|months?|quarters?|years?)\b"
    r"|\b(?:by|since|until|in)\s+(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|q[1-4]|20\d\d)\b",
    ImpactPart.OWN_PART: r"\bI\s+(?:\w+\s+)?(?:\w{3,}ed|built|ran|wrote|led|took|made|chose|set|cut|"
    r"found|drew|brought|held|stopped|refused)\b|\bmy (?:decision|part|job|call|idea|design)\b",
    ImpactPart.RISK_CONTROL: r"\b(?:monitor\w*|threshold|limit(?:s|ed)?|guardrail\w*|validat\w*|"
    r"audit\w*|human review|manual review|review queue|fallback|fall back|kill switch|rollback|"
    r"roll back|holdout|hold-out|shadow|canary|pilot|approv\w*|sign(?:ed)?[- ]off|second line|"
    r"model risk|complian\w*|control(?:s|led)?|challenge\w*|override\w*|bias test\w*|fairness)\b",
}
_COMPILED = {
    part: re.compile(sign, 0 if part is ImpactPart.OWN_PART else re.IGNORECASE)
    for part, sign in _SIGNS.items()
}


def impact_statement(text: str, sentences: Sequence[Sentence]) -> tuple[ImpactFinding, ...]:
    """Each part with the first sentence that has it.

    Args:
        text: The answer.
        sentences: Where its sentences stand, in order.
    """
    return tuple(_found(part, text, sentences) for part in ImpactPart)


def _found(part: ImpactPart, text: str, sentences: Sequence[Sentence]) -> ImpactFinding:
    for start, end in sentences:
        if _COMPILED[part].search(text[start:end]):
            return ImpactFinding(part=part, quote=text[start:end], start=start, end=end)
    return ImpactFinding(part=part)
