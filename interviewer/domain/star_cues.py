"""What the parts of a told experience sound like, and amounts in digits and in words."""

import re
from enum import StrEnum


class Part(StrEnum):
    """A part of a told experience, in the order of telling."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


_WORDS: dict[Part, tuple[str, ...]] = {
    Part.SITUATION: (
        r"\b(?:at the time|back then|when i (?:joined|started|was)|in (?:19|20)\d\d|last (?:year|spring|"
        r"summer|autumn|winter|month)|(?:two|three|four|five|\d+) years ago)\b",
        r"\b(?:there was|there were|we had|they had|the (?:team|bank|model|system|desk) (?:was|had))\b",
        r"\b(?:background|context|situation|my (?:previous|last|former) (?:job|role|team|employer))\b",
    ),
    Part.TASK: (
        r"\bmy (?:job|task|role|goal|brief|part) (?:was|had)\b",
        r"\bi (?:was (?:asked|responsible|told|supposed|accountable|in charge)|had to|needed to|owned)\b",
        r"\b(?:the (?:goal|aim|target|deadline|question|brief) was|we (?:had|needed) to|success meant)\b",
    ),
    Part.ACTION: (
        r"\bi (?:then |also |first |therefore |finally )?(?:\w{3,}ed|built|ran|wrote|went|took|told|"
        r"found|made|chose|drew|set|cut|put|got|gave|brought|sat|spoke|said|kept|held|began|rang|met|"
        r"sent|stopped|refused|split|read|let)\b",
        r"\b(?:first|then|next|after that|so|instead),? (?:i|we)\b",
        r"\bwe (?:then |also |first )?(?:\w{3,}ed|built|ran|wrote|took|found|made|chose|cut|put|began)\b",
    ),
    Part.RESULT: (
        r"\b(?:as a result|the result|in the end|since then|the outcome|today|afterwards|by (?:the end|"
        r"march|june|december)|eventually|ever since)\b",
        r"\b(?:fell|rose|dropped|went (?:up|down|from)|came (?:down|to)|saved|shrank|grew|improved|"
        r"reduced|halved|doubled|cost us)\b[^.]*\d",
        r"\bfrom\b[^.]{1,40}\bto\b[^.]{0,20}\d|\d[^.]{0,30}\b(?:fewer|less|more|lower|higher)\b",
        r"\b(?:i (?:have )?learn(?:ed|t)|what i took|now (?:we|they|the)|they still|it still)\b",
    ),
}
CUES = {
    part: tuple(re.compile(cue, re.IGNORECASE) for cue in cues) for part, cues in _WORDS.items()
}
_UNITS = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = (
    r"(?:ten|eleven|twelve|\w+teen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:[\s-]{_UNITS})?)"
)
_SCALE = (
    r"(?:percent|per cent|hundred|thousand|million|billion|in (?:ten|a hundred)|out of|point "
    rf"{_UNITS}|dollars|pounds|euros)"
)
NUMBER = re.compile(
    r"(?:[$\u00a3\u20ac]\s?)?\d[\d,.]*(?<=\d)(?:\s?%|\s?(?:percent|per cent|k|m|bn|million|billion|thousand)\b)?"
    rf"|\b(?:half a {_SCALE}|{_UNITS}\s{_SCALE}|{_TENS})(?:(?:\sand)?\s(?:{_TENS}|{_UNITS}|{_SCALE}))*\b"
    r"|\b(?:half|a third|a quarter|twice|two thirds|three quarters|doubled|halved)\b",
    re.IGNORECASE,
)
"""An amount, in digits or spoken: a bare "two" is none, "two hundred" and "eleven" are."""
